locals {
  types = { alarms = "alarm", logs = "log", text = "text" }

  views = { bar = "bar", gauge = "gauge", line = "timeSeries", number = "singleValue", pie = "pie", stacked = "timeSeries" }

  # CloudWatch wants a metric as a row: namespace, name, each dimension's name and value, then options.
  _rows = [
    for widget in var.widgets : [
      for metric in widget.metrics : concat(
        [metric.namespace, metric.name],
        flatten([for name, value in metric.dimensions : [name, value]]),
        [{ for option, value in { label = metric.label, stat = metric.statistic, yAxis = metric.axis } : option => value if value != null }],
      )
    ]
  ]

  _bodies = [
    for index, widget in var.widgets : {
      title       = widget.title
      region      = widget.kind == "alarms" ? null : data.aws_region.current.name
      markdown    = widget.markdown
      alarms      = widget.kind == "alarms" ? widget.alarm_arns : null
      query       = widget.kind == "logs" ? join(" | ", concat([for name in widget.log_groups : "SOURCE '${name}'"], [widget.query])) : null
      metrics     = length(widget.metrics) > 0 ? local._rows[index] : null
      period      = length(widget.metrics) > 0 ? widget.period_seconds : null
      stacked     = widget.kind == "stacked" ? true : null
      view        = widget.kind == "logs" ? "table" : lookup(local.views, widget.kind, null)
      annotations = length(widget.limits) > 0 ? { horizontal = [for label, value in widget.limits : { label = label, value = value }] } : null
      yAxis       = widget.range == null ? null : { left = widget.range }
    }
  ]

  widgets = [
    for index, widget in var.widgets : {
      type   = lookup(local.types, widget.kind, "metric")
      width  = widget.width
      height = widget.height
      # A text widget takes its markdown and nothing else.
      properties = { for name, value in local._bodies[index] : name => value if value != null && (widget.kind != "text" || name == "markdown") }
    }
  ]
}
