variable "kms_key_arn" {
  description = <<-EOT
    Customer-managed key of all topics. Required: SNS stores plain text without one, and with the AWS
    managed key no alarm, rule or mail event could publish. Its policy must let those services use it.
  EOT
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = format("kms_key_arn must be the ARN of a KMS key; got %s.", jsonencode(var.kms_key_arn))
  }
}

variable "name" {
  description = "Prefix of every topic's name, for example acme-dev-commerce."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.name))
    error_message = format("name may hold letters, digits, hyphens and underscores only, as a topic's name does; got %s.", jsonencode(var.name))
  }
}

variable "topics" {
  description = <<-EOT
    Topics of one system, keyed by short name; the key is part of the state address, as is the key of a
    subscription. filter_policy is JSON text. An e-mail subscription waits until its reader confirms it.
  EOT
  type = map(object({
    content_based_deduplication = optional(bool, false)
    display_name                = optional(string)
    fifo                        = optional(bool, false)
    trace                       = optional(bool, false)
    delivery_log = optional(object({
      role_arn        = string
      success_percent = optional(number, 0)
    }))
    policy_statements = optional(map(object({
      actions        = optional(set(string), ["Publish"])
      services       = optional(set(string), [])
      principal_arns = optional(set(string), [])
      conditions = optional(map(object({
        test     = string
        variable = string
        values   = set(string)
      })), {})
    })), {})
    subscriptions = optional(map(object({
      protocol             = string
      endpoint             = string
      dead_letter_arn      = optional(string)
      filter_policy        = optional(string)
      filter_policy_scope  = optional(string, "MessageAttributes")
      raw_message_delivery = optional(bool, false)
    })), {})
  }))
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.topics) : can(regex("^[A-Za-z0-9_-]+$", key))])
    error_message = format("A key of topics may hold letters, digits, hyphens and underscores only (.fifo is added); got %s.", jsonencode(keys(var.topics)))
  }

  validation {
    condition = alltrue([for key, topic in var.topics : length("${var.name}-${key}${topic.fifo ? ".fifo" : ""}") <= 256])
    error_message = format(
      "A topic's name may have 256 characters; got %s.",
      jsonencode({ for key, topic in var.topics : key => length("${var.name}-${key}") if length("${var.name}-${key}${topic.fifo ? ".fifo" : ""}") > 256 })
    )
  }

  validation {
    condition = alltrue([for topic in var.topics : length(coalesce(topic.display_name, "-")) <= 100])
    error_message = format(
      "display_name may have 100 characters; got %s.",
      jsonencode({ for key, topic in var.topics : key => length(topic.display_name) if length(coalesce(topic.display_name, "-")) > 100 })
    )
  }

  validation {
    condition = alltrue([for topic in var.topics : topic.fifo || !topic.content_based_deduplication])
    error_message = format(
      "content_based_deduplication belongs to a FIFO topic: set fifo = true or leave it out; got %s.",
      jsonencode([for key, topic in var.topics : key if !topic.fifo && topic.content_based_deduplication])
    )
  }

  validation {
    condition = alltrue([for topic in var.topics : !(topic.fifo && topic.trace)])
    error_message = format(
      "A FIFO topic cannot be traced by X-Ray: leave trace out; got %s.",
      jsonencode([for key, topic in var.topics : key if topic.fifo && topic.trace])
    )
  }

  validation {
    condition = alltrue([
      for topic in var.topics : topic.delivery_log == null ? true : topic.delivery_log.success_percent >= 0 && topic.delivery_log.success_percent <= 100
    ])
    error_message = format(
      "delivery_log.success_percent must be 0 (failures only) to 100; got %s.",
      jsonencode({ for key, topic in var.topics : key => one(topic.delivery_log[*].success_percent) })
    )
  }

  validation {
    # http is left out on purpose: it would carry messages in plain text.
    condition = alltrue(flatten([for topic in var.topics : [
      for subscription in topic.subscriptions : contains(["email", "email-json", "firehose", "https", "lambda", "sms", "sqs"], subscription.protocol)
    ]]))
    error_message = format(
      "protocol must be email, email-json, firehose, https, lambda, sms or sqs (http would carry messages in plain text); got %s.",
      jsonencode(distinct(flatten([for topic in var.topics : [for subscription in topic.subscriptions : subscription.protocol]])))
    )
  }

  validation {
    condition = alltrue(flatten([for topic in var.topics : [for subscription in topic.subscriptions : !topic.fifo || subscription.protocol == "sqs"]]))
    error_message = format(
      "A FIFO topic delivers to SQS queues only; got %s.",
      jsonencode({ for key, topic in var.topics : key => [for subscription in topic.subscriptions : subscription.protocol] if topic.fifo })
    )
  }

  validation {
    condition = alltrue(flatten([for topic in var.topics : [
      for subscription in topic.subscriptions : !subscription.raw_message_delivery || contains(["firehose", "https", "sqs"], subscription.protocol)
    ]]))
    error_message = format(
      "raw_message_delivery works for firehose, https and sqs only; got %s.",
      jsonencode(flatten([for topic in var.topics : [for subscription in topic.subscriptions : subscription.protocol if subscription.raw_message_delivery]]))
    )
  }

  validation {
    condition = alltrue(flatten([for topic in var.topics : [
      for subscription in topic.subscriptions : can(keys(jsondecode(coalesce(subscription.filter_policy, "{}"))))
    ]]))
    error_message = format(
      "filter_policy must be a JSON object as text; got %s.",
      jsonencode(flatten([for topic in var.topics : [
        for subscription in topic.subscriptions : subscription.filter_policy if !can(keys(jsondecode(coalesce(subscription.filter_policy, "{}"))))
      ]]))
    )
  }

  validation {
    condition = alltrue(flatten([for topic in var.topics : [
      for subscription in topic.subscriptions : contains(["MessageAttributes", "MessageBody"], subscription.filter_policy_scope)
    ]]))
    error_message = format(
      "filter_policy_scope must be MessageAttributes or MessageBody; got %s.",
      jsonencode(flatten([for topic in var.topics : [for subscription in topic.subscriptions : subscription.filter_policy_scope]]))
    )
  }

  validation {
    condition = alltrue(flatten([for topic in var.topics : [
      for statement in topic.policy_statements : length(statement.services) + length(statement.principal_arns) > 0 && !contains(statement.principal_arns, "*")
    ]]))
    error_message = format(
      "A policy statement must name services or principal_arns, and never \"*\"; got %s.",
      jsonencode(flatten([for key, topic in var.topics : [
        for sid, statement in topic.policy_statements : "${key}.${sid}" if length(statement.services) + length(statement.principal_arns) == 0 || contains(statement.principal_arns, "*")
      ]]))
    )
  }

  validation {
    # Without it another account could make the service publish here in its name (confused deputy). EventBridge is
    # left out: it publishes for rules of the topic's own account only.
    condition = alltrue(flatten([for topic in var.topics : [
      for statement in topic.policy_statements : length(setsubtract(statement.services, local.without_conditions)) == 0 || length([
        for condition in statement.conditions : condition if contains(["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID"], condition.variable)
      ]) > 0
    ]]))
    error_message = format(
      "A statement for a service needs a condition on aws:SourceArn, aws:SourceAccount or aws:SourceOrgID, or any account could use the service to publish here; got %s.",
      jsonencode(flatten([for key, topic in var.topics : [
        for sid, statement in topic.policy_statements : "${key}.${sid}" if length(setsubtract(statement.services, local.without_conditions)) > 0 && length([
          for condition in statement.conditions : condition if contains(["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID"], condition.variable)
        ]) == 0
      ]]))
    )
  }

  validation {
    condition = alltrue(flatten([for topic in var.topics : [
      for statement in topic.policy_statements : length(setintersection(statement.services, local.without_conditions)) == 0 || length(statement.conditions) == 0
    ]]))
    error_message = format(
      "EventBridge publishes without the keys that conditions ask for, so with conditions not one event arrives: give events.amazonaws.com a statement of its own without; got %s.",
      jsonencode(flatten([for key, topic in var.topics : [
        for sid, statement in topic.policy_statements : "${key}.${sid}" if length(setintersection(statement.services, local.without_conditions)) > 0 && length(statement.conditions) > 0
      ]]))
    )
  }

  validation {
    condition = alltrue(flatten([for topic in var.topics : [
      for statement in topic.policy_statements : [for action in statement.actions : can(regex("^[A-Z][A-Za-z]+$", action))]
    ]]))
    error_message = format(
      "actions are written without the service and without wildcards, for example Publish; got %s.",
      jsonencode(flatten([for topic in var.topics : [for statement in topic.policy_statements : [
        for action in statement.actions : action if !can(regex("^[A-Z][A-Za-z]+$", action))
      ]]]))
    )
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
