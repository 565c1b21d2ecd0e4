variable "name" {
  description = "Prefix of the name of every group that gives none of its own, for example /acme/dev/commerce or acme-dev-commerce."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_/.#-]+$", var.name))
    error_message = format("name may hold letters, digits and _ / . # - only, as a log group's name does; got %s.", jsonencode(var.name))
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of all groups, whose policy admits CloudWatch Logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = format("kms_key_arn must be the ARN of a KMS key, or null for the key that AWS owns; got %s.", jsonencode(var.kms_key_arn))
  }
}

variable "log_groups" {
  description = <<-EOT
    Log groups, keyed by short name; the key is part of the state address, as are the keys of metric
    filters and subscriptions. name replaces <name>-<key> where a service dictates it. keep_on_destroy
    leaves the group and its logs in the account.
  EOT
  type = map(object({
    infrequent_access = optional(bool, false)
    keep_on_destroy   = optional(bool, false)
    name              = optional(string)
    retention_days    = optional(number)
    metric_filters = optional(map(object({
      metric_name   = string
      namespace     = string
      pattern       = string
      default_value = optional(string)
      dimensions    = optional(map(string))
      unit          = optional(string, "Count")
      value         = optional(string, "1")
    })), {})
    subscriptions = optional(map(object({
      destination_arn = string
      pattern         = optional(string, "")
      role_arn        = optional(string)
      spread          = optional(bool, false)
    })), {})
  }))
  nullable = false

  validation {
    condition = alltrue([for key, group in var.log_groups : can(regex("^[A-Za-z0-9_/.#-]{1,512}$", coalesce(group.name, "${var.name}-${key}")))])
    error_message = format(
      "A log group's name may have 512 letters, digits and _ / . # -; got %s.",
      jsonencode([for key, group in var.log_groups : coalesce(group.name, "${var.name}-${key}") if !can(regex("^[A-Za-z0-9_/.#-]{1,512}$", coalesce(group.name, "${var.name}-${key}")))])
    )
  }

  validation {
    condition = length(distinct([for key, group in var.log_groups : coalesce(group.name, "${var.name}-${key}")])) == length(var.log_groups)
    error_message = format(
      "Each log group needs a name of its own; got %s.",
      jsonencode({ for key, group in var.log_groups : key => coalesce(group.name, "${var.name}-${key}") })
    )
  }

  validation {
    condition = alltrue([
      for group in var.log_groups : contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], coalesce(group.retention_days, 1))
    ])
    error_message = format(
      "retention_days must be a period that CloudWatch offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653); got %s.",
      jsonencode({ for key, group in var.log_groups : key => group.retention_days if group.retention_days != null })
    )
  }

  validation {
    # The Infrequent Access class has neither of the two.
    condition = alltrue([for group in var.log_groups : !group.infrequent_access || length(group.metric_filters) + length(group.subscriptions) == 0])
    error_message = format(
      "infrequent_access supports no metric_filters and no subscriptions; leave it out or drop them; got %s.",
      jsonencode([for key, group in var.log_groups : key if group.infrequent_access && length(group.metric_filters) + length(group.subscriptions) > 0])
    )
  }

  validation {
    # The API's quota for a log group.
    condition = alltrue([for group in var.log_groups : length(group.subscriptions) <= 2])
    error_message = format(
      "A log group may have 2 subscriptions; got %s.",
      jsonencode({ for key, group in var.log_groups : key => length(group.subscriptions) if length(group.subscriptions) > 2 })
    )
  }

  validation {
    # The API refuses both together: a default has no log event to read the dimensions from.
    condition = alltrue(flatten([for group in var.log_groups : [for filter in group.metric_filters : filter.default_value == null || filter.dimensions == null]]))
    error_message = format(
      "A metric filter takes default_value or dimensions, not both; got %s.",
      jsonencode(flatten([for key, group in var.log_groups : [for id, filter in group.metric_filters : "${key}/${id}" if filter.default_value != null && filter.dimensions != null]]))
    )
  }
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the logs of a group that says nothing else."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = format("log_retention_days must be a period that CloudWatch offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653); got %s.", var.log_retention_days)
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
