variable "name" {
  description = "Name of the cluster."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,255}$", var.name))
    error_message = "name must have 1 to 255 letters, digits, dashes or underscores; got \"${var.name}\" (${length(var.name)} characters)."
  }
}

variable "container_insights" {
  description = "Metrics of tasks and containers: enhanced (with single containers), enabled, or disabled."
  type        = string
  default     = "enhanced"
  nullable    = false

  validation {
    condition     = contains(["enhanced", "enabled", "disabled"], var.container_insights)
    error_message = "container_insights must be enhanced, enabled or disabled; got \"${var.container_insights}\"."
  }
}

variable "default_strategy" {
  description = "How tasks that name no strategy are spread over FARGATE and FARGATE_SPOT: the first base tasks go there, the rest by weight."
  type = map(object({
    base   = optional(number, 0)
    weight = optional(number, 1)
  }))
  default  = { FARGATE = { base = 1 } }
  nullable = false

  validation {
    condition     = length(var.default_strategy) > 0 && length(setsubtract(keys(var.default_strategy), ["FARGATE", "FARGATE_SPOT"])) == 0
    error_message = "default_strategy must name FARGATE, FARGATE_SPOT or both; got ${jsonencode(keys(var.default_strategy))}."
  }
  validation {
    condition     = length([for provider in var.default_strategy : provider if provider.base > 0]) <= 1
    error_message = "default_strategy: only one provider may have a base, ECS refuses two; got ${jsonencode({ for key, provider in var.default_strategy : key => provider.base })}."
  }
  validation {
    condition     = anytrue([for provider in var.default_strategy : provider.weight > 0])
    error_message = "default_strategy: at least one weight must be above 0, or nothing is placed; got ${jsonencode({ for key, provider in var.default_strategy : key => provider.weight })}."
  }
}

variable "kms_key" {
  description = "Key of execute-command sessions and of the tasks' scratch disks; null leaves both to keys that AWS owns (sessions have TLS in any case)."
  type        = object({ arn = string })
  default     = null
}

variable "log_kms_key_arn" {
  description = "Key of the execute-command log, whose policy admits CloudWatch Logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the execute-command log."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a period that CloudWatch offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653); got ${var.log_retention_days}."
  }
}

variable "service_connect_namespace" {
  description = "Cloud Map namespace for services that use Service Connect without naming one; null for none."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.service_connect_namespace == null ? true : can(regex("^arn:[a-z-]+:servicediscovery:", var.service_connect_namespace.arn))
    error_message = "service_connect_namespace.arn must be the ARN of a Cloud Map namespace; got ${jsonencode(var.service_connect_namespace)}."
  }
}

variable "tags" {
  description = "Tags for everything taggable here, passed on unchanged."
  type        = map(string)
  default     = {}
  nullable    = false
}
