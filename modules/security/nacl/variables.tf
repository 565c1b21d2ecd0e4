variable "acls" {
  description = <<-EOT
    Network ACLs of one VPC, usually one a tier: the subnets (keyed by availability zone) and the rules, keyed by
    purpose and tried in the order of their number. ephemeral_ports stands for 1024 to 65535, which an ACL needs for
    answers because it keeps no state; where only instances and containers call, 32768 to 65535 is enough. Without
    to_port a rule covers from_port alone; protocol "-1" takes no ports.
  EOT
  type = map(object({
    subnet_ids = map(string)
    egress = optional(map(object({
      number          = number
      action          = optional(string, "allow")
      cidr_ipv4       = optional(string)
      cidr_ipv6       = optional(string)
      ephemeral_ports = optional(bool, false)
      from_port       = optional(number)
      protocol        = optional(string, "tcp")
      to_port         = optional(number)
    })), {})
    ingress = optional(map(object({
      number          = number
      action          = optional(string, "allow")
      cidr_ipv4       = optional(string)
      cidr_ipv6       = optional(string)
      ephemeral_ports = optional(bool, false)
      from_port       = optional(number)
      protocol        = optional(string, "tcp")
      to_port         = optional(number)
    })), {})
  }))
  nullable = false

  validation {
    condition = alltrue(flatten([
      for spec in values(var.acls) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : (rule.cidr_ipv4 == null) != (rule.cidr_ipv6 == null)
      ]
    ]))
    error_message = "Each rule must name exactly one of cidr_ipv4 and cidr_ipv6; got ${jsonencode({
      for acl, spec in var.acls : acl => { for key, rule in merge(spec.ingress, spec.egress) : key => compact([rule.cidr_ipv4, rule.cidr_ipv6]) }
    })}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.acls) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) :
        (rule.cidr_ipv4 == null || try(cidrsubnet(rule.cidr_ipv4, 0, 0) == rule.cidr_ipv4, false)) &&
        (rule.cidr_ipv6 == null || can(cidrhost(rule.cidr_ipv6, 0)))
      ]
    ]))
    error_message = "Each CIDR must be a network address such as 10.0.0.0/16 or ::/0; got ${jsonencode(flatten([
      for spec in values(var.acls) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : compact([rule.cidr_ipv4, rule.cidr_ipv6])
      ]
    ]))}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.acls) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : contains(["allow", "deny"], rule.action)
      ]
    ]))
    error_message = "A rule's action must be allow or deny; got ${jsonencode(distinct(flatten([
      for spec in values(var.acls) : [for rule in concat(values(spec.ingress), values(spec.egress)) : rule.action]
    ])))}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.acls) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : contains(["tcp", "udp", "icmp", "-1"], rule.protocol)
      ]
    ]))
    error_message = "A rule's protocol must be tcp, udp, icmp or \"-1\" (all); got ${jsonencode(distinct(flatten([
      for spec in values(var.acls) : [for rule in concat(values(spec.ingress), values(spec.egress)) : rule.protocol]
    ])))}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.acls) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : contains(["tcp", "udp"], rule.protocol) ? (
          rule.ephemeral_ports
          ? rule.from_port == null && rule.to_port == null
          : try(rule.from_port >= 0 && rule.from_port <= coalesce(rule.to_port, rule.from_port) && coalesce(rule.to_port, rule.from_port) <= 65535, false)
        ) : !rule.ephemeral_ports && rule.from_port == null && rule.to_port == null
      ]
    ]))
    error_message = "A tcp or udp rule needs either ephemeral_ports or from_port (at most to_port, up to 65535), and other protocols take no ports; got ${jsonencode({
      for acl, spec in var.acls : acl => {
        for key, rule in merge(spec.ingress, spec.egress) : key => { protocol = rule.protocol, from = rule.from_port, to = rule.to_port, ephemeral = rule.ephemeral_ports }
      }
    })}."
  }

  validation {
    # 32767 is AWS's own rule that denies the rest.
    condition = alltrue(flatten([
      for spec in values(var.acls) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : rule.number >= 1 && rule.number <= 32766 && floor(rule.number) == rule.number
      ]
    ]))
    error_message = "A rule's number must be a whole one from 1 to 32766; got ${jsonencode(flatten([
      for spec in values(var.acls) : [for rule in concat(values(spec.ingress), values(spec.egress)) : rule.number]
    ]))}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.acls) : [
        for rules in [values(spec.ingress), values(spec.egress)] : length(rules) == length(distinct([for rule in rules : rule.number]))
      ]
    ]))
    error_message = "Rules of one ACL and direction must have different numbers; got ${jsonencode({
      for acl, spec in var.acls : acl => { ingress = [for rule in values(spec.ingress) : rule.number], egress = [for rule in values(spec.egress) : rule.number] }
    })}."
  }

  validation {
    # The quota is 20 in each direction; AWS raises it to 40 at most.
    condition     = alltrue([for spec in values(var.acls) : length(spec.ingress) <= 40 && length(spec.egress) <= 40])
    error_message = "An ACL may have at most 40 rules in each direction; got ${jsonencode({ for acl, spec in var.acls : acl => { ingress = length(spec.ingress), egress = length(spec.egress) } })}."
  }

  validation {
    # Whoever lets requests in but no answer out sees time-outs instead of an error.
    condition = alltrue(flatten([
      for spec in values(var.acls) : [
        for pair in [[spec.ingress, spec.egress], [spec.egress, spec.ingress]] :
        !anytrue([for rule in values(pair[0]) : rule.action == "allow" && rule.protocol == "tcp" && !rule.ephemeral_ports]) ||
        anytrue([for rule in values(pair[1]) : rule.action == "allow" && (rule.ephemeral_ports || rule.protocol == "-1" || (
          # From these Linux calls: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
          rule.protocol == "tcp" && try(rule.from_port <= 32768 && rule.to_port >= 61000, false)
        ))])
      ]
    ]))
    error_message = "An ACL that allows tcp in one direction must allow ephemeral_ports in the other, or at least 32768 to 61000, because it keeps no state and answers would be lost; got ${jsonencode({
      for acl, spec in var.acls : acl => { ingress = keys(spec.ingress), egress = keys(spec.egress) }
    })}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.acls) : [
        for rule in values(spec.ingress) : [
          for port in [22, 3389] : !(
            rule.action == "allow" && !rule.ephemeral_ports && contains(["0.0.0.0/0", "::/0"], coalesce(rule.cidr_ipv4, rule.cidr_ipv6, "-")) &&
            (rule.protocol == "-1" || try(rule.from_port <= port && coalesce(rule.to_port, rule.from_port) >= port, false))
          )
        ]
      ]
    ]))
    error_message = "No ACL may let the whole internet reach SSH (22) or remote desktop (3389); got ${jsonencode({
      for acl, spec in var.acls : acl => { for key, rule in spec.ingress : key => "${coalesce(rule.cidr_ipv4, rule.cidr_ipv6, "-")} ${rule.protocol}" }
    })}."
  }
}

variable "name" {
  description = "Prefix of each ACL's name: <name>-<key>."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 128
    error_message = "name must have 1 to 128 characters, so that the Name tags fit AWS's 256; got ${length(var.name)} characters in \"${var.name}\"."
  }
}

variable "vpc_id" {
  description = "VPC that the ACLs belong to."
  type        = string
  nullable    = false
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
