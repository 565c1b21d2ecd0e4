variable "account_id" {
  description = "Account that the alarms stand in: the dashboard names their ARNs before they exist."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = format("account_id must have 12 digits; got %s.", jsonencode(var.account_id))
  }
}

variable "name" {
  description = "Name of the dashboard and prefix of the alarms' names, for example acme-dev-order-analytics."
  type        = string
  nullable    = false
}

variable "alarm_topic_arns" {
  description = "SNS topics that every alarm tells when it rings and when it recovers."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "alarms" {
  description = <<-EOT
    Further alarms, keyed by short name, in the form of monitoring/alarms; one with the key of a generated
    alarm replaces it. A composite names generated alarms by their keys: <function>-errors, -throttles,
    -duration, -iterator-age, <api>-4xx, -5xx, -latency, -unusual, <queue>-dead-letters.
  EOT
  type = map(object({
    comparison          = optional(string)
    datapoints_to_alarm = optional(number)
    description         = string
    evaluation_periods  = optional(number)
    missing_data        = optional(string)
    notify              = optional(bool)
    notify_recovery     = optional(bool)
    threshold           = optional(number)
    anomaly = optional(object({
      band_width = optional(number)
      metric     = object({ namespace = string, name = string, dimensions = optional(map(string)), period_seconds = optional(number), statistic = optional(string) })
    }))
    composite = optional(object({
      all_of                  = optional(set(string))
      any_of                  = optional(set(string))
      quiet_during            = optional(string)
      quiet_extension_seconds = optional(number)
      quiet_wait_seconds      = optional(number)
    }))
    math = optional(object({
      expression = string
      label      = optional(string)
      metrics    = map(object({ namespace = string, name = string, dimensions = optional(map(string)), period_seconds = optional(number), statistic = optional(string) }))
    }))
    metric = optional(object({ namespace = string, name = string, dimensions = optional(map(string)), period_seconds = optional(number), statistic = optional(string) }))
  }))
  default  = {}
  nullable = false
}

variable "apis" {
  description = "REST APIs to watch, keyed by short name."
  type        = map(object({ name = string, stage = string }))
  default     = {}
  nullable    = false
}

variable "dead_letter_queues" {
  description = "Names of the queues that hold what failed for good, keyed by short name: one message is an alarm."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "functions" {
  description = "Lambda functions to watch, keyed by short name; reads_stream adds an alarm on the lag behind the stream."
  type = map(object({
    name            = string
    timeout_seconds = number
    reads_stream    = optional(bool, false)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for function in var.functions : function.timeout_seconds >= 1 && function.timeout_seconds <= 900])
    error_message = format("timeout_seconds must be that of a Lambda function, 1 to 900; got %s.", jsonencode({ for key, function in var.functions : key => function.timeout_seconds }))
  }

  validation {
    condition     = length(var.functions) + length(var.apis) + length(var.dead_letter_queues) + length(var.alarms) + length(var.widgets) > 0
    error_message = format("There is nothing to watch: name functions, apis, dead_letter_queues, alarms or widgets; got %s of each.", length(var.functions))
  }
}

variable "hours_shown" {
  description = "How far back the dashboard looks when it is opened."
  type        = number
  default     = 24
  nullable    = false
}

variable "log_group_names" {
  description = "Log groups whose errors the dashboard lists."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    # Logs Insights reads 50 groups in one query.
    condition     = length(var.log_group_names) <= 50
    error_message = format("log_group_names may be 50, the most that one query reads; got %s.", length(var.log_group_names))
  }
}

variable "own_topic" {
  description = "Makes a topic for the alarms, for a system that has no other; subscriptions as in messaging/sns. Null makes none."
  type = object({
    kms_key_arn = string
    subscriptions = optional(map(object({
      endpoint = string
      protocol = string
    })), {})
  })
  default = null
}

variable "tags" {
  description = "Tags of everything in this pattern that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "thresholds" {
  description = "When the generated alarms ring: above this many in five minutes, this share, this time. function_duration_percent is of the function's timeout; api_unusual_band_width is in standard deviations around what CloudWatch expects, and null makes no such alarm."
  type = object({
    api_4xx_percent           = optional(number, 20)
    api_5xx_percent           = optional(number, 1)
    api_latency_ms            = optional(number, 1000)
    api_unusual_band_width    = optional(number)
    function_duration_percent = optional(number, 80)
    function_errors           = optional(number, 0)
    function_throttles        = optional(number, 0)
    iterator_age_seconds      = optional(number, 300)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for percent in [var.thresholds.api_4xx_percent, var.thresholds.api_5xx_percent, var.thresholds.function_duration_percent] : percent >= 0 && percent <= 100])
    error_message = format("A percentage in thresholds must be 0 to 100; got %s.", jsonencode(var.thresholds))
  }

  validation {
    condition     = alltrue([for value in [var.thresholds.api_latency_ms, var.thresholds.function_errors, var.thresholds.function_throttles, var.thresholds.iterator_age_seconds] : value >= 0])
    error_message = format("A threshold must not be negative; got %s.", jsonencode(var.thresholds))
  }
}

variable "widgets" {
  description = "Further widgets, below the generated ones, in the form of monitoring/dashboard."
  type = list(object({
    title          = string
    alarm_arns     = optional(list(string))
    height         = optional(number)
    kind           = optional(string)
    limits         = optional(map(number))
    log_groups     = optional(list(string))
    markdown       = optional(string)
    period_seconds = optional(number)
    query          = optional(string)
    range          = optional(object({ min = number, max = number }))
    width          = optional(number)
    metrics = optional(list(object({
      namespace  = string
      name       = string
      axis       = optional(string)
      dimensions = optional(map(string))
      label      = optional(string)
      statistic  = optional(string)
    })))
  }))
  default  = []
  nullable = false
}
