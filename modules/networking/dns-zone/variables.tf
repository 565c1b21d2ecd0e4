variable "domain_name" {
  description = "Domain that the zone answers for."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z][a-z0-9-]*[a-z0-9]$", var.domain_name)) && length(var.domain_name) <= 253
    error_message = "domain_name must be a domain in lower case without a final dot, such as shop.example.com; got \"${var.domain_name}\"."
  }
}

variable "name" {
  description = "What the zone belongs to; stands in its comment and names its signing key."
  type        = string
  nullable    = false

  validation {
    # A key-signing key's name has 3 to 128 characters.
    condition     = length(var.name) >= 3 && length(var.name) <= 128
    error_message = "name must have 3 to 128 characters, as a key-signing key's name; got \"${var.name}\" (${length(var.name)})."
  }
}

variable "alarm_topic_arns" {
  description = "Topics in us-east-1 that hear when Route 53 can no longer sign the zone, and when it can again."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "destroy_records_too" {
  description = "Whether destroying the zone deletes records that Terraform did not make."
  type        = bool
  default     = false
  nullable    = false
}

variable "dnssec" {
  description = "Asymmetric KMS key (ECC_NIST_P256, in us-east-1, usable by Route 53) that signs the zone's answers; null leaves them unsigned. Signed answers count once the parent has ds_record."
  type        = object({ key_arn = string })
  default     = null

  validation {
    condition     = var.dnssec == null ? true : can(regex("^arn:aws[a-z-]*:kms:us-east-1:", var.dnssec.key_arn))
    error_message = "dnssec.key_arn must be a KMS key's ARN in us-east-1, where Route 53 signs; got ${jsonencode(var.dnssec)}."
  }

  validation {
    condition     = var.dnssec == null || length(var.private_to_vpc_ids) == 0
    error_message = "dnssec is for public zones, because Route 53 does not sign private ones; got ${jsonencode(var.dnssec)} with VPCs ${jsonencode(keys(var.private_to_vpc_ids))}."
  }
}

variable "parent" {
  description = "Zone of the parent domain, in which the name servers are entered; null leaves that to its owner."
  type        = object({ zone_id = string })
  default     = null

  validation {
    condition     = var.parent == null || length(var.private_to_vpc_ids) == 0
    error_message = "parent is for public zones, because nobody asks a private one's name servers; got ${jsonencode(var.parent)} with VPCs ${jsonencode(keys(var.private_to_vpc_ids))}."
  }
}

variable "private_to_vpc_ids" {
  description = "VPCs that alone see the zone, keyed by the caller; empty makes the zone public."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "query_log" {
  description = "Log group in us-east-1 that receives the queries of a public zone, with a resource policy that lets Route 53 write; null logs none."
  type        = object({ log_group_arn = string })
  default     = null

  validation {
    condition     = var.query_log == null ? true : can(regex("^arn:aws[a-z-]*:logs:us-east-1:", var.query_log.log_group_arn))
    error_message = "query_log.log_group_arn must be a log group's ARN in us-east-1, where Route 53 writes; got ${jsonencode(var.query_log)}."
  }

  validation {
    condition     = var.query_log == null || length(var.private_to_vpc_ids) == 0
    error_message = "query_log is for public zones; got ${jsonencode(var.query_log)} with VPCs ${jsonencode(keys(var.private_to_vpc_ids))}."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
