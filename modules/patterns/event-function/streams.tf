locals {
  timeouts = { for key in keys(var.functions) : key => coalesce(one(local.settings[key][*].timeout_seconds), 30) }

  _stream_settings = { for key in keys(var.functions) : key => one(local.settings[key][*].stream) }

  event_sources = {
    for key, function in var.functions : key => {
      for stream in function.stream[*] : "stream" => {
        arn                     = stream.arn
        batch_size              = one(local._stream_settings[key][*].batch_size)
        batching_window_seconds = one(local._stream_settings[key][*].batching_window_seconds)
        # Half of a failing batch at a time, a bounded number of times, then the failures' queue: one bad
        # record must not hold up its shard until it expires a day later.
        stream = {
          on_failure_arn         = module.failures.queue_arns["${key}-dlq"]
          bisect_batch_on_error  = true
          maximum_retry_attempts = one(local._stream_settings[key][*].retry_attempts)
          parallelization_factor = one(local._stream_settings[key][*].parallelization_factor)
        }
      }
    }
  }
}
