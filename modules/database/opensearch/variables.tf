variable "account_id" {
  description = "Account that owns the domain."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "kms_key_arn" {
  description = "KMS key for indices, logs of the engine and automated snapshots. Another key replaces the domain."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key; got ${jsonencode(var.kms_key_arn)}."
  }
}

variable "master_role_arn" {
  description = "IAM role that is the domain's master user and maps every other role to what it may do."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*?]+$", var.master_role_arn))
    error_message = "master_role_arn is the ARN of one role; got ${jsonencode(var.master_role_arn)}."
  }
}

variable "name" {
  description = "Name of the domain."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html
    condition     = can(regex("^[a-z][a-z0-9-]{2,27}$", var.name))
    error_message = "A domain's name has 3 to 28 small letters, digits and hyphens and begins with a letter; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "nodes" {
  description = "Data nodes: their size, such as t3.small.search, and how many. Several zones want a multiple of their number."
  type = object({
    type  = string
    count = number
  })
  nullable = false

  validation {
    condition     = can(regex("^[a-z0-9]+\\.[a-z0-9]+\\.search$", var.nodes.type)) && var.nodes.count >= 1 && var.nodes.count <= 80
    error_message = "nodes are 1 to 80 of a size such as t3.small.search; got ${jsonencode(var.nodes)}."
  }

  validation {
    condition     = var.nodes.count % var.zone_count == 0
    error_message = "nodes.count is a multiple of zone_count, or one zone holds more than its share; got ${var.nodes.count} nodes in ${var.zone_count} zones."
  }
}

variable "security_group_ids" {
  description = "Security groups of the domain."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) > 0
    error_message = "A domain without security groups would get the VPC's default one; got ${jsonencode(var.security_group_ids)}."
  }
}

variable "subnet_ids" {
  description = "Subnets of the domain, one a zone."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) == var.zone_count
    error_message = "A domain has one subnet for each of its ${var.zone_count} zones; got ${jsonencode(var.subnet_ids)}."
  }
}

variable "alarm_topic_arns" {
  description = "Topics that hear when an alarm begins and ends."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "alarms" {
  description = "Limits beyond which an alarm begins after five minutes, beside those that need no limit (red status, blocked writes, failed snapshots); null means no alarms."
  type = object({
    cpu_percent     = optional(number, 80)
    memory_percent  = optional(number, 85)
    free_storage_gb = optional(number, 5)
  })
  default = {}
}

variable "client_role_arns" {
  description = "Further IAM roles that reach the domain; what they may do inside, the master role says."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.client_role_arns : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[^*?]+$", arn))])
    error_message = "client_role_arns are ARNs of single roles; got ${jsonencode(var.client_role_arns)}."
  }
}

variable "dedicated_masters" {
  description = "Nodes that only keep the cluster together: size and number (3 or 5). null means that data nodes do it, which is for trying things out."
  type = object({
    type  = string
    count = optional(number, 3)
  })
  default = null

  validation {
    # An even number cannot settle a tie: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html
    condition     = var.dedicated_masters == null ? true : contains([3, 5], var.dedicated_masters.count)
    error_message = "dedicated_masters are 3 or 5; got ${jsonencode(var.dedicated_masters)}."
  }
}

variable "engine_version" {
  description = "OpenSearch_2 with its minor version. A newer one upgrades in place, an older one is refused by AWS."
  type        = string
  default     = "OpenSearch_2.19"
  nullable    = false

  validation {
    condition     = can(regex("^OpenSearch_2\\.[0-9]+$", var.engine_version))
    error_message = "engine_version is written OpenSearch_2.19; got ${jsonencode(var.engine_version)}."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key for the log groups; null means CloudWatch's own."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days for which logs are kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is one of CloudWatch's own values (7, 14, 30, 90, 365 ...); got ${var.log_retention_days}."
  }
}

variable "off_peak_start_hour" {
  description = "Hour (UTC) at which the ten quiet hours begin in which AWS updates the domain."
  type        = number
  default     = 22
  nullable    = false

  validation {
    condition     = contains(range(24), var.off_peak_start_hour)
    error_message = "off_peak_start_hour is a whole hour from 0 to 23; got ${var.off_peak_start_hour}."
  }
}

variable "storage" {
  description = "gp3 storage of each data node; null means gp3's own iops and throughput."
  type = object({
    size_gb    = optional(number, 20)
    iops       = optional(number)
    throughput = optional(number)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.storage.size_gb >= 10 && var.storage.size_gb <= 24576
    error_message = "storage.size_gb is 10 to 24576; got ${jsonencode(var.storage)}."
  }

  validation {
    condition     = coalesce(var.storage.iops, 3000) >= 3000 && coalesce(var.storage.throughput, 125) >= 125
    error_message = "gp3 starts at 3000 iops and 125 MB/s; got ${jsonencode(var.storage)}."
  }
}

variable "tags" {
  description = "Tags for the domain, its logs and its alarms."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "ultra_warm" {
  description = "Nodes that keep older indices in S3, and whether still older ones may be detached from them (cold storage). Needs dedicated masters. null means none."
  type = object({
    type         = optional(string, "ultrawarm1.medium.search")
    count        = optional(number, 2)
    cold_storage = optional(bool, false)
  })
  default = null

  validation {
    # https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ultrawarm.html
    condition     = var.ultra_warm == null ? true : contains(["ultrawarm1.medium.search", "ultrawarm1.large.search"], var.ultra_warm.type) && var.ultra_warm.count >= 2 && var.ultra_warm.count <= 150
    error_message = "ultra_warm is 2 to 150 of ultrawarm1.medium.search or ultrawarm1.large.search; got ${jsonencode(var.ultra_warm)}."
  }

  validation {
    condition     = var.ultra_warm == null || (var.dedicated_masters != null && !startswith(var.nodes.type, "t"))
    error_message = "UltraWarm needs dedicated_masters and data nodes that are no t size; got ${jsonencode(var.dedicated_masters)} and ${jsonencode(var.nodes)}."
  }
}

variable "zone_count" {
  description = "Zones over which the data nodes are spread: 1, 2 or 3."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([1, 2, 3], var.zone_count)
    error_message = "zone_count is 1, 2 or 3; got ${var.zone_count}."
  }
}
