variable "name" {
  description = "Prefix of each gateway's name: <name>-<zone>."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 128
    error_message = "name must have 1 to 128 characters, so that the Name tags fit AWS's 256; got ${length(var.name)} characters in \"${var.name}\"."
  }
}

variable "private_route_table_ids" {
  description = "Route tables whose default route leads through a gateway, by tier and availability zone."
  type        = map(map(string))
  nullable    = false
}

variable "public_subnet_ids" {
  description = "Public subnet of each gateway, keyed by availability zone: none, one for all zones, or one for each zone."
  type        = map(string)
  nullable    = false

  validation {
    # Between one and all, a zone without a gateway would have to be sent to a neighbour picked by chance.
    condition = length(var.public_subnet_ids) <= 1 || length(setsubtract(
      flatten([for zones in values(var.private_route_table_ids) : keys(zones)]), keys(var.public_subnet_ids)
    )) == 0
    error_message = "public_subnet_ids must name no zone, one, or every zone that has a private route table (${jsonencode(
      distinct(flatten([for zones in values(var.private_route_table_ids) : keys(zones)]))
    )}); got ${jsonencode(keys(var.public_subnet_ids))}."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
