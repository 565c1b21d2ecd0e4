variable "name" {
  description = "What the zone and the certificate belong to; prefix of the certificate's alarm."
  type        = string
  nullable    = false
}

variable "alarm_days_before_expiry" {
  description = "Days before expiry at which an alarm is raised, ACM having tried to renew since day 60; null makes none."
  type        = number
  default     = 30
}

variable "alarm_topic_arns" {
  description = "Topics that hear when the certificate was not renewed or the zone can no longer be signed."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "allow_plain_http" {
  description = "Whether the system may be reached by plain HTTP as long as it has no domain; what a domain brings is always HTTPS."
  type        = bool
  default     = false
  nullable    = false
}

variable "destroy_records_too" {
  description = "Whether destroying the zone deletes records that Terraform did not make."
  type        = bool
  default     = false
  nullable    = false
}

variable "dnssec" {
  description = "KMS key with which Route 53 signs the system's own zone, as networking/dns-zone takes it; null leaves the zone unsigned."
  type        = object({ key_arn = string })
  default     = null

  validation {
    condition     = var.dnssec == null || try(var.domain.existing_zone, null) == null
    error_message = "dnssec is for a zone of the system's own; one that exists is signed where it is made; got ${jsonencode(var.dnssec)} with ${jsonencode(var.domain)}."
  }
}

variable "domain" {
  description = <<-EOT
    The system's domain. It gets a zone of its own, delegated from parent_zone if that is ours, or lies in
    existing_zone. hosts are names before the domain that the certificate covers too. null is no domain yet.
  EOT
  type = object({
    name          = string
    existing_zone = optional(object({ zone_id = string }))
    hosts         = optional(set(string), ["www"])
    parent_zone   = optional(object({ zone_id = string }))
  })
  default = null

  validation {
    condition     = var.domain == null ? true : var.domain.existing_zone == null || var.domain.parent_zone == null
    error_message = "domain has a zone of its own below parent_zone, or lies in existing_zone; got both: ${jsonencode(var.domain)}."
  }

  validation {
    condition     = var.domain == null ? true : alltrue([for host in var.domain.hosts : can(regex("^([*]|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)$", host))])
    error_message = "domain.hosts are single labels such as www, or a star; got ${jsonencode(try(var.domain.hosts, []))}."
  }
}

variable "tags" {
  description = "Tags of everything in this pattern that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
