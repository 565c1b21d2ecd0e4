variable "name" {
  description = "Prefix of every queue's name, for example acme-dev-commerce."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.name))
    error_message = format("name may hold letters, digits, hyphens and underscores only, as a queue's name does; got %s.", jsonencode(var.name))
  }
}

variable "queues" {
  description = <<-EOT
    Queues of one system, keyed by short name; the key is part of the state address. Each has a
    dead-letter queue of its own, unless holds_failures says that it is the place where other
    services (Lambda, EventBridge, SNS) put what they could not deliver.
  EOT
  type = map(object({
    content_based_deduplication = optional(bool, false)
    delay_seconds               = optional(number, 0)
    fifo                        = optional(bool, false)
    high_throughput             = optional(bool, false)
    holds_failures              = optional(bool, false)
    max_message_kib             = optional(number, 256)
    receive_wait_seconds        = optional(number, 20)
    redrive_source_arns         = optional(set(string), [])
    retention_days              = optional(number)
    visibility_timeout_seconds  = optional(number, 30)
    dead_letter = optional(object({
      max_receive_count = optional(number, 5)
      retention_days    = optional(number, 14)
    }), {})
    policy_statements = optional(map(object({
      actions        = set(string)
      services       = optional(set(string), [])
      principal_arns = optional(set(string), [])
      conditions = optional(map(object({
        test     = string
        variable = string
        values   = set(string)
      })), {})
    })), {})
  }))
  nullable = false

  validation {
    # AWS allows 80 characters, and the longest name made here is <name>-<key>-dlq.fifo.
    condition = alltrue([for key, queue in var.queues : length("${var.name}-${key}${queue.holds_failures ? "" : "-dlq"}${queue.fifo ? ".fifo" : ""}") <= 80])
    error_message = format(
      "A queue's name may have 80 characters, its dead-letter suffix included; shorten name or the key; got %s.",
      jsonencode([for key, queue in var.queues : "${var.name}-${key}" if length("${var.name}-${key}${queue.holds_failures ? "" : "-dlq"}${queue.fifo ? ".fifo" : ""}") > 80])
    )
  }

  validation {
    condition     = alltrue([for key in keys(var.queues) : can(regex("^[A-Za-z0-9_-]+$", key))])
    error_message = format("A key of queues may hold letters, digits, hyphens and underscores only (.fifo is added); got %s.", jsonencode(keys(var.queues)))
  }

  validation {
    condition = alltrue([for queue in var.queues : queue.dead_letter.max_receive_count >= 2 && queue.dead_letter.max_receive_count <= 1000])
    error_message = format(
      "dead_letter.max_receive_count must be at least 2, or one crash sets a good message aside, and at most 1000; got %s.",
      jsonencode({ for key, queue in var.queues : key => queue.dead_letter.max_receive_count if queue.dead_letter.max_receive_count < 2 || queue.dead_letter.max_receive_count > 1000 })
    )
  }

  validation {
    condition = alltrue([for queue in var.queues : queue.dead_letter.retention_days >= 1 && queue.dead_letter.retention_days <= 14])
    error_message = format(
      "dead_letter.retention_days must be 1 to 14; got %s.",
      jsonencode({ for key, queue in var.queues : key => queue.dead_letter.retention_days if queue.dead_letter.retention_days < 1 || queue.dead_letter.retention_days > 14 })
    )
  }

  validation {
    condition = alltrue([for queue in var.queues : queue.holds_failures || coalesce(queue.retention_days, 4) <= queue.dead_letter.retention_days])
    error_message = format(
      "retention_days must not exceed dead_letter.retention_days, or a message is gone the moment it is moved (it keeps its first timestamp); got %s.",
      jsonencode({ for key, queue in var.queues : key => [coalesce(queue.retention_days, 4), queue.dead_letter.retention_days] if coalesce(queue.retention_days, 4) > queue.dead_letter.retention_days })
    )
  }

  validation {
    condition = alltrue([for queue in var.queues : coalesce(queue.retention_days, 4) >= 1 && coalesce(queue.retention_days, 4) <= 14])
    error_message = format(
      "retention_days must be 1 to 14; got %s.",
      jsonencode({ for key, queue in var.queues : key => queue.retention_days if coalesce(queue.retention_days, 4) < 1 || coalesce(queue.retention_days, 4) > 14 })
    )
  }

  validation {
    condition = alltrue([for queue in var.queues : queue.visibility_timeout_seconds >= 0 && queue.visibility_timeout_seconds <= 43200])
    error_message = format(
      "visibility_timeout_seconds must be 0 to 43200 (12 hours); got %s.",
      jsonencode({ for key, queue in var.queues : key => queue.visibility_timeout_seconds if queue.visibility_timeout_seconds < 0 || queue.visibility_timeout_seconds > 43200 })
    )
  }

  validation {
    condition = alltrue([for queue in var.queues : queue.delay_seconds >= 0 && queue.delay_seconds <= 900])
    error_message = format(
      "delay_seconds must be 0 to 900; got %s.",
      jsonencode({ for key, queue in var.queues : key => queue.delay_seconds if queue.delay_seconds < 0 || queue.delay_seconds > 900 })
    )
  }

  validation {
    condition = alltrue([for queue in var.queues : queue.receive_wait_seconds >= 0 && queue.receive_wait_seconds <= 20])
    error_message = format(
      "receive_wait_seconds must be 0 to 20; got %s.",
      jsonencode({ for key, queue in var.queues : key => queue.receive_wait_seconds if queue.receive_wait_seconds < 0 || queue.receive_wait_seconds > 20 })
    )
  }

  validation {
    # The provider at this version refuses more than 256 KiB, although SQS takes 1 MiB since 2025.
    condition = alltrue([for queue in var.queues : queue.max_message_kib >= 1 && queue.max_message_kib <= 256])
    error_message = format(
      "max_message_kib must be 1 to 256; got %s.",
      jsonencode({ for key, queue in var.queues : key => queue.max_message_kib if queue.max_message_kib < 1 || queue.max_message_kib > 256 })
    )
  }

  validation {
    condition = alltrue([for queue in var.queues : queue.fifo || !(queue.content_based_deduplication || queue.high_throughput)])
    error_message = format(
      "content_based_deduplication and high_throughput belong to a FIFO queue: set fifo = true or leave them out; got %s.",
      jsonencode([for key, queue in var.queues : key if !queue.fifo && (queue.content_based_deduplication || queue.high_throughput)])
    )
  }

  validation {
    condition = alltrue([for queue in var.queues : queue.holds_failures || length(queue.redrive_source_arns) == 0])
    error_message = format(
      "redrive_source_arns belongs to a queue with holds_failures = true: only such a queue receives what another one gave up; got %s.",
      jsonencode([for key, queue in var.queues : key if !queue.holds_failures && length(queue.redrive_source_arns) > 0])
    )
  }

  validation {
    # The API takes at most ten source queues by ARN.
    condition = alltrue([for queue in var.queues : length(queue.redrive_source_arns) <= 10])
    error_message = format(
      "redrive_source_arns may name 10 queues; got %s.",
      jsonencode({ for key, queue in var.queues : key => length(queue.redrive_source_arns) if length(queue.redrive_source_arns) > 10 })
    )
  }

  validation {
    condition = alltrue(flatten([for queue in var.queues : [
      for statement in queue.policy_statements : length(statement.services) + length(statement.principal_arns) > 0 && !contains(statement.principal_arns, "*")
    ]]))
    error_message = format(
      "A policy statement must name services or principal_arns, and never \"*\"; got %s.",
      jsonencode(flatten([for key, queue in var.queues : [
        for sid, statement in queue.policy_statements : "${key}.${sid}" if length(statement.services) + length(statement.principal_arns) == 0 || contains(statement.principal_arns, "*")
      ]]))
    )
  }

  validation {
    # Without it another account could make the service write here in its name (confused deputy).
    condition = alltrue(flatten([for queue in var.queues : [
      for statement in queue.policy_statements : length(statement.services) == 0 || length([
        for condition in statement.conditions : condition if contains(["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID"], condition.variable)
      ]) > 0
    ]]))
    error_message = format(
      "A statement for a service needs a condition on aws:SourceArn, aws:SourceAccount or aws:SourceOrgID, or any account could use the service to write here; got %s.",
      jsonencode(flatten([for key, queue in var.queues : [
        for sid, statement in queue.policy_statements : "${key}.${sid}" if length(statement.services) > 0 && length([
          for condition in statement.conditions : condition if contains(["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID"], condition.variable)
        ]) == 0
      ]]))
    )
  }

  validation {
    condition = alltrue(flatten([for queue in var.queues : [
      for statement in queue.policy_statements : [for action in statement.actions : can(regex("^[A-Z][A-Za-z]+$", action))]
    ]]))
    error_message = format(
      "actions are written without the service and without wildcards, for example SendMessage; got %s.",
      jsonencode(flatten([for queue in var.queues : [for statement in queue.policy_statements : [
        for action in statement.actions : action if !can(regex("^[A-Z][A-Za-z]+$", action))
      ]]]))
    )
  }
}

variable "kms_data_key_reuse_seconds" {
  description = "How long SQS reuses a data key before it asks KMS for a new one: longer costs less, shorter exposes less. Used with kms_key_arn only."
  type        = number
  default     = 300
  nullable    = false

  validation {
    condition     = var.kms_data_key_reuse_seconds >= 60 && var.kms_data_key_reuse_seconds <= 86400
    error_message = format("kms_data_key_reuse_seconds must be 60 to 86400; got %s.", var.kms_data_key_reuse_seconds)
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of all queues; null encrypts with the key that SQS manages (SSE-SQS)."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = format("kms_key_arn must be the ARN of a KMS key, or null for the key that SQS manages; got %s.", jsonencode(var.kms_key_arn))
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
