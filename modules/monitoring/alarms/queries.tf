locals {
  _math_queries = {
    for key, alarm in local.metric_alarms : key => merge(
      { for id, metric in alarm.math.metrics : id => { expression = null, label = null, returned = false, metric = metric } },
      { result = { expression = alarm.math.expression, label = coalesce(alarm.math.label, key), returned = true, metric = null } },
    ) if alarm.math != null
  }

  # Both are returned: the alarm compares the metric with the band that the model expects.
  _anomaly_queries = {
    for key, alarm in local.metric_alarms : key => {
      measured = { expression = null, label = null, returned = true, metric = alarm.anomaly.metric }
      band     = { expression = "ANOMALY_DETECTION_BAND(measured, ${alarm.anomaly.band_width})", label = "expected", returned = true, metric = null }
    } if alarm.anomaly != null
  }

  queries = {
    for key in keys(local.metric_alarms) : key => merge(try(local._math_queries[key], {}), try(local._anomaly_queries[key], {}))
  }
}
