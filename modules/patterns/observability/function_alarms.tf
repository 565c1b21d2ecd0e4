locals {
  _function_metrics = {
    for key, function in var.functions : key => {
      for metric in ["Errors", "Throttles", "Duration", "IteratorAge"] : metric => {
        namespace  = "AWS/Lambda"
        name       = metric
        dimensions = { FunctionName = function.name }
        statistic  = lookup({ Duration = "p95", IteratorAge = "Maximum" }, metric, "Sum")
      }
    }
  }

  function_alarms = merge(
    {
      for key, function in var.functions : "${key}-errors" => merge(local.plain, {
        description = "${function.name} failed: read its log, then its queue of failures."
        threshold   = var.thresholds.function_errors
        metric      = local._function_metrics[key]["Errors"]
      })
    },
    {
      for key, function in var.functions : "${key}-throttles" => merge(local.plain, {
        description = "${function.name} was refused a run: the account's or its own concurrency is used up."
        threshold   = var.thresholds.function_throttles
        metric      = local._function_metrics[key]["Throttles"]
      })
    },
    {
      for key, function in var.functions : "${key}-duration" => merge(local.sustained, {
        description = "One run of ${function.name} in twenty takes more than ${var.thresholds.function_duration_percent} % of its ${function.timeout_seconds} s: it will soon be cut off."
        threshold   = function.timeout_seconds * 10 * var.thresholds.function_duration_percent # milliseconds
        metric      = local._function_metrics[key]["Duration"]
      })
    },
    {
      for key, function in var.functions : "${key}-iterator-age" => merge(local.sustained, {
        description = "${function.name} lags behind its stream: what happened arrives late, and after 24 hours never."
        threshold   = var.thresholds.iterator_age_seconds * 1000
        metric      = local._function_metrics[key]["IteratorAge"]
      }) if function.reads_stream
    },
  )
}
