variable "alarms" {
  description = <<-EOT
    Alarms, keyed by short name; the key is part of the state address. Each is of exactly one kind:
    metric (one metric against threshold), math (an expression over metrics against threshold; the ids
    of metrics start with a small letter), anomaly (one metric against what the model expects,
    band_width standard deviations wide) or composite (alarms of this map: any_of, all_of, or both).
    comparison is >, >=, <, <= or, for an anomaly, outside, above, below. missing_data says what no data
    means: notBreaching suits counts, which send nothing when there is nothing to count.
    notify = false is for an alarm that only feeds a composite one.
  EOT
  type = map(object({
    comparison          = optional(string)
    datapoints_to_alarm = optional(number)
    description         = string
    evaluation_periods  = optional(number, 1)
    missing_data        = optional(string, "notBreaching")
    notify              = optional(bool, true)
    notify_recovery     = optional(bool, true)
    threshold           = optional(number)
    anomaly = optional(object({
      band_width = optional(number, 2)
      metric = object({
        namespace      = string
        name           = string
        dimensions     = optional(map(string), {})
        period_seconds = optional(number, 300)
        statistic      = optional(string, "Sum")
      })
    }))
    composite = optional(object({
      all_of                  = optional(set(string), [])
      any_of                  = optional(set(string), [])
      quiet_during            = optional(string)
      quiet_extension_seconds = optional(number, 300)
      quiet_wait_seconds      = optional(number, 120)
    }))
    math = optional(object({
      expression = string
      label      = optional(string)
      metrics = map(object({
        namespace      = string
        name           = string
        dimensions     = optional(map(string), {})
        period_seconds = optional(number, 300)
        statistic      = optional(string, "Sum")
      }))
    }))
    metric = optional(object({
      namespace      = string
      name           = string
      dimensions     = optional(map(string), {})
      period_seconds = optional(number, 300)
      statistic      = optional(string, "Sum")
    }))
  }))
  nullable = false

  validation {
    condition = alltrue([for alarm in var.alarms : length([for kind in [alarm.metric, alarm.math, alarm.anomaly, alarm.composite] : true if kind != null]) == 1])
    error_message = format(
      "An alarm is of exactly one kind: metric, math, anomaly or composite; got %s.",
      jsonencode([for key, alarm in var.alarms : key if length([for kind in [alarm.metric, alarm.math, alarm.anomaly, alarm.composite] : true if kind != null]) != 1])
    )
  }

  validation {
    condition = alltrue([for key in keys(var.alarms) : length("${var.name}-${key}") <= 255 && !strcontains(key, "\"")])
    error_message = format(
      "An alarm's name, <name>-<key>, may have 255 characters and no quote; got %s.",
      jsonencode([for key in keys(var.alarms) : key if length("${var.name}-${key}") > 255 || strcontains(key, "\"")])
    )
  }

  validation {
    condition = alltrue([for alarm in var.alarms : (alarm.metric == null && alarm.math == null) == (alarm.threshold == null)])
    error_message = format(
      "threshold belongs to metric and math alarms, which cannot do without it, and to no other; got %s.",
      jsonencode({ for key, alarm in var.alarms : key => alarm.threshold if(alarm.metric == null && alarm.math == null) != (alarm.threshold == null) })
    )
  }

  validation {
    condition = alltrue([
      for alarm in var.alarms : alarm.comparison == null ? true : contains(alarm.anomaly == null ? [">", ">=", "<", "<="] : ["outside", "above", "below"], alarm.comparison)
    ])
    error_message = format(
      "comparison must be >, >=, < or <=, and for an anomaly outside, above or below; got %s.",
      jsonencode({ for key, alarm in var.alarms : key => alarm.comparison if alarm.comparison != null })
    )
  }

  validation {
    condition = alltrue([for alarm in var.alarms : contains(["breaching", "ignore", "missing", "notBreaching"], alarm.missing_data)])
    error_message = format(
      "missing_data must be breaching, ignore, missing or notBreaching; got %s.",
      jsonencode({ for key, alarm in var.alarms : key => alarm.missing_data })
    )
  }

  validation {
    condition = alltrue([
      for alarm in var.alarms : alarm.evaluation_periods >= 1 && coalesce(alarm.datapoints_to_alarm, 1) >= 1 && coalesce(alarm.datapoints_to_alarm, 1) <= alarm.evaluation_periods
    ])
    error_message = format(
      "evaluation_periods must be at least 1 and datapoints_to_alarm between 1 and evaluation_periods; got %s.",
      jsonencode({ for key, alarm in var.alarms : key => [alarm.evaluation_periods, alarm.datapoints_to_alarm] })
    )
  }

  validation {
    condition = alltrue(flatten([for alarm in var.alarms : [
      for metric in concat(alarm.metric[*], alarm.anomaly[*].metric, flatten([for math in alarm.math[*] : values(math.metrics)])) :
      contains([10, 20, 30], metric.period_seconds) || (metric.period_seconds >= 60 && metric.period_seconds % 60 == 0)
    ]]))
    error_message = format(
      "period_seconds must be 10, 20, 30 or a multiple of 60; got %s.",
      jsonencode({ for key, alarm in var.alarms : key => [
        for metric in concat(alarm.metric[*], alarm.anomaly[*].metric, flatten([for math in alarm.math[*] : values(math.metrics)])) : metric.period_seconds
      ] if alarm.composite == null })
    )
  }

  validation {
    # The API looks back seven days at most, and one day where a period is shorter than an hour.
    condition = alltrue(flatten([for alarm in var.alarms : [
      for metric in concat(alarm.metric[*], alarm.anomaly[*].metric, flatten([for math in alarm.math[*] : values(math.metrics)])) :
      metric.period_seconds * alarm.evaluation_periods <= (metric.period_seconds < 3600 ? 86400 : 604800)
    ]]))
    error_message = format(
      "period_seconds times evaluation_periods may reach 86400 (one day), or 604800 (seven days) with periods of an hour and more; got %s.",
      jsonencode({ for key, alarm in var.alarms : key => [
        for metric in concat(alarm.metric[*], alarm.anomaly[*].metric, flatten([for math in alarm.math[*] : values(math.metrics)])) : "${metric.period_seconds} * ${alarm.evaluation_periods}"
      ] if alarm.composite == null })
    )
  }

  validation {
    condition = alltrue(flatten([for alarm in var.alarms : [
      for metric in concat(alarm.metric[*], alarm.anomaly[*].metric, flatten([for math in alarm.math[*] : values(math.metrics)])) :
      can(regex("^(Average|Maximum|Minimum|SampleCount|Sum|IQM|(p|tm|wm|tc|ts)[0-9]{1,3}(\\.[0-9]+)?|(PR|TM|WM|TC|TS)\\([0-9.%:]+\\))$", metric.statistic))
    ]]))
    error_message = format(
      "statistic must be Average, Maximum, Minimum, SampleCount, Sum, IQM, or a percentile or trimmed statistic such as p95, tm99 or PR(10:90); got %s.",
      jsonencode({ for key, alarm in var.alarms : key => [
        for metric in concat(alarm.metric[*], alarm.anomaly[*].metric, flatten([for math in alarm.math[*] : values(math.metrics)])) : metric.statistic
      ] if alarm.composite == null })
    )
  }

  validation {
    condition = alltrue(flatten([for alarm in var.alarms : [
      for math in alarm.math[*] : [for id in keys(math.metrics) : can(regex("^[a-z][A-Za-z0-9_]*$", id)) && id != "result"]
    ]]))
    error_message = format(
      "The id of a metric in math starts with a small letter, goes on with letters, digits and underscores, and is not \"result\"; got %s.",
      jsonencode({ for key, alarm in var.alarms : key => flatten([for math in alarm.math[*] : keys(math.metrics)]) if alarm.math != null })
    )
  }

  validation {
    condition = alltrue([for alarm in var.alarms : length(flatten([for math in alarm.math[*] : keys(math.metrics)])) <= 9])
    error_message = format(
      "A math alarm may have 10 queries, its expression included; got %s.",
      jsonencode({ for key, alarm in var.alarms : key => length(alarm.math.metrics) + 1 if alarm.math != null })
    )
  }

  validation {
    condition = alltrue([for alarm in var.alarms : alarm.anomaly == null ? true : alarm.anomaly.band_width > 0])
    error_message = format(
      "anomaly.band_width must be greater than 0; got %s.",
      jsonencode({ for key, alarm in var.alarms : key => alarm.anomaly.band_width if alarm.anomaly != null })
    )
  }

  validation {
    condition = alltrue([for alarm in var.alarms : alarm.composite == null ? true : length(alarm.composite.any_of) + length(alarm.composite.all_of) > 0])
    error_message = format(
      "A composite alarm needs members in any_of or all_of; got %s.",
      jsonencode([for key, alarm in var.alarms : key if alarm.composite == null ? false : length(alarm.composite.any_of) + length(alarm.composite.all_of) == 0])
    )
  }

  validation {
    # A composite of composites could ring itself, and reads like a riddle at three in the morning.
    condition = alltrue(flatten([for alarm in var.alarms : [
      for composite in alarm.composite[*] : [
        for member in setunion(composite.any_of, composite.all_of, composite.quiet_during[*]) : contains([for key, other in var.alarms : key if other.composite == null], member)
      ]
    ]]))
    error_message = format(
      "any_of, all_of and quiet_during name alarms of this map that are not composite themselves; got %s.",
      jsonencode({ for key, alarm in var.alarms : key => flatten([for composite in alarm.composite[*] : [
        for member in setunion(composite.any_of, composite.all_of, composite.quiet_during[*]) : member if !contains([for name, other in var.alarms : name if other.composite == null], member)
      ]]) if alarm.composite != null })
    )
  }
}

variable "name" {
  description = "Prefix of every alarm's name, for example acme-dev-commerce."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._/-]+$", var.name))
    error_message = format("name may hold letters, digits, dots, slashes, hyphens and underscores only; got %s.", jsonencode(var.name))
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics that every alarm with notify tells when it rings and when it recovers."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    # An alarm has room for five actions a state.
    condition     = length(var.alarm_topic_arns) <= 5 && alltrue([for arn in var.alarm_topic_arns : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+$", arn))])
    error_message = format("alarm_topic_arns must be up to five ARNs of SNS topics; got %s.", jsonencode(var.alarm_topic_arns))
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
