variable "account_id" {
  description = "Account whose costs these are."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = format("account_id must have 12 digits; got %s.", jsonencode(var.account_id))
  }
}

variable "budgets" {
  description = <<-EOT
    Budgets in US dollars, keyed by short name; the key is part of the state address. cost_filters narrows
    one down, for example { Service = ["Amazon Relational Database Service"] } or
    { TagKeyValue = ["user:System$shop"] }. The percentages say when somebody is told.
  EOT
  type = map(object({
    limit_usd                 = number
    alert_at_actual_percent   = optional(set(number), [80, 100])
    alert_at_forecast_percent = optional(set(number), [100])
    cost_filters              = optional(map(set(string)), {})
    include_credits           = optional(bool, false)
    time_unit                 = optional(string, "MONTHLY")
  }))
  nullable = false

  validation {
    condition     = alltrue([for budget in var.budgets : budget.limit_usd > 0])
    error_message = format("limit_usd must be greater than 0; got %s.", jsonencode({ for key, budget in var.budgets : key => budget.limit_usd }))
  }

  validation {
    condition     = alltrue([for key in keys(var.budgets) : length("${var.name}-${key}") <= 100 && !can(regex("[:\\\\]", key))])
    error_message = format("A budget's name, <name>-<key>, may have 100 characters and neither colon nor backslash; got %s.", jsonencode([for key in keys(var.budgets) : "${var.name}-${key}" if length("${var.name}-${key}") > 100 || can(regex("[:\\\\]", key))]))
  }

  validation {
    condition     = alltrue([for budget in var.budgets : contains(["ANNUALLY", "DAILY", "MONTHLY", "QUARTERLY"], budget.time_unit)])
    error_message = format("time_unit must be DAILY, MONTHLY, QUARTERLY or ANNUALLY; got %s.", jsonencode({ for key, budget in var.budgets : key => budget.time_unit }))
  }

  validation {
    # AWS makes no forecast of a single day.
    condition     = alltrue([for budget in var.budgets : budget.time_unit != "DAILY" || length(budget.alert_at_forecast_percent) == 0])
    error_message = format("A daily budget has no forecast: give alert_at_forecast_percent = []; got %s.", jsonencode([for key, budget in var.budgets : key if budget.time_unit == "DAILY" && length(budget.alert_at_forecast_percent) > 0]))
  }

  validation {
    condition     = alltrue(flatten([for budget in var.budgets : [for percent in setunion(budget.alert_at_actual_percent, budget.alert_at_forecast_percent) : percent > 0 && percent <= 1000]]))
    error_message = format("A percentage must be greater than 0 and at most 1000; got %s.", jsonencode({ for key, budget in var.budgets : key => setunion(budget.alert_at_actual_percent, budget.alert_at_forecast_percent) }))
  }

  validation {
    # The API's limit of notifications.
    condition = alltrue([
      for budget in var.budgets : length(budget.alert_at_actual_percent) + length(budget.alert_at_forecast_percent) >= 1 && length(budget.alert_at_actual_percent) + length(budget.alert_at_forecast_percent) <= 5
    ])
    error_message = format("A budget needs 1 to 5 percentages in all; got %s.", jsonencode({ for key, budget in var.budgets : key => length(budget.alert_at_actual_percent) + length(budget.alert_at_forecast_percent) }))
  }
}

variable "name" {
  description = "Prefix of the budgets' names and name of the anomaly monitor, for example acme-dev."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,80}$", var.name))
    error_message = format("name may have 80 letters, digits, hyphens and underscores; got %s.", jsonencode(var.name))
  }
}

variable "alarm_topic_arns" {
  description = "SNS topic that is told; AWS takes one for a budget. With it an anomaly is told at once."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.alarm_topic_arns) <= 1 && alltrue([for arn in var.alarm_topic_arns : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+$", arn))])
    error_message = format("alarm_topic_arns may be one ARN of an SNS topic, the most that a budget takes; got %s.", jsonencode(var.alarm_topic_arns))
  }
}

variable "anomaly" {
  description = <<-EOT
    When an unusual cost is news: from minimum_usd and minimum_percent on, both together. Without tag all
    services are watched, which AWS allows once an account; with tag, what carries one of its values. Null
    watches nothing.
  EOT
  type = object({
    minimum_percent = optional(number, 10)
    minimum_usd     = optional(number, 50)
    tag             = optional(object({ key = string, values = set(string) }))
  })
  default = {}

  validation {
    condition     = var.anomaly == null ? true : var.anomaly.minimum_usd >= 0 && var.anomaly.minimum_percent >= 0
    error_message = format("anomaly.minimum_usd and minimum_percent must not be negative; got %s.", jsonencode(var.anomaly))
  }

  validation {
    condition     = var.anomaly == null ? true : (var.anomaly.tag == null ? true : length(var.anomaly.tag.values) > 0)
    error_message = format("anomaly.tag needs at least one value; got %s.", jsonencode(one(var.anomaly[*].tag)))
  }
}

variable "email_addresses" {
  description = "People who are told, up to ten; of an anomaly once a day, and only if there is no topic."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.email_addresses) <= 10 && alltrue([for address in var.email_addresses : can(regex("^[^@, ]+@[^@, ]+\\.[^@, ]+$", address))])
    error_message = format("email_addresses may be 10 mail addresses; got %s.", jsonencode(var.email_addresses))
  }

  validation {
    condition     = length(var.email_addresses) + length(var.alarm_topic_arns) > 0
    error_message = format("A budget that tells nobody is none: give email_addresses or alarm_topic_arns; got %s addresses.", length(var.email_addresses))
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
