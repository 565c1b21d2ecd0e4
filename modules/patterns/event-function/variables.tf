variable "account_id" {
  description = "Account that the rules stand in: their ARNs are written before they exist."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = format("account_id must have 12 digits; got %s.", jsonencode(var.account_id))
  }
}

variable "functions" {
  description = <<-EOT
    Functions, keyed by short name; the key is part of the state address. filename is the zip beside the
    root module. One with stream reads a DynamoDB stream; one with security_group_ids runs in
    subnet_ids. Each has a queue <name>-<key>-dlq for what it or its rule gave up.
  EOT
  type = map(object({
    filename           = string
    role_arn           = string
    description        = optional(string)
    environment        = optional(map(string), {})
    handler            = optional(string)
    security_group_ids = optional(list(string), [])
    stream             = optional(object({ arn = string }))
  }))
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.functions) : length("${var.name}-${key}") <= 64])
    error_message = format("A function's name, <name>-<key>, may have 64 characters; got %s.", jsonencode([for key in keys(var.functions) : "${var.name}-${key}" if length("${var.name}-${key}") > 64]))
  }

  validation {
    condition     = alltrue([for function in var.functions : length(function.security_group_ids) == 0 || length(var.subnet_ids) > 0])
    error_message = format("A function with security_group_ids runs in the VPC and needs subnet_ids; got none for %s.", jsonencode([for key, function in var.functions : key if length(function.security_group_ids) > 0]))
  }
}

variable "name" {
  description = "Name of the bus and prefix of everything else, for example acme-dev-order-analytics."
  type        = string
  nullable    = false
}

variable "archive_retention_days" {
  description = "How long the bus keeps its events for a replay; 0 keeps them for ever."
  type        = number
  default     = 30
  nullable    = false
}

variable "bus_kms_key_arn" {
  description = "Customer-managed key of the events on the bus; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "code_signing_config_arn" {
  description = "Code signing configuration of every function, as in compute/lambda: the zips are signed; null takes any zip."
  type        = string
  default     = null
}

variable "function_settings" {
  description = <<-EOT
    What an engineer tunes, keyed as functions; what is left out has the default of compute/lambda (the
    timeout: 30 s). retry_attempts and event_age_seconds are those of asynchronous calls; stream is for a
    function that reads one.
  EOT
  type = map(object({
    event_age_seconds    = optional(number)
    log_level            = optional(string)
    memory_mb            = optional(number)
    reserved_concurrency = optional(number)
    retry_attempts       = optional(number)
    timeout_seconds      = optional(number)
    stream = optional(object({
      batch_size              = optional(number)
      batching_window_seconds = optional(number)
      parallelization_factor  = optional(number)
      retry_attempts          = optional(number)
    }))
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.function_settings) : contains(keys(var.functions), key)])
    error_message = format("function_settings must name functions of this unit (%s); got %s.", join(", ", keys(var.functions)), jsonencode(setsubtract(keys(var.function_settings), keys(var.functions))))
  }

  validation {
    condition = alltrue([for key, settings in var.function_settings : settings.stream == null || try(var.functions[key].stream != null, true)])
    error_message = format(
      "function_settings: stream is for a function that reads a stream; got %s.",
      jsonencode([for key, settings in var.function_settings : key if settings.stream != null])
    )
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of the queues, whose policy admits events.amazonaws.com; null encrypts with the key that SQS manages."
  type        = string
  default     = null
}

variable "log_kms_key_arn" {
  description = "Customer-managed key of the functions' logs, whose policy admits CloudWatch Logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the functions' logs."
  type        = number
  default     = 30
  nullable    = false
}

variable "rules" {
  description = "Which events start which function, keyed by short name. event_pattern is JSON text; input_path hands on a part of the event only."
  type = map(object({
    event_pattern = string
    function      = string
    description   = optional(string)
    input_path    = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for rule in var.rules : contains(keys(var.functions), rule.function)])
    error_message = format("rules must start functions of this unit (%s); got %s.", join(", ", keys(var.functions)), jsonencode({ for key, rule in var.rules : key => rule.function }))
  }
}

variable "schedules" {
  description = "When a function starts by the clock (UTC), keyed by short name: rate(1 day) or cron(minute hour day-of-month month day-of-week year)."
  type = map(object({
    expression  = string
    function    = string
    description = optional(string)
    paused      = optional(bool, false)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for schedule in var.schedules : contains(keys(var.functions), schedule.function)])
    error_message = format("schedules must start functions of this unit (%s); got %s.", join(", ", keys(var.functions)), jsonencode({ for key, schedule in var.schedules : key => schedule.function }))
  }

  validation {
    condition     = length(setintersection(keys(var.schedules), keys(var.rules))) == 0
    error_message = format("rules and schedules become rules of one naming, so a key may stand in one of them; got %s in both.", jsonencode(setintersection(keys(var.schedules), keys(var.rules))))
  }
}

variable "subnet_ids" {
  description = "Subnets, one per availability zone, of the functions that have security groups."
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
