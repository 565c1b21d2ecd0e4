locals {
  # Every generated alarm has all attributes of one of yours, so that both fit one map.
  plain = {
    comparison          = ">"
    datapoints_to_alarm = 1
    evaluation_periods  = 1
    missing_data        = "notBreaching"
    notify              = true
    notify_recovery     = true
    anomaly             = null
    composite           = null
    math                = null
  }

  # Two of three periods of five minutes: one slow start after a quiet night is no reason to wake anybody.
  sustained = merge(local.plain, { datapoints_to_alarm = 2, evaluation_periods = 3 })
}
