variable "access_log" {
  description = "Bucket in which S3 records every request to these buckets; null means that requests are not recorded."
  type        = object({ bucket_name = string })
}

variable "account_id" {
  description = "Account that owns the buckets; ends their names, which all of AWS shares."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "name" {
  description = "Start of every table's and bucket's name; the key follows."
  type        = string
  nullable    = false
}

variable "bucket_writer_role_arns" {
  description = "Roles that alone may write a bucket's objects, keyed by bucket; a bucket that is not named takes objects from whom IAM allows."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.bucket_writer_role_arns), keys(var.buckets))) == 0
    error_message = "bucket_writer_role_arns are keyed as the buckets are (${join(", ", keys(var.buckets))}); got ${jsonencode(keys(var.bucket_writer_role_arns))}."
  }
}

variable "buckets" {
  description = "Buckets, keyed by short name; the settings are those of storage/s3."
  type = map(object({
    allow_destroy_with_objects = optional(bool, false)
    noncurrent_expiration_days = optional(number, 90)
    notify_eventbridge         = optional(bool, false)
    cors_rules = optional(map(object({
      allowed_origins  = set(string)
      allowed_methods  = set(string)
      allowed_headers  = optional(set(string), [])
      expose_headers   = optional(set(string), [])
      max_age_seconds  = optional(number, 3600)
      allow_any_origin = optional(bool, false)
    })), {})
    lifecycle_rules = optional(map(object({
      prefix                     = optional(string, "")
      expiration_days            = optional(number)
      noncurrent_expiration_days = optional(number)
      transition_days            = optional(map(number), {})
    })), {})
    object_lock = optional(object({
      retention_days                       = number
      compliance_mode_that_nobody_can_undo = optional(bool, false)
    }))
    replication_rules = optional(map(object({
      destination_bucket_arn   = string
      destination_account_id   = optional(string)
      destination_kms_key_arn  = optional(string)
      prefix                   = optional(string, "")
      priority                 = optional(number, 0)
      replicate_delete_markers = optional(bool, false)
      storage_class            = optional(string, "STANDARD_IA")
    })), {})
  }))
  default  = {}
  nullable = false
}

variable "kms_key_arn" {
  description = "KMS key for every table and bucket; null means AWS's own keys."
  type        = string
  default     = null
}

variable "replica_kms_key_arns" {
  description = "Key of each further region for the replicas there that name none, keyed by region; a table under a key of one's own wants one for each replica too."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for region, arn in var.replica_kms_key_arns : can(regex("^arn:[a-z-]+:kms:${region}:", arn))])
    error_message = "replica_kms_key_arns are ARNs of keys of the region that they are keyed by; got ${jsonencode(var.replica_kms_key_arns)}."
  }
}

variable "tables" {
  description = "Tables, keyed by short name; the settings are those of database/dynamodb."
  type = map(object({
    hash_key                       = object({ name = string, type = string })
    range_key                      = optional(object({ name = string, type = string }))
    stream_view_type               = optional(string)
    ttl_attribute                  = optional(string)
    recovery_period_days           = optional(number, 35)
    disable_point_in_time_recovery = optional(bool, false)
    deletion_protection            = optional(bool, true)
    global_indexes = optional(map(object({
      hash_key            = object({ name = string, type = string })
      range_key           = optional(object({ name = string, type = string }))
      projection          = optional(string, "ALL")
      included_attributes = optional(set(string), [])
      provisioned         = optional(object({ read = number, write = number }))
    })), {})
    local_indexes = optional(map(object({
      range_key           = object({ name = string, type = string })
      projection          = optional(string, "ALL")
      included_attributes = optional(set(string), [])
    })), {})
    on_demand_maximum = optional(object({ read = number, write = number }))
    provisioned = optional(object({
      read  = object({ minimum = number, maximum = number, target_percent = optional(number, 70) })
      write = object({ minimum = number, maximum = number, target_percent = optional(number, 70) })
    }))
    replicas = optional(map(object({ kms_key_arn = optional(string) })), {})
  }))
  default  = {}
  nullable = false
}

variable "tags" {
  description = "Tags for every table and bucket."
  type        = map(string)
  default     = {}
  nullable    = false
}
