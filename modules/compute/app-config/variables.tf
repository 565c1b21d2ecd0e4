variable "flags" {
  description = "Flags, keyed by name; what is known of an A/B test beside being on, such as its share, is an attribute. Attributes are text; a service turns them into what it needs."
  type = map(object({
    description = string
    enabled     = bool
    attributes  = optional(map(string), {})
  }))
  nullable = false

  validation {
    condition     = length(var.flags) > 0
    error_message = "flags must have at least one flag, or there is nothing to roll out; got ${jsonencode(var.flags)}."
  }

  validation {
    condition     = alltrue(flatten([for key, flag in var.flags : [for name in concat([key], keys(flag.attributes)) : can(regex("^[a-z][a-zA-Z0-9_-]{0,63}$", name)) && name != "enabled"]]))
    error_message = "A flag and its attributes are called by a small letter and up to 63 letters, digits, hyphens or underscores, and none is called enabled; got ${jsonencode({ for key, flag in var.flags : key => keys(flag.attributes) })}."
  }
}

variable "name" {
  description = "Name of the application and of the way in which changes are rolled out, for example acme-dev-shop."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 64
    error_message = "name must have 1 to 64 characters; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "description" {
  description = "What the flags are for."
  type        = string
  default     = "Managed by Terraform."
  nullable    = false
}

variable "environment_name" {
  description = "Name of the environment that readers name; an account that holds one environment needs no other than live."
  type        = string
  default     = "live"
  nullable    = false

  validation {
    condition     = length(var.environment_name) >= 1 && length(var.environment_name) <= 64
    error_message = "environment_name must have 1 to 64 characters; got ${jsonencode(var.environment_name)}."
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of the flags; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "rollback_alarms" {
  description = "Alarms, ARN by short name, that take a rollout back while they ring, and the role with which AppConfig looks at them (cloudwatch:DescribeAlarms); null watches none."
  type = object({
    arns     = map(string)
    role_arn = string
  })
  default = null

  validation {
    condition     = var.rollback_alarms == null ? true : length(var.rollback_alarms.arns) >= 1 && length(var.rollback_alarms.arns) <= 5
    error_message = "rollback_alarms must name one to five alarms, as many as AppConfig watches; got ${jsonencode(try(keys(var.rollback_alarms.arns), []))}."
  }
}

variable "rollout" {
  description = "How a change reaches its readers: step_percent of them at a time, over so many minutes, and then watched for so many more. 0 minutes with 100 percent is at once."
  type = object({
    minutes         = optional(number, 10)
    step_percent    = optional(number, 20)
    watched_minutes = optional(number, 10)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.rollout.minutes >= 0 && var.rollout.minutes <= 1440 && var.rollout.watched_minutes >= 0 && var.rollout.watched_minutes <= 1440
    error_message = "rollout.minutes and rollout.watched_minutes must be from 0 to 1440; got ${var.rollout.minutes} and ${var.rollout.watched_minutes}."
  }

  validation {
    condition     = var.rollout.step_percent >= 1 && var.rollout.step_percent <= 100
    error_message = "rollout.step_percent must be from 1 to 100; got ${var.rollout.step_percent}."
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
