variable "account_id" {
  description = "Account that owns the VPC; only its flow logs may use the delivery role."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be 12 digits; got \"${var.account_id}\"."
  }
}

variable "cidr_block" {
  description = "IPv4 range of the VPC. AWS cannot change it later: another value replaces the VPC."
  type        = string
  nullable    = false

  validation {
    # can() alone lets 10.0.0.1/16 through, which AWS would store as 10.0.0.0/16 and show as a change for ever.
    condition     = try(cidrsubnet(var.cidr_block, 0, 0) == var.cidr_block, false)
    error_message = "cidr_block must be an IPv4 network address such as 10.0.0.0/16; got \"${var.cidr_block}\"."
  }

  validation {
    condition     = try(tonumber(split("/", var.cidr_block)[1]) >= 16 && tonumber(split("/", var.cidr_block)[1]) <= 28, false)
    error_message = "cidr_block must be from /16 to /28, the sizes that AWS accepts; got \"${var.cidr_block}\"."
  }
}

variable "name" {
  description = "Name of the VPC and prefix of its flow log's role and log group."
  type        = string
  nullable    = false

  validation {
    # The role is named <name>-vpc-flow-logs, and IAM allows 64 characters.
    condition     = length(var.name) >= 1 && length(var.name) <= 50
    error_message = "name must have 1 to 50 characters, so that the flow log role's name fits IAM's 64; got \"${var.name}\" (${length(var.name)})."
  }
}

variable "assign_ipv6_cidr_block" {
  description = "Whether Amazon assigns the VPC a /56 IPv6 range as well."
  type        = bool
  default     = false
  nullable    = false
}

variable "block_public_access_exclusion" {
  description = "What this VPC may do while the account blocks public access: \"allow-bidirectional\" or \"allow-egress\"; null makes no exception."
  type        = string
  default     = null

  validation {
    condition     = var.block_public_access_exclusion == null || contains(["allow-bidirectional", "allow-egress"], coalesce(var.block_public_access_exclusion, "-"))
    error_message = "block_public_access_exclusion must be \"allow-bidirectional\", \"allow-egress\" or null; got \"${coalesce(var.block_public_access_exclusion, "null")}\"."
  }
}

variable "flow_logs" {
  description = "What the flow log records; with s3 it goes to that bucket (the ARN may end in /prefix), else to CloudWatch Logs. null switches flow logs off."
  type = object({
    aggregation_seconds = optional(number, 600)
    s3                  = optional(object({ bucket_arn = string }))
    traffic_type        = optional(string, "ALL")
  })
  default = {}

  validation {
    condition     = var.flow_logs == null || contains([60, 600], try(var.flow_logs.aggregation_seconds, 600))
    error_message = "flow_logs.aggregation_seconds must be 60 or 600; got ${try(var.flow_logs.aggregation_seconds, "null")}."
  }

  validation {
    condition     = var.flow_logs == null || contains(["ACCEPT", "ALL", "REJECT"], try(var.flow_logs.traffic_type, "ALL"))
    error_message = "flow_logs.traffic_type must be ACCEPT, ALL or REJECT; got \"${try(var.flow_logs.traffic_type, "null")}\"."
  }

  validation {
    condition     = try(var.flow_logs.s3, null) == null || can(regex("^arn:aws[a-z-]*:s3:::[^/]+", try(var.flow_logs.s3.bucket_arn, "")))
    error_message = "flow_logs.s3.bucket_arn must be the ARN of an S3 bucket; got \"${try(var.flow_logs.s3.bucket_arn, "null")}\"."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the flow log's log group; null leaves CloudWatch's own encryption."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key (CloudWatch Logs takes no id or alias); got \"${coalesce(var.kms_key_arn, "null")}\"."
  }
}

variable "log_retention_days" {
  description = "Days that flow logs stay in CloudWatch Logs."
  type        = number
  default     = 365
  nullable    = false

  validation {
    condition = contains(
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
      var.log_retention_days
    )
    error_message = "log_retention_days must be a value that CloudWatch Logs offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653); got ${var.log_retention_days}."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the flow log's role; null sets none."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
