variable "domain_name" {
  description = "Domain of the zone; a record's name comes before it."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Prefix of each health check's name: <name>-<key>."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 128
    error_message = "name must have 1 to 128 characters, so that the Name tags fit AWS's 256; got ${length(var.name)} characters in \"${var.name}\"."
  }
}

variable "records" {
  description = <<-EOT
    Records keyed by purpose. name comes before the domain, "" is the apex. A record has an alias or values; weight or
    failover (PRIMARY, SECONDARY) make it one of several of the same name, each of which may name a health check.
  EOT
  type = map(object({
    name = string
    type = string
    alias = optional(object({
      dns_name               = string
      zone_id                = string
      evaluate_target_health = optional(bool, true)
    }))
    failover     = optional(string)
    health_check = optional(string)
    ttl_seconds  = optional(number, 300)
    values       = optional(list(string))
    weight       = optional(number)
  }))
  nullable = false

  validation {
    condition     = alltrue([for record in values(var.records) : (record.alias == null) != (record.values == null)])
    error_message = "Each record must have either alias or values; got ${jsonencode({ for key, record in var.records : key => { alias = record.alias != null, values = record.values } })}."
  }

  validation {
    condition     = alltrue([for record in values(var.records) : contains(["A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SRV", "TXT"], record.type)])
    error_message = "A record's type must be A, AAAA, CAA, CNAME, MX, NS, PTR, SRV or TXT; got ${jsonencode({ for key, record in var.records : key => record.type })}."
  }

  validation {
    condition     = alltrue([for record in values(var.records) : record.alias == null || contains(["A", "AAAA"], record.type)])
    error_message = "An alias must be of type A or AAAA, which works at the apex too; got ${jsonencode({ for key, record in var.records : key => record.type if record.alias != null })}."
  }

  validation {
    condition     = alltrue([for record in values(var.records) : !(record.name == "" && record.type == "CNAME")])
    error_message = "The apex cannot be a CNAME, because it has other records; use an alias. Got ${jsonencode([for key, record in var.records : key if record.name == "" && record.type == "CNAME"])}."
  }

  validation {
    condition     = alltrue([for record in values(var.records) : record.weight == null || record.failover == null])
    error_message = "A record may be weighted or failover, not both; got ${jsonencode([for key, record in var.records : key if record.weight != null && record.failover != null])}."
  }

  validation {
    condition     = alltrue([for record in values(var.records) : record.weight == null || try(record.weight >= 0 && record.weight <= 255 && floor(record.weight) == record.weight, false)])
    error_message = "A record's weight must be whole, from 0 to 255; got ${jsonencode({ for key, record in var.records : key => record.weight if record.weight != null })}."
  }

  validation {
    condition     = alltrue([for record in values(var.records) : record.failover == null || contains(["PRIMARY", "SECONDARY"], coalesce(record.failover, "-"))])
    error_message = "A record's failover must be PRIMARY or SECONDARY; got ${jsonencode({ for key, record in var.records : key => record.failover if record.failover != null })}."
  }

  validation {
    # Without a sign of life the primary would be answered for ever; an alias has its target's.
    condition = alltrue([
      for record in values(var.records) : record.failover != "PRIMARY" || record.health_check != null || try(record.alias.evaluate_target_health, false)
    ])
    error_message = "A PRIMARY record needs a health_check or an alias that evaluates its target's health; got ${jsonencode([for key, record in var.records : key if record.failover == "PRIMARY"])}."
  }

  validation {
    condition     = alltrue([for record in values(var.records) : record.health_check == null || contains(keys(var.health_checks), coalesce(record.health_check, "-"))])
    error_message = "A record's health_check must be a key of health_checks (${jsonencode(keys(var.health_checks))}); got ${jsonencode({ for key, record in var.records : key => record.health_check if record.health_check != null })}."
  }

  validation {
    condition     = alltrue([for record in values(var.records) : record.ttl_seconds >= 0 && record.ttl_seconds <= 2147483647])
    error_message = "ttl_seconds must be from 0 to 2147483647; got ${jsonencode({ for key, record in var.records : key => record.ttl_seconds })}."
  }

  validation {
    condition = length(var.records) == length(distinct([
      for key, record in var.records : "${record.name} ${record.type} ${record.weight == null && record.failover == null ? "" : key}"
    ]))
    error_message = "Records of one name and type must be weighted or failover; got ${jsonencode({ for key, record in var.records : key => "${record.name} ${record.type}" })}."
  }
}

variable "zone_id" {
  description = "Zone that holds the records."
  type        = string
  nullable    = false
}

variable "health_checks" {
  description = "HTTPS health checks from around the world, keyed by short name."
  type = map(object({
    host             = string
    failures         = optional(number, 3)
    interval_seconds = optional(number, 30)
    path             = optional(string, "/healthz")
    port             = optional(number, 443)
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for check in values(var.health_checks) : contains([10, 30], check.interval_seconds) && check.failures >= 1 && check.failures <= 10
    ])
    error_message = "A health check needs interval_seconds 10 or 30 and failures from 1 to 10; got ${jsonencode({ for key, check in var.health_checks : key => [check.interval_seconds, check.failures] })}."
  }

  validation {
    condition     = alltrue([for check in values(var.health_checks) : startswith(check.path, "/") && check.port >= 1 && check.port <= 65535])
    error_message = "A health check needs a path that begins with / and a port from 1 to 65535; got ${jsonencode({ for key, check in var.health_checks : key => "${check.path} on ${check.port}" })}."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
