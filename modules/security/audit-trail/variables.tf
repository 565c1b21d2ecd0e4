variable "account_id" {
  description = "Account that owns the trail."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "bucket_name" {
  description = "Bucket that takes the log files: storage/s3 with object_lock, log_writers = [\"cloudtrail\"] and the same KMS key."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "KMS key for the log files; its policy must let cloudtrail.amazonaws.com in."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key; got ${jsonencode(var.kms_key_arn)}."
  }
}

variable "name" {
  description = "Name of the trail."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html, and a role's 64.
    condition     = can(regex("^[A-Za-z0-9]([._-]?[A-Za-z0-9])+$", var.name)) && length(var.name) >= 3 && length(var.name) <= 59
    error_message = "name has 3 to 59 letters, digits and single ._- between them; got ${jsonencode(var.name)} (${length(var.name)} characters)."
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

variable "data_events" {
  description = "Reads and writes of data to record beside management events, keyed by name; each event is paid. `resource_type` is CloudTrail's, such as AWS::S3::Object; without `arn_prefixes` it means all of the account."
  type = map(object({
    resource_type = string
    arn_prefixes  = optional(list(string), [])
    writes_only   = optional(bool, true)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for event in var.data_events : can(regex("^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$", event.resource_type))])
    error_message = "resource_type is written AWS::S3::Object; got ${jsonencode({ for key, event in var.data_events : key => event.resource_type })}."
  }
}

variable "delivery_topic" {
  description = "SNS topic that hears of every log file as it lies in the bucket; its policy and its key's let cloudtrail.amazonaws.com publish, or AWS refuses the trail. null means that nobody hears."
  type        = object({ arn = string })
  default     = null

  validation {
    # https://docs.aws.amazon.com/awscloudtrail/latest/userguide/configure-sns-notifications-for-cloudtrail.html
    condition     = var.delivery_topic == null ? true : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$", var.delivery_topic.arn))
    error_message = "delivery_topic.arn is the ARN of a standard topic; got ${jsonencode(var.delivery_topic)}."
  }
}

variable "insights" {
  description = "What CloudTrail calls unusual: ApiCallRateInsight, ApiErrorRateInsight."
  type        = set(string)
  default     = ["ApiCallRateInsight", "ApiErrorRateInsight"]
  nullable    = false

  validation {
    condition     = length(setsubtract(var.insights, ["ApiCallRateInsight", "ApiErrorRateInsight"])) == 0
    error_message = "insights are ApiCallRateInsight and ApiErrorRateInsight; got ${jsonencode(var.insights)}."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key for the log group; null means CloudWatch's own."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days for which a copy is kept in CloudWatch; null means no copy."
  type        = number
  default     = 90

  validation {
    # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    condition     = var.log_retention_days == null ? true : contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is one of CloudWatch's own values (7, 14, 30, 90, 365 ...); got ${jsonencode(var.log_retention_days)}."
  }
}

variable "organization_trail" {
  description = "Whether the trail records every account of the organization; only its management account can say so."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags for the trail, its log group and its role."
  type        = map(string)
  default     = {}
  nullable    = false
}
