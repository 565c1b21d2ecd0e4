variable "account_id" {
  description = "Account that owns the domains."
  type        = string
  nullable    = false
}

variable "domains" {
  description = "OpenSearch domains, keyed by short name: an empty map makes none. nodes, dedicated_masters and zone_count are those of database/opensearch."
  type = map(object({
    nodes             = object({ type = string, count = number })
    dedicated_masters = optional(object({ type = string, count = optional(number) }))
    engine_version    = optional(string)
    storage_gb        = optional(number)
    zone_count        = optional(number, 1)
  }))
  nullable = false

  validation {
    condition     = alltrue([for domain in var.domains : domain.zone_count <= length(var.subnet_ids)])
    error_message = "zone_count is at most the number of subnets (${length(var.subnet_ids)}); got ${jsonencode({ for key, domain in var.domains : key => domain.zone_count })}."
  }
}

variable "kms_key_arn" {
  description = "KMS key for indices and snapshots. Another key replaces a domain."
  type        = string
  nullable    = false
}

variable "master_role_arn" {
  description = "IAM role that is every domain's master user and maps other roles to what they may do."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Start of every domain's name; the key follows. A domain's name has 28 characters at most."
  type        = string
  nullable    = false
}

variable "security_group_ids" {
  description = "Security groups of the domains."
  type        = set(string)
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets of the database tier, one a zone; a domain takes the first zone_count of them."
  type        = list(string)
  nullable    = false
}

variable "alarm_topic_arns" {
  description = "Topics that hear when an alarm begins and ends."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "client_role_arns" {
  description = "Further IAM roles that reach the domains; what they may do inside, the master role says."
  type        = set(string)
  default     = []
  nullable    = false
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
}

variable "tags" {
  description = "Tags for the domains, their logs and their alarms."
  type        = map(string)
  default     = {}
  nullable    = false
}
