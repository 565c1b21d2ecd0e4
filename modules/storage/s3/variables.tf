variable "access_log" {
  description = "Where S3 records every request to the bucket; the prefix is s3/<bucket>/ unless given. null means that requests are not recorded, which only a log bucket itself should choose."
  type = object({
    bucket_name = string
    prefix      = optional(string)
  })

  validation {
    condition     = var.access_log == null ? true : var.access_log.bucket_name != var.name
    error_message = "A bucket must not record its requests in itself, or each record makes another; got ${jsonencode(try(var.access_log.bucket_name, null))}."
  }
}

variable "name" {
  description = "Full name of the bucket, unique in all of AWS."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; a dot would break TLS for the host name.
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name)) && !can(regex("^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$", var.name))
    error_message = "A bucket name has 3 to 63 small letters, digits and hyphens, begins and ends with a letter or digit, and avoids the affixes that S3 keeps for itself; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "abort_incomplete_upload_days" {
  description = "Days after which the parts of an upload that never ended are removed."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.abort_incomplete_upload_days >= 1 && floor(var.abort_incomplete_upload_days) == var.abort_incomplete_upload_days
    error_message = "abort_incomplete_upload_days is a whole number of at least 1; got ${var.abort_incomplete_upload_days}."
  }
}

variable "account_id" {
  description = "Account on whose behalf AWS services may write logs; needed with log_writers, null otherwise."
  type        = string
  default     = null

  validation {
    condition     = var.account_id == null || can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "allow_destroy_with_objects" {
  description = "Whether destroying the bucket also destroys what lies in it."
  type        = bool
  default     = false
  nullable    = false
}

variable "cors_rules" {
  description = "What pages of other origins may do with the bucket, keyed by rule id."
  type = map(object({
    allowed_origins  = set(string)
    allowed_methods  = set(string)
    allowed_headers  = optional(set(string), [])
    expose_headers   = optional(set(string), [])
    max_age_seconds  = optional(number, 3600)
    allow_any_origin = optional(bool, false)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for rule in var.cors_rules : length(setsubtract(rule.allowed_methods, ["GET", "HEAD", "PUT", "POST", "DELETE"])) == 0])
    error_message = "allowed_methods are GET, HEAD, PUT, POST or DELETE; got ${jsonencode({ for id, rule in var.cors_rules : id => rule.allowed_methods })}."
  }

  validation {
    condition     = alltrue([for rule in var.cors_rules : rule.allow_any_origin || !contains(rule.allowed_origins, "*")])
    error_message = "The origin * opens the bucket to every page; name the origins or set allow_any_origin; got * in ${jsonencode([for id, rule in var.cors_rules : id if contains(rule.allowed_origins, "*")])}."
  }
}

variable "kms_key_arn" {
  description = "KMS key for the objects; null means S3's own key (SSE-S3), which log buckets need."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key, not of an alias: the bucket policy compares it; got ${jsonencode(var.kms_key_arn)}."
  }
}

variable "lifecycle_rules" {
  description = "What happens to objects as they age, keyed by rule id. `transition_days` maps a storage class to the age at which objects move there."
  type = map(object({
    prefix                     = optional(string, "")
    expiration_days            = optional(number)
    noncurrent_expiration_days = optional(number)
    transition_days            = optional(map(number), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition     = !contains(keys(var.lifecycle_rules), "leftovers")
    error_message = "The rule id \"leftovers\" is the module's own; got ${jsonencode(keys(var.lifecycle_rules))}."
  }

  validation {
    condition     = alltrue([for rule in var.lifecycle_rules : rule.expiration_days != null || rule.noncurrent_expiration_days != null || length(rule.transition_days) > 0])
    error_message = "A lifecycle rule expires or moves something; got neither in ${jsonencode([for id, rule in var.lifecycle_rules : id if rule.expiration_days == null && rule.noncurrent_expiration_days == null && length(rule.transition_days) == 0])}."
  }

  validation {
    condition     = alltrue([for rule in var.lifecycle_rules : length(setsubtract(keys(rule.transition_days), ["STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"])) == 0])
    error_message = "Objects move to STANDARD_IA, ONEZONE_IA, INTELLIGENT_TIERING, GLACIER_IR, GLACIER or DEEP_ARCHIVE; got ${jsonencode({ for id, rule in var.lifecycle_rules : id => keys(rule.transition_days) if length(rule.transition_days) > 0 })}."
  }

  validation {
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
    condition     = alltrue(flatten([for rule in var.lifecycle_rules : [for class, days in rule.transition_days : days >= 30 if contains(["STANDARD_IA", "ONEZONE_IA"], class)]]))
    error_message = "Objects stay 30 days before they move to STANDARD_IA or ONEZONE_IA; got ${jsonencode({ for id, rule in var.lifecycle_rules : id => rule.transition_days if length(rule.transition_days) > 0 })}."
  }

  validation {
    condition     = alltrue(flatten([for rule in var.lifecycle_rules : [for days in values(rule.transition_days) : rule.expiration_days == null ? true : days < rule.expiration_days]]))
    error_message = "Objects must move before they expire; got ${jsonencode({ for id, rule in var.lifecycle_rules : id => rule if rule.expiration_days != null })}."
  }
}

variable "log_writers" {
  description = "AWS services that may write their logs into the bucket: s3-access-logs, load-balancers, log-delivery (network load balancers, flow logs, CloudFront), cloudtrail, config."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(setsubtract(var.log_writers, ["s3-access-logs", "load-balancers", "log-delivery", "cloudtrail", "config"])) == 0
    error_message = "log_writers are s3-access-logs, load-balancers, log-delivery, cloudtrail or config; got ${jsonencode(var.log_writers)}."
  }

  validation {
    condition     = length(var.log_writers) == 0 || var.account_id != null
    error_message = "log_writers need account_id, or a service could write for anybody's account; got ${jsonencode(var.log_writers)} and no account_id."
  }

  validation {
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html and ELB's enable-access-logging.html
    condition     = var.kms_key_arn == null || length(setintersection(var.log_writers, ["s3-access-logs", "load-balancers"])) == 0
    error_message = "S3 access logs and load balancer logs cannot be written to a bucket encrypted with a KMS key; leave kms_key_arn out; got ${jsonencode(var.log_writers)} with ${jsonencode(var.kms_key_arn)}."
  }

  validation {
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
    condition     = var.object_lock == null || !contains(var.log_writers, "s3-access-logs")
    error_message = "S3 does not write access logs into a bucket with default retention; leave object_lock out; got ${jsonencode(var.log_writers)} with ${jsonencode(var.object_lock)}."
  }
}

variable "noncurrent_expiration_days" {
  description = "Days for which a replaced or deleted version can be brought back."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.noncurrent_expiration_days >= 1 && floor(var.noncurrent_expiration_days) == var.noncurrent_expiration_days
    error_message = "noncurrent_expiration_days is a whole number of at least 1; got ${var.noncurrent_expiration_days}."
  }
}

variable "notifications" {
  description = "Who hears of new and removed objects: EventBridge, and functions, queues and topics keyed by id. Their own policies must let S3 in first. null means nobody."
  type = object({
    eventbridge = optional(bool, false)
    functions   = optional(map(object({ arn = string, events = set(string), prefix = optional(string), suffix = optional(string) })), {})
    queues      = optional(map(object({ arn = string, events = set(string), prefix = optional(string), suffix = optional(string) })), {})
    topics      = optional(map(object({ arn = string, events = set(string), prefix = optional(string), suffix = optional(string) })), {})
  })
  default = null

  validation {
    condition = var.notifications == null ? true : alltrue(flatten([
      for targets in [var.notifications.functions, var.notifications.queues, var.notifications.topics] : [
        for target in targets : length(target.events) > 0 && alltrue([for event in target.events : startswith(event, "s3:")])
      ]
    ]))
    error_message = "A notification names its events, such as s3:ObjectCreated:*; got ${jsonencode(try(merge(var.notifications.functions, var.notifications.queues, var.notifications.topics), null))}."
  }
}

variable "object_lock" {
  description = "Keeps every version from being deleted for so many days; can only be chosen when the bucket is made. Governance mode lets the privileged undo it. null means no lock."
  type = object({
    retention_days                       = number
    compliance_mode_that_nobody_can_undo = optional(bool, false)
  })
  default = null

  validation {
    condition     = var.object_lock == null ? true : var.object_lock.retention_days >= 1 && var.object_lock.retention_days <= 36500
    error_message = "object_lock.retention_days is 1 to 36500; got ${jsonencode(try(var.object_lock.retention_days, null))}."
  }
}

variable "policy_statements" {
  description = "Further statements of the bucket policy, keyed by Sid. A path is a pattern of object keys; the empty path is the bucket itself. Conditions are written as in IAM: operator -> condition key -> values."
  type = map(object({
    effect         = optional(string, "Allow")
    actions        = set(string)
    paths          = optional(set(string), ["*"])
    services       = optional(set(string), [])
    principal_arns = optional(set(string), [])
    conditions     = optional(map(map(list(string))), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for sid in keys(var.policy_statements) : can(regex("^[A-Za-z0-9]+$", sid))])
    error_message = "A statement's key becomes its Sid, which has letters and digits only; got ${jsonencode(keys(var.policy_statements))}."
  }

  validation {
    condition     = alltrue([for statement in var.policy_statements : contains(["Allow", "Deny"], statement.effect)])
    error_message = "effect is Allow or Deny; got ${jsonencode({ for sid, statement in var.policy_statements : sid => statement.effect })}."
  }

  validation {
    condition     = alltrue([for statement in var.policy_statements : length(statement.services) + length(statement.principal_arns) > 0])
    error_message = "A statement names a service or a principal; got nobody in ${jsonencode([for sid, statement in var.policy_statements : sid if length(statement.services) + length(statement.principal_arns) == 0])}."
  }

  validation {
    condition     = alltrue([for statement in var.policy_statements : statement.effect == "Deny" || !contains(statement.principal_arns, "*")])
    error_message = "Nothing is allowed to everybody; name the principals; got * in ${jsonencode([for sid, statement in var.policy_statements : sid if contains(statement.principal_arns, "*")])}."
  }

  validation {
    condition     = alltrue([for statement in var.policy_statements : statement.effect == "Deny" || !contains(statement.actions, "s3:*")])
    error_message = "s3:* allows the policy itself to be changed; name the actions; got it in ${jsonencode([for sid, statement in var.policy_statements : sid if contains(statement.actions, "s3:*")])}."
  }
}

variable "replication_rules" {
  description = "Copies to other buckets, keyed by rule id; the higher priority wins where rules overlap. `destination_account_id` is set for another account, which then owns the copies. `destination_kms_key_arn` is needed if objects are encrypted with KMS."
  type = map(object({
    destination_bucket_arn   = string
    destination_account_id   = optional(string)
    destination_kms_key_arn  = optional(string)
    prefix                   = optional(string, "")
    priority                 = optional(number, 0)
    replicate_delete_markers = optional(bool, false)
    storage_class            = optional(string, "STANDARD_IA")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(var.replication_rules) == 0 || !var.suspend_versioning
    error_message = "S3 replicates versions, so suspend_versioning must stay false; got it true with ${jsonencode(keys(var.replication_rules))}."
  }

  validation {
    condition     = length(distinct([for rule in var.replication_rules : rule.priority])) == length(var.replication_rules)
    error_message = "Each replication rule has its own priority; got ${jsonencode({ for id, rule in var.replication_rules : id => rule.priority })}."
  }

  validation {
    condition     = var.kms_key_arn == null || alltrue([for rule in var.replication_rules : rule.destination_kms_key_arn != null])
    error_message = "Objects encrypted with a KMS key are copied only if destination_kms_key_arn names a key of the other region; got none for ${jsonencode([for id, rule in var.replication_rules : id if rule.destination_kms_key_arn == null])}."
  }
}

variable "suspend_versioning" {
  description = "Whether a replaced or deleted object is gone at once."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.suspend_versioning || var.object_lock == null
    error_message = "A locked bucket keeps versions, so suspend_versioning must stay false with object_lock; got ${var.suspend_versioning}."
  }
}

variable "tags" {
  description = "Tags for the bucket and the replication role."
  type        = map(string)
  default     = {}
  nullable    = false
}
