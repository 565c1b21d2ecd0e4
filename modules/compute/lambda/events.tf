resource "aws_lambda_function_event_invoke_config" "this" {
  count = var.async == null ? 0 : 1

  function_name                = aws_lambda_function.this.function_name
  qualifier                    = aws_lambda_alias.this.name
  maximum_event_age_in_seconds = var.async.maximum_event_age_seconds
  maximum_retry_attempts       = var.async.maximum_retry_attempts

  dynamic "destination_config" {
    for_each = var.async.on_failure == null && var.async.on_success == null ? [] : [var.async]
    content {
      dynamic "on_failure" {
        for_each = destination_config.value.on_failure[*]
        content {
          destination = on_failure.value.arn
        }
      }
      dynamic "on_success" {
        for_each = destination_config.value.on_success[*]
        content {
          destination = on_success.value.arn
        }
      }
    }
  }
}

resource "aws_lambda_event_source_mapping" "this" {
  for_each = var.event_sources

  function_name    = aws_lambda_alias.this.arn
  event_source_arn = each.value.arn
  tags             = var.tags

  batch_size                         = each.value.batch_size
  maximum_batching_window_in_seconds = each.value.batching_window_seconds
  # A batch that fails in part is retried from the failed record on, instead of as a whole.
  function_response_types = each.value.report_batch_item_failures ? ["ReportBatchItemFailures"] : []

  starting_position              = try(each.value.stream.starting_position, null)
  bisect_batch_on_function_error = try(each.value.stream.bisect_batch_on_error, null)
  maximum_record_age_in_seconds  = try(each.value.stream.maximum_record_age_seconds, null)
  maximum_retry_attempts         = try(each.value.stream.maximum_retry_attempts, null)
  parallelization_factor         = try(each.value.stream.parallelization_factor, null)

  dynamic "destination_config" {
    for_each = each.value.stream[*]
    content {
      on_failure {
        destination_arn = destination_config.value.on_failure_arn
      }
    }
  }

  dynamic "filter_criteria" {
    for_each = length(each.value.filter_patterns) > 0 ? [each.value.filter_patterns] : []
    content {
      dynamic "filter" {
        for_each = filter_criteria.value
        content {
          pattern = filter.value
        }
      }
    }
  }

  dynamic "scaling_config" {
    for_each = each.value.maximum_concurrency[*]
    content {
      maximum_concurrency = scaling_config.value
    }
  }
}
