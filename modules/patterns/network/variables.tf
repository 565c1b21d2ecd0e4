variable "account_id" {
  description = "Account that owns the network: its flow logs alone may use the delivery role, its principals alone the endpoints."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the VPC and prefix of everything in it."
  type        = string
  nullable    = false
}

variable "tiers" {
  description = <<-EOT
    Subnets by tier (public, private, database). newbits makes a tier's subnets smaller than the VPC (8 makes /24 out
    of /16), and zones gives each availability zone the number of its subnet, counted in subnets of that size. Keep the
    numbers: another number replaces the subnet. callers says who in the tier calls out of the VPC, since its network ACL
    lets answers in to the ports from which they do: services (NAT gateways, load balancers, Lambda functions: 1024 to
    65535, the default but for database), hosts (instances and containers: 32768 to 65535) or none.
  EOT
  type = map(object({
    newbits = number
    zones   = map(number)
    callers = optional(string)
  }))
  nullable = false

  validation {
    condition     = length(setsubtract(keys(var.tiers), ["database", "private", "public"])) == 0
    error_message = "tiers may be database, private and public; got ${jsonencode(keys(var.tiers))}."
  }

  validation {
    condition = alltrue([
      for tier in values(var.tiers) : tier.newbits >= 0 && try(split("/", var.vpc_cidr_block)[1] + tier.newbits <= 28, true)
    ])
    error_message = "newbits must be at least 0 and leave subnets of /28 or larger in ${var.vpc_cidr_block}; got ${jsonencode({ for tier, spec in var.tiers : tier => spec.newbits })}."
  }

  validation {
    condition = alltrue(flatten([
      for tier in values(var.tiers) : [for number in values(tier.zones) : number >= 0 && number < pow(2, tier.newbits) && floor(number) == number]
    ]))
    error_message = "A subnet's number must be whole, from 0 to 2^newbits - 1; got ${jsonencode({ for tier, spec in var.tiers : tier => spec.zones })}."
  }

  validation {
    condition = alltrue([
      for tier, spec in var.tiers : contains(tier == "database" ? ["none"] : ["hosts", "none", "services"], coalesce(spec.callers, "none"))
    ])
    error_message = "callers must be hosts, none or services, and none for database, from which no route leads out; got ${jsonencode({ for tier, spec in var.tiers : tier => spec.callers if spec.callers != null })}."
  }
}

variable "vpc_cidr_block" {
  description = "IPv4 range of the VPC, from the address plan."
  type        = string
  nullable    = false
}

variable "block_public_access_exclusion" {
  description = "What this VPC may do while the account blocks public access: \"allow-bidirectional\" or \"allow-egress\"; null makes no exception."
  type        = string
  default     = null
}

variable "flow_logs" {
  description = "What the flow log records; with s3 it goes to that bucket, else to CloudWatch Logs. null switches flow logs off."
  type = object({
    aggregation_seconds = optional(number, 600)
    s3                  = optional(object({ bucket_arn = string }))
    traffic_type        = optional(string, "ALL")
  })
  default = {}
}

variable "gateway_endpoints" {
  description = "Gateway endpoints by service; they cost nothing. A null policy lets only this account's principals through."
  type        = map(object({ policy = optional(string) }))
  default     = { dynamodb = {}, s3 = {} }
  nullable    = false
}

variable "interface_endpoint_zones" {
  description = "Zones of the private tier in which interface endpoints have an address, each paid for; null takes all of them."
  type        = set(string)
  default     = null

  validation {
    condition     = var.interface_endpoint_zones == null || length(setsubtract(coalesce(var.interface_endpoint_zones, []), try(keys(var.tiers["private"].zones), []))) == 0
    error_message = "interface_endpoint_zones must be zones of the private tier (${jsonencode(try(keys(var.tiers["private"].zones), []))}); got ${jsonencode(var.interface_endpoint_zones)}."
  }
}

variable "interface_endpoints" {
  description = "Interface endpoints by service as in com.amazonaws.<region>.<service>. With the first one, the security group \"endpoints\" exists, which lets the VPC reach them."
  type = map(object({
    policy      = optional(string)
    private_dns = optional(bool, true)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(var.interface_endpoints) == 0 || contains(keys(var.tiers), "private")
    error_message = "interface_endpoints live in the private tier, so tiers must have one; got tiers ${jsonencode(keys(var.tiers))}."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the flow log's log group; null leaves CloudWatch's own encryption."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days that flow logs stay in CloudWatch Logs."
  type        = number
  default     = 365
  nullable    = false
}

variable "nat_gateway_zones" {
  description = "Zones of the public tier with a NAT gateway for the private tier: none, one for all zones, or every private zone."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(setsubtract(var.nat_gateway_zones, try(keys(var.tiers["public"].zones), []))) == 0
    error_message = "nat_gateway_zones must be zones of the public tier (${jsonencode(try(keys(var.tiers["public"].zones), []))}); got ${jsonencode(var.nat_gateway_zones)}."
  }

  validation {
    # https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
    condition     = length(var.nat_gateway_zones) == 0 || try(coalesce(var.tiers["public"].callers, "services") == "services", true)
    error_message = "A NAT gateway calls from any port of 1024 to 65535, so the public tier's callers must be services; got ${jsonencode(try(var.tiers["public"].callers, null))} with nat_gateway_zones ${jsonencode(var.nat_gateway_zones)}."
  }
}

variable "network_acl_rules" {
  description = "Rules beside a tier's own network ACL rules, or in place of one with the same key (vpc, https, http, answers); numbers 100 to 400 are taken, and 1000 and more by ports_inside."
  type = map(object({
    egress = optional(map(object({
      number          = number
      action          = optional(string, "allow")
      cidr_ipv4       = optional(string)
      ephemeral_ports = optional(bool, false)
      from_port       = optional(number)
      protocol        = optional(string, "tcp")
      to_port         = optional(number)
    })), {})
    ingress = optional(map(object({
      number          = number
      action          = optional(string, "allow")
      cidr_ipv4       = optional(string)
      ephemeral_ports = optional(bool, false)
      from_port       = optional(number)
      protocol        = optional(string, "tcp")
      to_port         = optional(number)
    })), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(setsubtract(keys(var.network_acl_rules), keys(var.tiers))) == 0
    error_message = "network_acl_rules must be keyed by tier (${jsonencode(keys(var.tiers))}); got ${jsonencode(keys(var.network_acl_rules))}."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the flow log's role; null sets none."
  type        = string
  default     = null
}

variable "ports_inside" {
  description = "TCP ports below 1024 that the VPC's own addresses reach in every tier, beside 1024 to 65535, which answers need. null lets them say everything to each other, UDP too, and leaves it to the security groups."
  type        = set(number)
  default     = null

  validation {
    condition     = var.ports_inside == null ? true : alltrue([for port in var.ports_inside : port >= 1 && port <= 1023 && floor(port) == port])
    error_message = "ports_inside must be whole, from 1 to 1023; got ${jsonencode(var.ports_inside)}."
  }

  validation {
    # Of an ACL's 20 rules in each direction (AWS raises it to 40 at most) the public tier's own take four:
    # https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
    condition     = var.ports_inside == null ? true : length(var.ports_inside) <= 16
    error_message = "ports_inside may be 16, since a network ACL has 20 rules in each direction and four are the tier's own; got ${length(coalesce(var.ports_inside, []))}."
  }
}

variable "security_groups" {
  description = <<-EOT
    Security groups keyed by short name, with rules keyed by purpose, as in security/security-group. An outbound rule
    may name a gateway endpoint by its service, and any rule the group "endpoints" of the interface endpoints.
  EOT
  type = map(object({
    egress = optional(map(object({
      description       = string
      cidr_ipv4         = optional(string)
      from_port         = optional(number)
      gateway_endpoint  = optional(string)
      group             = optional(string)
      open_to_world     = optional(bool, false)
      prefix_list_id    = optional(string)
      protocol          = optional(string, "tcp")
      security_group_id = optional(string)
      to_port           = optional(number)
    })), {})
    ingress = optional(map(object({
      description       = string
      cidr_ipv4         = optional(string)
      from_port         = optional(number)
      group             = optional(string)
      open_to_world     = optional(bool, false)
      prefix_list_id    = optional(string)
      protocol          = optional(string, "tcp")
      security_group_id = optional(string)
      to_port           = optional(number)
    })), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition     = !contains(keys(var.security_groups), "endpoints")
    error_message = "The security group \"endpoints\" belongs to the interface endpoints; got ${jsonencode(keys(var.security_groups))}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.security_groups) : [
        for rule in values(spec.egress) : rule.gateway_endpoint == null || contains(keys(var.gateway_endpoints), coalesce(rule.gateway_endpoint, "-"))
      ]
    ]))
    error_message = "A rule's gateway_endpoint must be one of gateway_endpoints (${jsonencode(keys(var.gateway_endpoints))}); got ${jsonencode(distinct(flatten([
      for spec in values(var.security_groups) : [for rule in values(spec.egress) : rule.gateway_endpoint if rule.gateway_endpoint != null]
    ])))}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.security_groups) : [for rule in values(spec.egress) : rule.gateway_endpoint == null || rule.prefix_list_id == null]
    ]))
    error_message = "A rule may name gateway_endpoint or prefix_list_id, not both; got ${jsonencode(distinct(flatten([
      for spec in values(var.security_groups) : [for rule in values(spec.egress) : "${rule.gateway_endpoint} and ${rule.prefix_list_id}" if rule.gateway_endpoint != null && rule.prefix_list_id != null]
    ])))}."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
