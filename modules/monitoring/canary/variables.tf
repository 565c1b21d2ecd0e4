variable "artifacts" {
  description = "Where reports and screenshots go, and how long Synthetics lists a run (the bucket's lifecycle deletes the files)."
  type = object({
    bucket_name            = string
    failure_retention_days = optional(number, 31)
    prefix                 = optional(string, "canaries")
    success_retention_days = optional(number, 7)
  })
  nullable = false

  validation {
    condition     = alltrue([for days in [var.artifacts.failure_retention_days, var.artifacts.success_retention_days] : days >= 1 && days <= 1024])
    error_message = format("success_retention_days and failure_retention_days must be 1 to 1024; got %s.", jsonencode([var.artifacts.success_retention_days, var.artifacts.failure_retention_days]))
  }

  validation {
    condition     = can(regex("^[^/].*[^/]$", var.artifacts.prefix))
    error_message = format("artifacts.prefix neither starts nor ends with a slash; got %s.", jsonencode(var.artifacts.prefix))
  }
}

variable "code" {
  description = "The script's zip in a bucket; another version_id is what tells that the code changed."
  type = object({
    bucket_name = string
    key         = string
    version_id  = string
  })
  nullable = false

  validation {
    condition     = endswith(var.code.key, ".zip")
    error_message = format("code.key must be a zip; got %s.", jsonencode(var.code.key))
  }
}

variable "name" {
  description = "Name of the canary, for example acme-prod-shop-checkout."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9_-]{1,247}$", var.name))
    error_message = format("name may have 247 small letters, digits, hyphens and underscores; got %s.", jsonencode(var.name))
  }
}

variable "role_arn" {
  description = "Role of the canary: writing under its prefix, its log, and the metric CloudWatchSynthetics."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", var.role_arn))
    error_message = format("role_arn must be the ARN of an IAM role; got %s.", jsonencode(var.role_arn))
  }
}

variable "runtime_version" {
  description = "Synthetics runtime, for example syn-python-selenium-5.1. No default: AWS retires runtimes every year, and moving to another is a decision about the script."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^syn-(nodejs-playwright|nodejs-puppeteer|python-selenium)-[0-9]+\\.[0-9]+$", var.runtime_version))
    error_message = format("runtime_version must be syn-nodejs-puppeteer-, syn-nodejs-playwright- or syn-python-selenium- with a version; got %s.", jsonencode(var.runtime_version))
  }
}

variable "alarm" {
  description = "When too few runs succeed: less than success_percent in each of so many periods."
  type = object({
    period_seconds  = optional(number, 300)
    periods         = optional(number, 2)
    success_percent = optional(number, 90)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.alarm.success_percent > 0 && var.alarm.success_percent <= 100 && var.alarm.periods >= 1
    error_message = format("alarm.success_percent must be above 0 and at most 100, and alarm.periods at least 1; got %s.", jsonencode(var.alarm))
  }

  validation {
    condition     = var.alarm.period_seconds >= 60 && var.alarm.period_seconds % 60 == 0 && var.alarm.period_seconds * var.alarm.periods <= 86400
    error_message = format("alarm.period_seconds must be a multiple of 60, and all periods together a day at most; got %s.", jsonencode(var.alarm))
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics that the alarm tells when it rings and when it recovers."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "environment" {
  description = "Environment variables of the script, for example the address it visits. No secrets: they would stand in the state."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "handler" {
  description = "Where the script starts: file.function."
  type        = string
  default     = "canary.handler"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_/-]+\\.[A-Za-z0-9_]+$", var.handler))
    error_message = format("handler is written file.function; got %s.", jsonencode(var.handler))
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of reports and screenshots; null encrypts with the key that S3 manages."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = format("kms_key_arn must be the ARN of a KMS key, or null for the key that S3 manages; got %s.", jsonencode(var.kms_key_arn))
  }
}

variable "memory_mb" {
  description = "Memory of a run; a browser needs about 1000."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = var.memory_mb >= 960 && var.memory_mb <= 3008 && var.memory_mb % 64 == 0
    error_message = format("memory_mb must be 960 to 3008, in steps of 64; got %s.", var.memory_mb)
  }
}

variable "paused" {
  description = "Keeps the canary and stops its runs; its alarm is then quiet."
  type        = bool
  default     = false
  nullable    = false
}

variable "schedule_expression" {
  description = "When it runs: rate(5 minutes), up to rate(60 minutes), or cron(...)."
  type        = string
  default     = "rate(5 minutes)"
  nullable    = false

  validation {
    condition     = can(regex("^(rate\\((1 minute|1 hour|([2-9]|[1-5][0-9]|60) minutes)\\)|cron\\(.+\\))$", var.schedule_expression))
    error_message = format("schedule_expression must be rate(1 minute) to rate(60 minutes), rate(1 hour) or cron(...); got %s.", jsonencode(var.schedule_expression))
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "timeout_seconds" {
  description = "Longest run; it must end before the next one is due."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 3 && var.timeout_seconds <= 840
    error_message = format("timeout_seconds must be 3 to 840; got %s.", var.timeout_seconds)
  }
}

variable "trace" {
  description = "Traces the requests of a run by X-Ray."
  type        = bool
  default     = true
  nullable    = false
}

variable "vpc" {
  description = "Where a canary runs that visits something private; it needs a way to CloudWatch and S3. Null keeps it outside."
  type = object({
    security_group_ids = set(string)
    subnet_ids         = set(string)
  })
  default = null

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.subnet_ids) > 0 && length(var.vpc.security_group_ids) > 0
    error_message = format("vpc needs subnets and security groups; got %s.", jsonencode(var.vpc))
  }
}
