variable "account_id" {
  description = "Account whose principals may use the endpoints that have no policy of their own."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be 12 digits; got \"${var.account_id}\"."
  }
}

variable "name" {
  description = "Prefix of each endpoint's name: <name>-<service>."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 128
    error_message = "name must have 1 to 128 characters, so that the Name tags fit AWS's 256; got ${length(var.name)} characters in \"${var.name}\"."
  }
}

variable "vpc_id" {
  description = "VPC that the endpoints serve."
  type        = string
  nullable    = false
}

variable "gateway_endpoints" {
  description = "Gateway endpoints by service (s3, dynamodb): free, reached through the route tables. A null policy lets only this account's principals through."
  type        = map(object({ policy = optional(string) }))
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.gateway_endpoints), ["dynamodb", "s3"])) == 0
    error_message = "AWS has gateway endpoints for dynamodb and s3 only; got ${jsonencode(keys(var.gateway_endpoints))}."
  }

  validation {
    condition     = length(var.gateway_endpoints) == 0 || length(var.route_table_ids) > 0
    error_message = "gateway_endpoints need route_table_ids, or nothing would reach them; got ${jsonencode(keys(var.gateway_endpoints))} and no route table."
  }

  validation {
    condition     = alltrue([for endpoint in values(var.gateway_endpoints) : endpoint.policy == null || can(jsondecode(endpoint.policy))])
    error_message = "gateway_endpoints' policy must be a JSON document; got ${jsonencode([for endpoint in values(var.gateway_endpoints) : endpoint.policy if endpoint.policy != null])}."
  }
}

variable "interface_endpoints" {
  description = "Interface endpoints by service as in com.amazonaws.<region>.<service>: paid by the hour and zone. A null policy lets only this account's principals through."
  type = map(object({
    policy      = optional(string)
    private_dns = optional(bool, true)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for service in keys(var.interface_endpoints) : can(regex("^[a-z0-9]+([.-][a-z0-9]+)*$", service))])
    error_message = "interface_endpoints must be keyed by what follows com.amazonaws.<region>. in the service's name, such as events or ecr.api; got ${jsonencode(keys(var.interface_endpoints))}."
  }

  validation {
    condition     = length(setintersection(keys(var.interface_endpoints), keys(var.gateway_endpoints))) == 0
    error_message = "A service may have a gateway or an interface endpoint, not both; got ${jsonencode(setintersection(keys(var.interface_endpoints), keys(var.gateway_endpoints)))}."
  }

  validation {
    condition     = length(var.interface_endpoints) == 0 || (length(var.subnet_ids) > 0 && length(var.security_group_ids) > 0)
    error_message = "interface_endpoints need subnet_ids and security_group_ids, or AWS gives them the VPC's default group; got ${length(var.subnet_ids)} subnets and ${length(var.security_group_ids)} groups."
  }

  validation {
    condition     = alltrue([for endpoint in values(var.interface_endpoints) : endpoint.policy == null || can(jsondecode(endpoint.policy))])
    error_message = "interface_endpoints' policy must be a JSON document; got ${jsonencode([for endpoint in values(var.interface_endpoints) : endpoint.policy if endpoint.policy != null])}."
  }
}

variable "route_table_ids" {
  description = "Route tables that lead to the gateway endpoints, keyed by the caller (tier/zone)."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "security_group_ids" {
  description = "Security groups of the interface endpoints."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets in which the interface endpoints get an address, keyed by availability zone: one subnet a zone."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
