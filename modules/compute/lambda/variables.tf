variable "name" {
  description = "Name of the function, in full; the log group is /aws/lambda/<name>."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,64}$", var.name))
    error_message = "name must have 1 to 64 letters, digits, dashes or underscores, which is all that Lambda takes; got \"${var.name}\" (${length(var.name)} characters)."
  }
}

variable "package" {
  description = "The code: a zip beside the root module, its handler, runtime and layers (in the order in which Lambda lays them over each other)."
  type = object({
    filename                = string
    handler                 = optional(string, "handler.handle")
    runtime                 = optional(string, "python3.12")
    architecture            = optional(string, "arm64")
    layer_arns              = optional(list(string), [])
    code_signing_config_arn = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^[^/].*\\.zip$", var.package.filename))
    error_message = "package.filename must be a relative path to a .zip: an absolute path lands in the state and differs on every machine; got \"${var.package.filename}\"."
  }
  validation {
    # Deprecation dates that AWS projects: python3.11 June 2027, python3.12 October 2028, python3.13 June 2029,
    # nodejs22.x April 2027, java17 June 2027, java21 June 2029, ruby3.4 March 2028, provided.al2023 June 2029.
    condition     = contains(["java17", "java21", "nodejs22.x", "provided.al2023", "python3.11", "python3.12", "python3.13", "ruby3.4"], var.package.runtime)
    error_message = "package.runtime must be one that AWS still patches (java17, java21, nodejs22.x, provided.al2023, python3.11, python3.12, python3.13, ruby3.4); got \"${var.package.runtime}\"."
  }
  validation {
    condition     = contains(["arm64", "x86_64"], var.package.architecture)
    error_message = "package.architecture must be arm64 or x86_64; got \"${var.package.architecture}\"."
  }
  validation {
    # https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
    condition     = var.package.code_signing_config_arn == null || can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:code-signing-config:csc-[a-z0-9]{17}$", var.package.code_signing_config_arn))
    error_message = "package.code_signing_config_arn must be the ARN of a code signing configuration; got ${jsonencode(var.package.code_signing_config_arn)}."
  }
  validation {
    condition     = length(var.package.layer_arns) <= 5
    error_message = "package.layer_arns takes at most 5 layers, Lambda's limit; got ${length(var.package.layer_arns)}."
  }
}

variable "role_arn" {
  description = "ARN of the execution role. It needs what the function does and what Lambda does in its name, which the README lists."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/", var.role_arn))
    error_message = "role_arn must be the ARN of an IAM role; got \"${var.role_arn}\"."
  }
}

variable "alias" {
  description = "The name that callers use, so that a version can move under them. With canary, that share of the calls goes to the version just published and the rest stays on stable_version."
  type = object({
    name = optional(string, "live")
    canary = optional(object({
      stable_version = string
      weight         = number
    }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,128}$", var.alias.name)) && !can(regex("^[0-9]+$", var.alias.name))
    error_message = "alias.name must be letters, digits, dashes or underscores and not only digits, which would read as a version; got \"${var.alias.name}\"."
  }
  validation {
    condition     = var.alias.canary == null || try(var.alias.canary.weight > 0 && var.alias.canary.weight < 1, false)
    error_message = "alias.canary.weight is the share of calls for the new version and must lie between 0 and 1, both excluded; got ${try(var.alias.canary.weight, "null")}."
  }
  validation {
    condition     = var.alias.canary == null || can(regex("^[0-9]+$", var.alias.canary.stable_version))
    error_message = "alias.canary.stable_version must be a published version number, as $LATEST cannot share traffic; got \"${try(var.alias.canary.stable_version, "null")}\"."
  }
}

variable "concurrency" {
  description = "Reserved: both the share kept for this function and its ceiling (null: the account's common pool). Provisioned: environments kept warm behind the alias (null: none)."
  type = object({
    reserved    = optional(number)
    provisioned = optional(number)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.concurrency.reserved == null || try(var.concurrency.reserved >= 1, false)
    error_message = "concurrency.reserved must be at least 1, since 0 stops the function; got ${jsonencode(var.concurrency.reserved)}."
  }
  validation {
    condition     = var.concurrency.provisioned == null || try(var.concurrency.provisioned >= 1 && var.concurrency.provisioned <= coalesce(var.concurrency.reserved, var.concurrency.provisioned), false)
    error_message = "concurrency.provisioned must be at least 1 and at most concurrency.reserved, of which it is a part; got ${jsonencode(var.concurrency)}."
  }
}

variable "description" {
  description = "What the function is for, as the console shows it."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = length(var.description) <= 256
    error_message = "description takes at most 256 characters; got ${length(var.description)}."
  }
}

variable "environment" {
  description = "Environment variables. No secrets: they would stand in the state; name them in secret_arns."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.environment) : can(regex("^[a-zA-Z][a-zA-Z0-9_]+$", key)) && !startswith(key, "AWS_") && !startswith(key, "LAMBDA_")])
    error_message = "environment keys must be a letter followed by letters, digits or underscores, and AWS_ and LAMBDA_ are Lambda's own; got ${jsonencode([for key in keys(var.environment) : key if !can(regex("^[a-zA-Z][a-zA-Z0-9_]+$", key)) || startswith(key, "AWS_") || startswith(key, "LAMBDA_")])}."
  }
}

variable "ephemeral_storage_mb" {
  description = "Size of /tmp."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.ephemeral_storage_mb >= 512 && var.ephemeral_storage_mb <= 10240
    error_message = "ephemeral_storage_mb must be 512 to 10240; got ${var.ephemeral_storage_mb}."
  }
}

variable "kms_key_arn" {
  description = "Key for the environment variables at rest; null uses Lambda's own key."
  type        = string
  default     = null
}

variable "log_kms_key_arn" {
  description = "Key for the log group, whose policy admits CloudWatch Logs; null uses the service's own key."
  type        = string
  default     = null
}

variable "log_level" {
  description = "Lowest level of the function's own JSON log lines that is kept."
  type        = string
  default     = "INFO"
  nullable    = false

  validation {
    condition     = contains(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"], var.log_level)
    error_message = "log_level must be TRACE, DEBUG, INFO, WARN, ERROR or FATAL; got \"${var.log_level}\"."
  }
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the log."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a period that CloudWatch offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653); got ${var.log_retention_days}."
  }
}

variable "memory_mb" {
  description = "Memory; the share of processor grows with it."
  type        = number
  default     = 256
  nullable    = false

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240
    error_message = "memory_mb must be 128 to 10240; got ${var.memory_mb}."
  }
}

variable "secret_arns" {
  description = "Environment variables that hold the ARN of a secret or parameter; the function reads its value at run time, so that it never stands in the state."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secret_arns) : can(regex("^arn:[a-z-]+:(secretsmanager|ssm):", arn))])
    error_message = "secret_arns must be ARNs of Secrets Manager secrets or SSM parameters, never a value; wrong under ${jsonencode([for key, arn in var.secret_arns : key if !can(regex("^arn:[a-z-]+:(secretsmanager|ssm):", arn))])}."
  }
  validation {
    condition     = length(setintersection(keys(var.secret_arns), keys(var.environment))) == 0
    error_message = "secret_arns and environment must not share a key, or one would hide the other; both have ${jsonencode(setintersection(keys(var.secret_arns), keys(var.environment)))}."
  }
}

variable "security_group_ids" {
  description = "Security groups of the function in the VPC; given together with subnet_ids."
  type        = list(string) # not a set: how many there are is known before their ids are
  default     = []
  nullable    = false

  validation {
    condition     = (length(var.security_group_ids) == 0) == (length(var.subnet_ids) == 0)
    error_message = "security_group_ids and subnet_ids must be given together or not at all; got ${length(var.security_group_ids)} groups and ${length(var.subnet_ids)} subnets."
  }
}

variable "subnet_ids" {
  description = "Subnets, one per availability zone, for a function that reaches into the VPC; empty keeps it outside."
  type        = list(string) # not a set: how many there are is known before their ids are
  default     = []
  nullable    = false
}

variable "tags" {
  description = "Tags for everything taggable here, passed on unchanged."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "timeout_seconds" {
  description = "Longest run. Behind API Gateway at most 29 are of use."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900
    error_message = "timeout_seconds must be 1 to 900; got ${var.timeout_seconds}."
  }
}

variable "tracing_mode" {
  description = "Active samples every call for X-Ray; PassThrough follows the caller's decision only."
  type        = string
  default     = "Active"
  nullable    = false

  validation {
    condition     = contains(["Active", "PassThrough"], var.tracing_mode)
    error_message = "tracing_mode must be Active or PassThrough; got \"${var.tracing_mode}\"."
  }
}
