variable "name" {
  description = "Name of the bus and prefix of its rules' names, for example acme-dev-order-analytics."
  type        = string
  nullable    = false

  validation {
    # An archive's name has the shortest limit of the three: 48.
    condition     = can(regex("^[A-Za-z0-9._-]{1,48}$", var.name)) && var.name != "default"
    error_message = format("name may have 48 letters, digits, dots, hyphens and underscores (the archive's limit) and must not be \"default\"; got %s.", jsonencode(var.name))
  }
}

variable "archive" {
  description = "What is kept for a replay: retention_days (0 keeps for ever) and, as JSON text, an event_pattern. Null keeps nothing."
  type = object({
    event_pattern  = optional(string)
    retention_days = optional(number, 30)
  })
  default = {}

  validation {
    condition     = var.archive == null ? true : var.archive.retention_days >= 0 && floor(var.archive.retention_days) == var.archive.retention_days
    error_message = format("archive.retention_days must be a whole number of days, or 0 to keep for ever; got %s.", jsonencode(one(var.archive[*].retention_days)))
  }

  validation {
    condition     = can(keys(jsondecode(coalesce(one(var.archive[*].event_pattern), "{}"))))
    error_message = format("archive.event_pattern must be a JSON object as text; got %s.", jsonencode(one(var.archive[*].event_pattern)))
  }
}

variable "description" {
  description = "What the bus is for."
  type        = string
  default     = "Managed by Terraform."
  nullable    = false

  validation {
    condition     = length(var.description) <= 512
    error_message = format("description may have 512 characters; got %s.", length(var.description))
  }
}

variable "existing_bus" {
  description = "Bus of another unit that the rules listen on; null makes a bus. What belongs to a bus itself (archive, policy, schemas, key) is then its owner's."
  type        = object({ name = string })
  default     = null

  validation {
    condition     = var.existing_bus == null || (length(var.policy_statements) == 0 && var.schema_registry == null && var.kms_key_arn == null)
    error_message = format("policy_statements, schema_registry and kms_key_arn belong to the unit that makes the bus; leave them out with existing_bus; got %s.", jsonencode(var.existing_bus))
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of the events on the bus; null encrypts with a key that AWS owns."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = format("kms_key_arn must be the ARN of a KMS key, or null for the key that AWS owns; got %s.", jsonencode(var.kms_key_arn))
  }
}

variable "policy_statements" {
  description = "Other accounts that may put events on the bus, keyed by statement id; sources and detail_types narrow what they may put."
  type = map(object({
    account_ids  = set(string)
    detail_types = optional(set(string), [])
    sources      = optional(set(string), [])
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([for statement in var.policy_statements : length(statement.account_ids) > 0 && alltrue([for id in statement.account_ids : can(regex("^[0-9]{12}$", id))])])
    error_message = format(
      "account_ids must name at least one account of 12 digits; got %s.",
      jsonencode({ for sid, statement in var.policy_statements : sid => statement.account_ids })
    )
  }
}

variable "rules" {
  description = <<-EOT
    Rules, keyed by short name; the key is part of the state address, as is the key of a target. A rule
    has an event_pattern (JSON text) or a schedule_expression. A schedule stands on the account's default
    bus, because EventBridge allows it nowhere else. A target takes input, input_path or a transformer.
  EOT
  type = map(object({
    description         = optional(string)
    event_pattern       = optional(string)
    paused              = optional(bool, false)
    schedule_expression = optional(string)
    targets = optional(map(object({
      arn              = string
      dead_letter_arn  = optional(string)
      input            = optional(string)
      input_path       = optional(string)
      message_group_id = optional(string)
      role_arn         = optional(string)
      retry = optional(object({
        max_age_seconds = optional(number, 3600)
        max_attempts    = optional(number, 20)
      }), {})
      transformer = optional(object({
        template = string
        paths    = optional(map(string), {})
      }))
    })), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([for rule in var.rules : (rule.event_pattern == null) != (rule.schedule_expression == null)])
    error_message = format(
      "A rule needs either event_pattern or schedule_expression, not both; got %s.",
      jsonencode([for key, rule in var.rules : key if(rule.event_pattern == null) == (rule.schedule_expression == null)])
    )
  }

  validation {
    condition = alltrue([for key in keys(var.rules) : can(regex("^[A-Za-z0-9._-]+$", key)) && length("${var.name}-${key}") <= 64])
    error_message = format(
      "A rule's name, <name>-<key>, may have 64 letters, digits, dots, hyphens and underscores; got %s.",
      jsonencode([for key in keys(var.rules) : "${var.name}-${key}" if !can(regex("^[A-Za-z0-9._-]+$", key)) || length("${var.name}-${key}") > 64])
    )
  }

  validation {
    condition = alltrue([for rule in var.rules : can(keys(jsondecode(coalesce(rule.event_pattern, "{}"))))])
    error_message = format(
      "event_pattern must be a JSON object as text; got %s.",
      jsonencode({ for key, rule in var.rules : key => rule.event_pattern if !can(keys(jsondecode(coalesce(rule.event_pattern, "{}")))) })
    )
  }

  validation {
    # In cron one of day-of-month and day-of-week must be "?"; a rate of 1 takes the singular.
    condition = alltrue([for rule in var.rules : rule.schedule_expression == null || can(regex(
      "^(rate\\((1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minutes|hours|days))\\)|cron\\(\\S+ \\S+ (\\? \\S+ [^ ?]+|[^ ?]+ \\S+ \\?) \\S+\\))$", rule.schedule_expression
    ))])
    error_message = format(
      "schedule_expression must be rate(5 minutes), rate(1 day) or cron(minute hour day-of-month month day-of-week year) with one of the two days a ?; got %s.",
      jsonencode({ for key, rule in var.rules : key => rule.schedule_expression if rule.schedule_expression != null })
    )
  }

  validation {
    # The default quota of targets per rule.
    condition = alltrue([for rule in var.rules : length(rule.targets) <= 5])
    error_message = format(
      "A rule may have 5 targets; got %s.",
      jsonencode({ for key, rule in var.rules : key => length(rule.targets) if length(rule.targets) > 5 })
    )
  }

  validation {
    condition = alltrue(flatten([for rule in var.rules : [
      for target in rule.targets : length([for given in [target.input, target.input_path, one(target.transformer[*].template)] : given if given != null]) <= 1
    ]]))
    error_message = format(
      "A target takes one of input, input_path and transformer; got %s.",
      jsonencode(flatten([for key, rule in var.rules : [
        for target_key, target in rule.targets : "${key}/${target_key}" if length([for given in [target.input, target.input_path, one(target.transformer[*].template)] : given if given != null]) > 1
      ]]))
    )
  }

  validation {
    condition = alltrue(flatten([for rule in var.rules : [
      for target in rule.targets : target.retry.max_age_seconds >= 60 && target.retry.max_age_seconds <= 86400 && target.retry.max_attempts >= 0 && target.retry.max_attempts <= 185
    ]]))
    error_message = format(
      "retry.max_age_seconds must be 60 to 86400 and retry.max_attempts 0 to 185; got %s.",
      jsonencode({ for key, rule in var.rules : key => { for target_key, target in rule.targets : target_key => target.retry } })
    )
  }
}

variable "schema_registry" {
  description = "Discovers the schemas of the events on the bus and makes a registry for published ones; null does neither."
  type = object({
    description = optional(string, "Event schemas.")
  })
  default = null

  validation {
    # EventBridge cannot read what it would have to describe.
    condition     = var.schema_registry == null || var.kms_key_arn == null
    error_message = format("Schema discovery does not work on a bus with a customer-managed key; leave out schema_registry or kms_key_arn; got %s.", jsonencode(var.kms_key_arn))
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
