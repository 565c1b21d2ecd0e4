variable "name" {
  description = "Name tag of the namespace."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 128
    error_message = "name must have 1 to 128 characters; got ${length(var.name)} characters in \"${var.name}\"."
  }
}

variable "namespace" {
  description = "Private domain under which the services are found; Cloud Map makes its hosted zone."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?([.][a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$", var.namespace)) && length(var.namespace) <= 253
    error_message = "namespace must be a domain in lower case of at least two parts, such as shop.internal; got \"${var.namespace}\"."
  }
}

variable "vpc_id" {
  description = "VPC in which the names resolve."
  type        = string
  nullable    = false
}

variable "destroy_instances_too" {
  description = "Whether destroying a service drops instances that are still registered."
  type        = bool
  default     = false
  nullable    = false
}

variable "services" {
  description = "Services keyed by the name that comes before the namespace. record_types A gives addresses, SRV ports as well."
  type = map(object({
    record_types   = optional(set(string), ["A"])
    routing_policy = optional(string, "MULTIVALUE")
    ttl_seconds    = optional(number, 10)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.services) : can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", key))])
    error_message = "A service's key must be a DNS label of at most 63 lower-case letters, digits and inner hyphens; got ${jsonencode(keys(var.services))}."
  }

  validation {
    condition = alltrue([
      for service in values(var.services) : length(service.record_types) > 0 && length(setsubtract(service.record_types, ["A", "AAAA", "SRV"])) == 0
    ])
    error_message = "record_types must be from A, AAAA and SRV; got ${jsonencode({ for key, service in var.services : key => service.record_types })}."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : contains(["MULTIVALUE", "WEIGHTED"], service.routing_policy)])
    error_message = "routing_policy must be MULTIVALUE or WEIGHTED; got ${jsonencode({ for key, service in var.services : key => service.routing_policy })}."
  }

  validation {
    condition     = alltrue([for service in values(var.services) : service.ttl_seconds >= 0 && service.ttl_seconds <= 3600])
    error_message = "ttl_seconds must be from 0 to 3600, or clients would keep addresses of stopped instances; got ${jsonencode({ for key, service in var.services : key => service.ttl_seconds })}."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
