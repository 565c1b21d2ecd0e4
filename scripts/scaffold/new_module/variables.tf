variable "name" {
  description = "Name of the log group, after a slash."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
    condition     = can(regex("^[A-Za-z0-9_/.#-]{1,511}$", var.name))
    error_message = "name has 1 to 511 letters, digits or any of _/.#-; got ${jsonencode(var.name)}."
  }
}

variable "retention_days" {
  description = "Days for which log lines are kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.retention_days)
    error_message = "retention_days must be a number of days that CloudWatch offers, such as 30 or 365; got ${var.retention_days}."
  }
}

variable "tags" {
  description = "Tags of the log group."
  type        = map(string)
  default     = {}
  nullable    = false
}
