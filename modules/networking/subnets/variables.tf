variable "name" {
  description = "Prefix of each subnet's and route table's name: <name>-<tier>-<zone>."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 128
    error_message = "name must have 1 to 128 characters, so that the Name tags fit AWS's 256; got \"${var.name}\" (${length(var.name)})."
  }
}

variable "tiers" {
  description = "IPv4 range of each subnet, by tier (public, private, database) and availability zone."
  type        = map(map(string))
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.tiers), ["database", "private", "public"])) == 0
    error_message = "tiers may be database, private and public; got ${jsonencode(keys(var.tiers))}."
  }

  validation {
    condition = alltrue(flatten([
      for zones in values(var.tiers) : [for zone in keys(zones) : can(regex("^[a-z]{2}(-[a-z0-9]+)+-[0-9][a-z]$", zone))]
    ]))
    error_message = "Each tier must be keyed by availability zone, such as us-east-1a; got ${jsonencode(distinct(flatten([for zones in values(var.tiers) : keys(zones)])))}."
  }

  validation {
    # cidrsubnet() clears the host bits, which AWS would do as well and then show a change for ever.
    condition = alltrue([
      for cidr in flatten([for zones in values(var.tiers) : values(zones)]) : try(cidrsubnet(cidr, 0, 0) == cidr, false)
    ])
    error_message = "Each subnet must be an IPv4 network address such as 10.0.1.0/24; got ${jsonencode(var.tiers)}."
  }

  validation {
    condition = alltrue([
      for cidr in flatten([for zones in values(var.tiers) : values(zones)]) :
      try(split("/", cidr)[1] >= 16 && split("/", cidr)[1] <= 28, false)
    ])
    error_message = "Each subnet must be from /16 to /28, the sizes that AWS accepts; got ${jsonencode(var.tiers)}."
  }

  validation {
    # A subnet lies inside when the VPC's mask, laid over the subnet's address, gives the VPC's range.
    condition = alltrue([
      for cidr in flatten([for zones in values(var.tiers) : values(zones)]) : try(
        split("/", cidr)[1] >= split("/", var.vpc_cidr_block)[1] &&
        cidrsubnet("${split("/", cidr)[0]}/${split("/", var.vpc_cidr_block)[1]}", 0, 0) == var.vpc_cidr_block,
        false
      )
    ])
    error_message = "Each subnet must lie inside the VPC's ${var.vpc_cidr_block}; got ${jsonencode(var.tiers)}."
  }

  validation {
    # Of two ranges that overlap, one holds the other, so every range may hold itself alone.
    condition = alltrue([
      for outer in flatten([for zones in values(var.tiers) : values(zones)]) : length([
        for inner in flatten([for zones in values(var.tiers) : values(zones)]) : inner if try(
          split("/", inner)[1] >= split("/", outer)[1] &&
          cidrsubnet("${split("/", inner)[0]}/${split("/", outer)[1]}", 0, 0) == outer,
          false
        )
      ]) <= 1
    ])
    error_message = "Subnets must not overlap; got ${jsonencode(var.tiers)}."
  }
}

variable "vpc_cidr_block" {
  description = "IPv4 range of the VPC, which must hold every subnet."
  type        = string
  nullable    = false
}

variable "vpc_id" {
  description = "VPC that the subnets belong to."
  type        = string
  nullable    = false
}

variable "ipv6" {
  description = "The VPC's /56 range and the number (0 to 255) of each subnet's /64 in it, by tier and zone; null gives IPv4 only."
  type = object({
    network_numbers = map(map(number))
    vpc_cidr_block  = string
  })
  default = null

  validation {
    condition = var.ipv6 == null || (
      jsonencode({ for tier, zones in var.tiers : tier => keys(zones) }) ==
      jsonencode({ for tier, zones in try(var.ipv6.network_numbers, {}) : tier => keys(zones) })
    )
    error_message = "ipv6.network_numbers must name exactly the subnets of tiers; got ${jsonencode(try(var.ipv6.network_numbers, null))}."
  }

  validation {
    condition = var.ipv6 == null || (
      alltrue([for number in flatten([for zones in values(try(var.ipv6.network_numbers, {})) : values(zones)]) : number >= 0 && number <= 255]) &&
      length(flatten([for zones in values(try(var.ipv6.network_numbers, {})) : values(zones)])) ==
      length(distinct(flatten([for zones in values(try(var.ipv6.network_numbers, {})) : values(zones)])))
    )
    error_message = "ipv6.network_numbers must be from 0 to 255 and differ, one /64 a subnet; got ${jsonencode(try(var.ipv6.network_numbers, null))}."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
