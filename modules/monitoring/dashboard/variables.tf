variable "name" {
  description = "Name of the dashboard, for example acme-dev-commerce."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,255}$", var.name))
    error_message = format("name may have 255 letters, digits, hyphens and underscores, as a dashboard's name does; got %s.", jsonencode(var.name))
  }
}

variable "widgets" {
  description = <<-EOT
    What the dashboard shows, in reading order; the grid has 24 columns and places follow from width and
    height. kind is line, stacked, bar, pie, number or gauge (all of metrics), text (of markdown), alarms
    (of alarm_arns) or logs (of log_groups and a Logs Insights query). limits draws a line per label;
    range fixes the left axis, which a gauge needs.
  EOT
  type = list(object({
    kind           = optional(string, "line")
    title          = string
    alarm_arns     = optional(list(string), [])
    height         = optional(number, 6)
    limits         = optional(map(number), {})
    log_groups     = optional(list(string), [])
    markdown       = optional(string)
    period_seconds = optional(number, 300)
    query          = optional(string)
    range          = optional(object({ min = number, max = number }))
    width          = optional(number, 8)
    metrics = optional(list(object({
      namespace  = string
      name       = string
      axis       = optional(string)
      dimensions = optional(map(string), {})
      label      = optional(string)
      statistic  = optional(string, "Sum")
    })), [])
  }))
  nullable = false

  validation {
    # The size of the grid and the API's limit of widgets.
    condition     = length(var.widgets) >= 1 && length(var.widgets) <= 500
    error_message = format("A dashboard has 1 to 500 widgets; got %s.", length(var.widgets))
  }

  validation {
    condition = alltrue([for widget in var.widgets : contains(["alarms", "bar", "gauge", "line", "logs", "number", "pie", "stacked", "text"], widget.kind)])
    error_message = format(
      "kind must be line, stacked, bar, pie, number, gauge, text, alarms or logs; got %s.",
      jsonencode([for widget in var.widgets : widget.kind if !contains(["alarms", "bar", "gauge", "line", "logs", "number", "pie", "stacked", "text"], widget.kind)])
    )
  }

  validation {
    condition = alltrue([for widget in var.widgets : widget.width >= 1 && widget.width <= 24 && widget.height >= 1 && widget.height <= 1000])
    error_message = format(
      "width must be 1 to 24 columns and height 1 to 1000; got %s.",
      jsonencode({ for widget in var.widgets : widget.title => [widget.width, widget.height] if widget.width < 1 || widget.width > 24 || widget.height < 1 || widget.height > 1000 })
    )
  }

  validation {
    condition = alltrue([for widget in var.widgets : contains(["alarms", "logs", "text"], widget.kind) == (length(widget.metrics) == 0)])
    error_message = format(
      "metrics belong to line, stacked, bar, pie, number and gauge, which need at least one, and to no other kind; got %s.",
      jsonencode([for widget in var.widgets : "${widget.title} (${widget.kind}, ${length(widget.metrics)} metrics)" if contains(["alarms", "logs", "text"], widget.kind) != (length(widget.metrics) == 0)])
    )
  }

  validation {
    condition = alltrue([for widget in var.widgets : (widget.kind == "text") == (widget.markdown != null)])
    error_message = format(
      "markdown belongs to a text widget, which cannot do without it; got %s.",
      jsonencode([for widget in var.widgets : "${widget.title} (${widget.kind})" if(widget.kind == "text") != (widget.markdown != null)])
    )
  }

  validation {
    condition = alltrue([for widget in var.widgets : (widget.kind == "alarms") == (length(widget.alarm_arns) > 0) && length(widget.alarm_arns) <= 100])
    error_message = format(
      "alarm_arns belong to an alarms widget, which takes 1 to 100; got %s.",
      jsonencode([for widget in var.widgets : "${widget.title} (${widget.kind}, ${length(widget.alarm_arns)} alarms)" if(widget.kind == "alarms") != (length(widget.alarm_arns) > 0) || length(widget.alarm_arns) > 100])
    )
  }

  validation {
    condition = alltrue([for widget in var.widgets : (widget.kind == "logs") == (length(widget.log_groups) > 0) && (widget.kind == "logs") == (widget.query != null)])
    error_message = format(
      "log_groups and query belong to a logs widget, which needs both; got %s.",
      jsonencode([for widget in var.widgets : "${widget.title} (${widget.kind})" if(widget.kind == "logs") != (length(widget.log_groups) > 0) || (widget.kind == "logs") != (widget.query != null)])
    )
  }

  validation {
    condition = alltrue([for widget in var.widgets : widget.kind != "gauge" || widget.range != null])
    error_message = format(
      "A gauge needs range, the two ends of its scale; got %s.",
      jsonencode([for widget in var.widgets : widget.title if widget.kind == "gauge" && widget.range == null])
    )
  }

  validation {
    condition = alltrue(flatten([for widget in var.widgets : [for metric in widget.metrics : contains(["left", "right"], coalesce(metric.axis, "left"))]]))
    error_message = format(
      "axis must be left or right; got %s.",
      jsonencode(flatten([for widget in var.widgets : [for metric in widget.metrics : metric.axis if !contains(["left", "right"], coalesce(metric.axis, "left"))]]))
    )
  }

  validation {
    condition = alltrue([for widget in var.widgets : contains([1, 5, 10, 30], widget.period_seconds) || (widget.period_seconds >= 60 && widget.period_seconds % 60 == 0)])
    error_message = format(
      "period_seconds must be 1, 5, 10, 30 or a multiple of 60; got %s.",
      jsonencode({ for widget in var.widgets : widget.title => widget.period_seconds if !(contains([1, 5, 10, 30], widget.period_seconds) || (widget.period_seconds >= 60 && widget.period_seconds % 60 == 0)) })
    )
  }
}

variable "hours_shown" {
  description = "How far back the dashboard looks when it is opened."
  type        = number
  default     = 24
  nullable    = false

  validation {
    condition     = var.hours_shown >= 1 && floor(var.hours_shown) == var.hours_shown
    error_message = format("hours_shown must be a whole number of hours; got %s.", var.hours_shown)
  }
}
