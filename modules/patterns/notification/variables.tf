variable "account_id" {
  description = "Account that the rules stand in: their ARNs are written before they exist."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = format("account_id must have 12 digits; got %s.", jsonencode(var.account_id))
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of the topics, as messaging/sns needs it."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the configuration set and prefix of everything else, for example acme-dev-order-analytics."
  type        = string
  nullable    = false
}

variable "topics" {
  description = "Topics and their subscriptions, keyed by short name; see messaging/sns."
  type = map(object({
    display_name = optional(string)
    subscriptions = optional(map(object({
      endpoint             = string
      protocol             = string
      dead_letter_arn      = optional(string)
      filter_policy        = optional(string)
      raw_message_delivery = optional(bool)
    })), {})
  }))
  nullable = false
}

variable "bus_name" {
  description = "Bus of another unit that the mailers listen on; needed with mailers."
  type        = string
  default     = null

  validation {
    condition     = length(var.mailers) == 0 || var.bus_name != null
    error_message = format("mailers listen on a bus: give bus_name; got none for %s.", jsonencode(keys(var.mailers)))
  }
}

variable "code_signing_config_arn" {
  description = "Code signing configuration of every mailer, as in compute/lambda: the zips are signed; null takes any zip."
  type        = string
  default     = null
}

variable "delivery_retry" {
  description = "How often and how long EventBridge tries to hand an event to a mailer before it goes to the queue of failures."
  type = object({
    max_age_seconds = optional(number, 3600)
    max_attempts    = optional(number, 20)
  })
  default  = {}
  nullable = false
}

variable "failures_kms_key_arn" {
  description = "Customer-managed key of the queues of failures, whose policy admits events.amazonaws.com and the mailers' roles; null encrypts with the key that SQS manages."
  type        = string
  default     = null
}

variable "identities" {
  description = "Who sends, keyed by short name: a domain or one address; see messaging/ses."
  type = map(object({
    identity        = string
    dkim_key_length = optional(string)
    mail_from = optional(object({
      reject_without_mx = optional(bool)
      subdomain         = optional(string)
    }))
  }))
  default  = {}
  nullable = false
}

variable "log_kms_key_arn" {
  description = "Customer-managed key of the mailers' logs, whose policy admits CloudWatch Logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the mailers' logs."
  type        = number
  default     = 30
  nullable    = false
}

variable "mail_event_destinations" {
  description = "Where SES reports what became of a mail, keyed by the destination's name; see messaging/ses."
  type = map(object({
    event_bus_arn     = optional(string)
    event_types       = optional(set(string))
    metric_dimensions = optional(map(string))
    topic_arn         = optional(string)
  }))
  default  = {}
  nullable = false
}

variable "mailer_settings" {
  description = "What an engineer tunes, keyed as mailers; what is left out has the default of compute/lambda (the timeout: 30 s)."
  type = map(object({
    log_level       = optional(string)
    memory_mb       = optional(number)
    retry_attempts  = optional(number)
    timeout_seconds = optional(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.mailer_settings) : contains(keys(var.mailers), key)])
    error_message = format("mailer_settings must name mailers of this unit (%s); got %s.", join(", ", keys(var.mailers)), jsonencode(setsubtract(keys(var.mailer_settings), keys(var.mailers))))
  }
}

variable "mailers" {
  description = <<-EOT
    Functions that turn an event into a mail and a message, keyed by short name; the key is part of the
    state address and the rule's name. topic and template are keys of topics and templates; the function
    gets them as TOPIC_ARN and TEMPLATE_NAME, beside SENDER and RECIPIENTS. What it or its rule gave up
    goes to the queue <name>-<key>-dlq. One with security_group_ids runs in subnet_ids.
  EOT
  type = map(object({
    event_pattern      = string
    filename           = string
    role_arn           = string
    sender             = string
    template           = string
    topic              = string
    description        = optional(string)
    environment        = optional(map(string), {})
    handler            = optional(string)
    security_group_ids = optional(list(string), [])
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for mailer in var.mailers : length(mailer.security_group_ids) == 0 || length(var.subnet_ids) > 0])
    error_message = format("A mailer with security_group_ids runs in the VPC and needs subnet_ids; got none for %s.", jsonencode([for key, mailer in var.mailers : key if length(mailer.security_group_ids) > 0]))
  }

  validation {
    condition = alltrue([for mailer in var.mailers : contains(keys(var.topics), mailer.topic) && contains(keys(var.templates), mailer.template)])
    error_message = format(
      "topic and template of a mailer must be keys of topics (%s) and templates (%s); got %s.",
      join(", ", keys(var.topics)), join(", ", keys(var.templates)), jsonencode({ for key, mailer in var.mailers : key => [mailer.topic, mailer.template] })
    )
  }

  validation {
    condition = alltrue([
      for mailer in var.mailers : anytrue([for identity in var.identities : mailer.sender == identity.identity || endswith(mailer.sender, "@${identity.identity}")])
    ])
    error_message = format(
      "sender must be an identity of this unit or an address of one (%s), or SES refuses every mail; got %s.",
      join(", ", [for identity in var.identities : identity.identity]), jsonencode({ for key, mailer in var.mailers : key => mailer.sender })
    )
  }
}

variable "recipients" {
  description = "Addresses that the mailers write to."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.mailers) == 0 || length(var.recipients) > 0
    error_message = format("mailers need recipients to write to; got none for %s.", jsonencode(keys(var.mailers)))
  }

  validation {
    # SES takes 50 recipients a message.
    condition     = length(var.recipients) <= 50 && alltrue([for address in var.recipients : can(regex("^[^@, ]+@[^@, ]+\\.[^@, ]+$", address))])
    error_message = format("recipients must be up to 50 mail addresses; got %s.", jsonencode(var.recipients))
  }
}

variable "subnet_ids" {
  description = "Subnets, one per availability zone, of the mailers that have security groups."
  type        = list(string) # not a set: how many there are is known before their ids are
  default     = []
  nullable    = false
}

variable "tags" {
  description = "Tags of everything in this pattern that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "templates" {
  description = "Mail templates, keyed by short name, with variables in double braces."
  type = map(object({
    subject = string
    text    = string
    html    = optional(string)
  }))
  default  = {}
  nullable = false
}
