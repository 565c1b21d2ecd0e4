variable "async" {
  description = "Retries and destinations of asynchronous calls (events, SNS, S3); a destination hears the event and what became of it, a dead letter the event alone. Null leaves Lambda's defaults: two retries within six hours."
  type = object({
    maximum_event_age_seconds = optional(number, 21600)
    maximum_retry_attempts    = optional(number, 2)
    on_failure                = optional(object({ arn = string }))
    on_success                = optional(object({ arn = string }))
  })
  default = null

  validation {
    condition     = var.async == null || try(var.async.maximum_event_age_seconds >= 60 && var.async.maximum_event_age_seconds <= 21600, false)
    error_message = "async.maximum_event_age_seconds must be 60 to 21600; got ${try(var.async.maximum_event_age_seconds, "null")}."
  }
  validation {
    condition     = var.async == null || try(contains([0, 1, 2], var.async.maximum_retry_attempts), false)
    error_message = "async.maximum_retry_attempts must be 0, 1 or 2; got ${try(var.async.maximum_retry_attempts, "null")}."
  }
  validation {
    # https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    condition     = var.async == null ? true : alltrue([for target in concat(var.async.on_failure[*], var.async.on_success[*]) : can(regex("^arn:[a-z-]+:(events|lambda|s3|sns|sqs):", target.arn)) && !endswith(target.arn, ".fifo")])
    error_message = "async.on_failure and async.on_success must be ARNs of a bus, a function, a bucket, or a standard queue or topic, because Lambda sends to none that is FIFO; got ${jsonencode(var.async)}."
  }
}

variable "dead_letter" {
  description = "SQS queue or SNS topic for events that failed all retries of an asynchronous call; null when nobody calls asynchronously. The role sends to it, and Lambda refuses a function whose role may not."
  type        = object({ arn = string })
  default     = null

  validation {
    # https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    condition     = var.dead_letter == null ? true : can(regex("^arn:[a-z-]+:(sqs|sns):[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", var.dead_letter.arn))
    error_message = "dead_letter.arn must be the ARN of a standard SQS queue or SNS topic, because Lambda sends to none that is FIFO; got ${jsonencode(var.dead_letter)}."
  }
}

variable "event_sources" {
  description = "Queues and streams that Lambda polls for this function, keyed by short name. With stream, the source is a DynamoDB or Kinesis stream; without, a queue."
  type = map(object({
    arn                        = string
    batch_size                 = optional(number, 10)
    batching_window_seconds    = optional(number, 0)
    filter_patterns            = optional(list(string), [])
    maximum_concurrency        = optional(number)
    report_batch_item_failures = optional(bool, true)
    stream = optional(object({
      on_failure_arn             = string
      bisect_batch_on_error      = optional(bool, true)
      maximum_record_age_seconds = optional(number, -1)
      maximum_retry_attempts     = optional(number, 10)
      parallelization_factor     = optional(number, 1)
      starting_position          = optional(string, "TRIM_HORIZON")
    }))
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for source in var.event_sources : source.batch_size >= 1 && source.batch_size <= 10000 && source.batching_window_seconds >= 0 && source.batching_window_seconds <= 300])
    error_message = "event_sources: batch_size must be 1 to 10000 and batching_window_seconds 0 to 300; got ${jsonencode({ for key, source in var.event_sources : key => [source.batch_size, source.batching_window_seconds] if source.batch_size < 1 || source.batch_size > 10000 || source.batching_window_seconds < 0 || source.batching_window_seconds > 300 })}."
  }
  validation {
    condition     = alltrue([for source in var.event_sources : source.stream != null || source.batch_size <= 10 || source.batching_window_seconds >= 1])
    error_message = "event_sources: a queue read in batches above 10 needs batching_window_seconds of at least 1; got ${jsonencode({ for key, source in var.event_sources : key => source.batch_size if source.stream == null && source.batch_size > 10 && source.batching_window_seconds < 1 })}."
  }
  validation {
    condition     = alltrue([for source in var.event_sources : source.maximum_concurrency == null || (source.stream == null && try(source.maximum_concurrency >= 2 && source.maximum_concurrency <= 1000, false))])
    error_message = "event_sources: maximum_concurrency is for queues only and must be 2 to 1000; got ${jsonencode({ for key, source in var.event_sources : key => source.maximum_concurrency if source.maximum_concurrency != null })}."
  }
  validation {
    condition     = alltrue([for source in var.event_sources : source.stream == null || try(contains(["TRIM_HORIZON", "LATEST"], source.stream.starting_position), false)])
    error_message = "event_sources: stream.starting_position must be TRIM_HORIZON or LATEST; got ${jsonencode({ for key, source in var.event_sources : key => source.stream.starting_position if source.stream != null })}."
  }
  validation {
    condition     = alltrue([for source in var.event_sources : source.stream == null || try(source.stream.maximum_retry_attempts >= -1 && source.stream.maximum_retry_attempts <= 10000 && source.stream.parallelization_factor >= 1 && source.stream.parallelization_factor <= 10, false)])
    error_message = "event_sources: stream.maximum_retry_attempts must be -1 (until the record expires) to 10000 and stream.parallelization_factor 1 to 10; got ${jsonencode({ for key, source in var.event_sources : key => [source.stream.maximum_retry_attempts, source.stream.parallelization_factor] if source.stream != null })}."
  }
  validation {
    condition     = alltrue([for source in var.event_sources : source.stream == null || try(source.stream.maximum_record_age_seconds == -1 || (source.stream.maximum_record_age_seconds >= 60 && source.stream.maximum_record_age_seconds <= 604800), false)])
    error_message = "event_sources: stream.maximum_record_age_seconds must be -1 (never too old) or 60 to 604800; got ${jsonencode({ for key, source in var.event_sources : key => source.stream.maximum_record_age_seconds if source.stream != null })}."
  }
}

variable "function_url" {
  description = "An HTTPS address of its own, for callers that sign with IAM; null for none. There is no public form."
  type = object({
    invoke_mode = optional(string, "BUFFERED")
    cors = optional(object({
      allow_origins   = set(string)
      allow_methods   = optional(set(string), ["GET"])
      allow_headers   = optional(set(string), [])
      max_age_seconds = optional(number, 300)
    }))
  })
  default = null

  validation {
    condition     = var.function_url == null || try(contains(["BUFFERED", "RESPONSE_STREAM"], var.function_url.invoke_mode), false)
    error_message = "function_url.invoke_mode must be BUFFERED or RESPONSE_STREAM; got \"${try(var.function_url.invoke_mode, "null")}\"."
  }
  validation {
    condition     = try(!contains(var.function_url.cors.allow_origins, "*"), true)
    error_message = "function_url.cors.allow_origins must name its origins: a signed address open to every page invites misuse; got ${jsonencode(try(var.function_url.cors.allow_origins, []))}."
  }
}

variable "permissions" {
  description = "Who may invoke the alias, one entry per trigger, keyed by its statement id."
  type = map(object({
    principal        = string
    action           = optional(string, "lambda:InvokeFunction")
    source_arn       = optional(string)
    source_account   = optional(string)
    principal_org_id = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for permission in var.permissions : contains(["lambda:InvokeFunction", "lambda:InvokeFunctionUrl"], permission.action)])
    error_message = "permissions: action must be lambda:InvokeFunction or lambda:InvokeFunctionUrl; got ${jsonencode({ for key, permission in var.permissions : key => permission.action })}."
  }
  validation {
    condition     = alltrue([for permission in var.permissions : !endswith(permission.principal, ".amazonaws.com") || permission.source_arn != null])
    error_message = "permissions: a service needs source_arn, or any other account's use of that service could call the function; got ${jsonencode([for key, permission in var.permissions : key if endswith(permission.principal, ".amazonaws.com") && permission.source_arn == null])}."
  }
  validation {
    condition     = alltrue([for permission in var.permissions : permission.principal != "s3.amazonaws.com" || permission.source_account != null])
    error_message = "permissions: s3.amazonaws.com needs source_account too, because a bucket's ARN names no account; got ${jsonencode([for key, permission in var.permissions : key if permission.principal == "s3.amazonaws.com" && permission.source_account == null])}."
  }
  validation {
    condition     = alltrue([for permission in var.permissions : permission.principal != "*" || permission.principal_org_id != null])
    error_message = "permissions: principal \"*\" needs principal_org_id, or anybody could call the function; got ${jsonencode([for key, permission in var.permissions : key if permission.principal == "*" && permission.principal_org_id == null])}."
  }
}
