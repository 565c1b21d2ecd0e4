variable "name" {
  description = "Name of the gateway."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 256
    error_message = "name must have 1 to 256 characters, what a Name tag holds; got ${length(var.name)} characters in \"${var.name}\"."
  }
}

variable "public_route_table_ids" {
  description = "Route tables whose default route leads to the internet, keyed by availability zone."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.public_route_table_ids) > 0
    error_message = "public_route_table_ids must name at least one route table, or nothing would use the gateway; got ${jsonencode(var.public_route_table_ids)}."
  }
}

variable "vpc_id" {
  description = "VPC that the gateway is attached to."
  type        = string
  nullable    = false
}

variable "route_ipv6" {
  description = "Whether the public tables get a default IPv6 route too."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
