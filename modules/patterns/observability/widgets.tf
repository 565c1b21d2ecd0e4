data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  _lambda = {
    for metric, statistic in { Invocations = "Sum", Errors = "Sum", Throttles = "Sum", Duration = "p95", IteratorAge = "Maximum" } : metric => [
      for key, function in var.functions : {
        namespace  = "AWS/Lambda"
        name       = metric
        dimensions = { FunctionName = function.name }
        label      = key
        statistic  = statistic
      } if metric != "IteratorAge" || function.reads_stream
    ]
  }

  _api = {
    for metric, statistic in { Count = "Sum", "4XXError" = "Average", "5XXError" = "Average", Latency = "p95" } : metric => [
      for key, api in var.apis : {
        namespace  = "AWS/ApiGateway"
        name       = metric
        dimensions = { ApiName = api.name, Stage = api.stage }
        label      = "${key} ${metric}"
        statistic  = statistic
      }
    ]
  }

  _failures = [
    for key, queue_name in var.dead_letter_queues : {
      namespace  = "AWS/SQS"
      name       = "ApproximateNumberOfMessagesVisible"
      dimensions = { QueueName = queue_name }
      label      = key
      statistic  = "Maximum"
    }
  ]

  # Written out, so that a plan shows the whole dashboard before there is an alarm.
  _alarm_arns = [
    for alarm_name in values(module.alarms.alarm_names) :
    "arn:${data.aws_partition.current.partition}:cloudwatch:${data.aws_region.current.name}:${var.account_id}:alarm:${alarm_name}"
  ]

  # Read from left to right: is anything wrong, do customers notice, which function is it, what does it say.
  _metric_widgets = [
    { title = "Requests", width = 8, metrics = local._api["Count"] },
    { title = "Share of requests refused or failed", width = 8, metrics = concat(local._api["4XXError"], local._api["5XXError"]) },
    { title = "Latency of one request in twenty (ms)", width = 8, metrics = local._api["Latency"] },
    { title = "Runs", width = 6, metrics = local._lambda["Invocations"] },
    { title = "Failed runs", width = 6, metrics = local._lambda["Errors"] },
    { title = "Refused runs", width = 6, metrics = local._lambda["Throttles"] },
    { title = "Duration of one run in twenty (ms)", width = 6, metrics = local._lambda["Duration"] },
    { title = "Lag behind the stream (ms)", width = 12, metrics = local._lambda["IteratorAge"] },
    { title = "Failed for good, by queue", width = 12, metrics = local._failures },
  ]

  _defaults = { kind = "line", alarm_arns = [], height = 6, limits = {}, log_groups = [], markdown = null, period_seconds = 300, query = null, range = null, width = 24, metrics = [] }

  widgets = concat(
    [for arns in [local._alarm_arns] : merge(local._defaults, { kind = "alarms", title = "Alarms", height = 4, alarm_arns = arns }) if length(arns) > 0],
    [for widget in local._metric_widgets : merge(local._defaults, widget) if length(widget.metrics) > 0],
    [
      for names in [sort(var.log_group_names)] : merge(local._defaults, {
        kind       = "logs"
        title      = "Errors in the logs"
        log_groups = names
        query      = "fields @timestamp, @log, @message | filter level = 'ERROR' | sort @timestamp desc | limit 50"
      }) if length(names) > 0
    ],
  )
}
