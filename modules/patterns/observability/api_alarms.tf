locals {
  # The average of an error metric is the share of calls that failed.
  _api_alarms = {
    "4xx"     = { metric = "4XXError", statistic = "Average", threshold = var.thresholds.api_4xx_percent / 100, says = "refuses more than ${var.thresholds.api_4xx_percent} % of its calls: a client is broken or probing." }
    "5xx"     = { metric = "5XXError", statistic = "Average", threshold = var.thresholds.api_5xx_percent / 100, says = "fails more than ${var.thresholds.api_5xx_percent} % of its calls." }
    "latency" = { metric = "Latency", statistic = "p95", threshold = var.thresholds.api_latency_ms, says = "takes longer than ${var.thresholds.api_latency_ms} ms for one call in twenty." }
  }

  # All of three periods: five busy minutes are no incident. No call at all sends no data, and is unusual too.
  _unusual_alarms = merge([
    for key, api in var.apis : {
      for width in var.thresholds.api_unusual_band_width[*] : "${key}-unusual" => merge(local.plain, {
        comparison          = "outside"
        description         = "${api.name} gets far more or far fewer calls than at this hour on other days."
        datapoints_to_alarm = 3
        evaluation_periods  = 3
        missing_data        = "breaching"
        anomaly = {
          band_width = width
          metric     = { namespace = "AWS/ApiGateway", name = "Count", dimensions = { ApiName = api.name, Stage = api.stage } }
        }
      })
    }
  ]...)

  _threshold_alarms = merge([
    for key, api in var.apis : {
      for kind, alarm in local._api_alarms : "${key}-${kind}" => merge(local.sustained, {
        description = "${api.name} ${alarm.says}"
        threshold   = alarm.threshold
        metric = {
          namespace  = "AWS/ApiGateway"
          name       = alarm.metric
          dimensions = { ApiName = api.name, Stage = api.stage }
          statistic  = alarm.statistic
        }
      })
    }
  ]...)

  api_alarms = merge(local._threshold_alarms, local._unusual_alarms)
}
