variable "account_id" {
  description = "Account whose resources are recorded."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "bucket_name" {
  description = "Bucket that takes histories and snapshots: storage/s3 with log_writers = [\"config\"]."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the recorder and its channel, and start of the name of rules and role."
  type        = string
  nullable    = false

  validation {
    # A role's name has 64 characters; a rule's 128.
    condition     = can(regex("^[A-Za-z0-9_-]{1,57}$", var.name)) && alltrue([for key in keys(var.rules) : length("${var.name}-${key}") <= 128])
    error_message = "name has 1 to 57 letters, digits, hyphens and underscores, and 128 with a rule's key behind it; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "bucket_prefix" {
  description = "Folder of the bucket; null means AWSLogs/ at its root."
  type        = string
  default     = null

  validation {
    condition     = var.bucket_prefix == null ? true : length(var.bucket_prefix) > 0 && !startswith(var.bucket_prefix, "/") && !endswith(var.bucket_prefix, "/")
    error_message = "bucket_prefix has no slash at its ends; got ${jsonencode(var.bucket_prefix)}."
  }
}

variable "excluded_resource_types" {
  description = "Types that are not recorded, such as AWS::EC2::NetworkInterface: what changes all the time costs most."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for type in var.excluded_resource_types : can(regex("^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$", type))])
    error_message = "A resource type is written AWS::EC2::Instance; got ${jsonencode(var.excluded_resource_types)}."
  }
}

variable "kms_key_arn" {
  description = "KMS key for histories and snapshots; null means the bucket's own encryption."
  type        = string
  default     = null
}

variable "record_global_resources" {
  description = "Whether IAM is recorded here; one region of an account is enough. Not used with excluded_resource_types, which then leaves out what the caller names."
  type        = bool
  default     = true
  nullable    = false
}

variable "recording_frequency" {
  description = "CONTINUOUS, or DAILY, which costs less and misses what comes and goes within a day."
  type        = string
  default     = "CONTINUOUS"
  nullable    = false

  validation {
    condition     = contains(["CONTINUOUS", "DAILY"], var.recording_frequency)
    error_message = "recording_frequency is CONTINUOUS or DAILY; got ${jsonencode(var.recording_frequency)}."
  }
}

variable "rules" {
  description = "AWS's managed rules, keyed by short name; `frequency` is for rules that run by the clock, and null for those that follow changes."
  type = map(object({
    identifier  = string
    description = optional(string, "Managed by Terraform")
    parameters  = optional(map(string), {})
    frequency   = optional(string)
  }))
  default = {
    encrypted-volumes   = { identifier = "ENCRYPTED_VOLUMES", description = "Volumes in use are encrypted" }
    no-public-buckets   = { identifier = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", description = "No bucket can be public" }
    no-public-databases = { identifier = "RDS_INSTANCE_PUBLIC_ACCESS_CHECK", description = "No database has a public address" }
    no-open-ssh         = { identifier = "INCOMING_SSH_DISABLED", description = "Port 22 is not open to the world" }
    root-has-mfa        = { identifier = "ROOT_ACCOUNT_MFA_ENABLED", description = "The root user signs in with a second factor", frequency = "TwentyFour_Hours" }
    no-root-access-key  = { identifier = "IAM_ROOT_ACCESS_KEY_CHECK", description = "The root user has no access key", frequency = "TwentyFour_Hours" }
    trail-is-on         = { identifier = "CLOUD_TRAIL_ENABLED", description = "CloudTrail records", frequency = "TwentyFour_Hours" }
    encrypted-databases = { identifier = "RDS_STORAGE_ENCRYPTED", description = "Databases are encrypted" }
  }
  nullable = false

  validation {
    condition     = alltrue([for rule in var.rules : can(regex("^[A-Z0-9_]+$", rule.identifier))])
    error_message = "A rule's identifier is AWS's, in capitals, such as ENCRYPTED_VOLUMES; got ${jsonencode({ for key, rule in var.rules : key => rule.identifier })}."
  }

  validation {
    condition     = alltrue([for rule in var.rules : rule.frequency == null ? true : contains(["One_Hour", "Three_Hours", "Six_Hours", "Twelve_Hours", "TwentyFour_Hours"], rule.frequency)])
    error_message = "frequency is One_Hour, Three_Hours, Six_Hours, Twelve_Hours or TwentyFour_Hours; got ${jsonencode({ for key, rule in var.rules : key => rule.frequency if rule.frequency != null })}."
  }
}

variable "tags" {
  description = "Tags for the role and the rules; recorder and channel take none."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "topic_arn" {
  description = "Topic that hears of every change; null means none."
  type        = string
  default     = null
}
