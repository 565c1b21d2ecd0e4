variable "groups" {
  description = <<-EOT
    Security groups of one VPC, keyed by short name, with their rules keyed by purpose. A rule names one other side: a
    CIDR, a prefix list, a group of this call by its key (its own key means itself), or another group by id. Without
    to_port the rule covers from_port alone; protocol "-1" covers every protocol and takes no ports. A rule for the
    whole internet must say so with open_to_world.
  EOT
  type = map(object({
    egress = optional(map(object({
      description       = string
      cidr_ipv4         = optional(string)
      cidr_ipv6         = optional(string)
      from_port         = optional(number)
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
      cidr_ipv6         = optional(string)
      from_port         = optional(number)
      group             = optional(string)
      open_to_world     = optional(bool, false)
      prefix_list_id    = optional(string)
      protocol          = optional(string, "tcp")
      security_group_id = optional(string)
      to_port           = optional(number)
    })), {})
  }))
  nullable = false

  validation {
    condition = alltrue(flatten([
      for group, spec in var.groups : [
        for key in concat([group], keys(spec.ingress), keys(spec.egress)) : can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", key))
      ]
    ]))
    error_message = "Keys of groups and rules must be lower-case words joined by dashes, because they stand in names and addresses; got ${jsonencode(
      { for group, spec in var.groups : group => concat(keys(spec.ingress), keys(spec.egress)) }
    )}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.groups) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) :
        length([for side in [rule.cidr_ipv4, rule.cidr_ipv6, rule.group, rule.prefix_list_id, rule.security_group_id] : side if side != null]) == 1
      ]
    ]))
    error_message = "Each rule must name exactly one of cidr_ipv4, cidr_ipv6, group, prefix_list_id and security_group_id; got ${jsonencode(merge([
      for group, spec in var.groups : {
        for key, rule in merge(spec.ingress, spec.egress) : "${group}/${key}" =>
        length([for side in [rule.cidr_ipv4, rule.cidr_ipv6, rule.group, rule.prefix_list_id, rule.security_group_id] : side if side != null])
      }
    ]...))}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.groups) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : rule.group == null || contains(keys(var.groups), coalesce(rule.group, "-"))
      ]
    ]))
    error_message = "A rule's group must be a key of groups (${jsonencode(keys(var.groups))}); got ${jsonencode(distinct(flatten([
      for spec in values(var.groups) : [for rule in concat(values(spec.ingress), values(spec.egress)) : rule.group if rule.group != null]
    ])))}."
  }

  validation {
    # 0.0.0.0/1 and its other half are the whole internet too, so wider than any network we could own counts as open.
    condition = alltrue(flatten([
      for spec in values(var.groups) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : rule.open_to_world || alltrue([
          for cidr in [rule.cidr_ipv4, rule.cidr_ipv6] : cidr == null || try(split("/", cidr)[1] >= 8, true)
        ])
      ]
    ]))
    error_message = "A rule for the whole internet (wider than /8) must say open_to_world = true and describe why; got ${jsonencode(flatten([
      for group, spec in var.groups : [
        for key, rule in merge(spec.ingress, spec.egress) : "${group}/${key} ${coalesce(rule.cidr_ipv4, rule.cidr_ipv6)}"
        if !rule.open_to_world && anytrue([for cidr in [rule.cidr_ipv4, rule.cidr_ipv6] : try(split("/", cidr)[1] < 8, false)])
      ]
    ]))}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.groups) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) :
        (rule.cidr_ipv4 == null || try(cidrsubnet(rule.cidr_ipv4, 0, 0) == rule.cidr_ipv4, false)) &&
        (rule.cidr_ipv6 == null || can(cidrhost(rule.cidr_ipv6, 0)))
      ]
    ]))
    error_message = "Each CIDR must be a network address such as 10.0.0.0/16 or 2001:db8::/32; got ${jsonencode(flatten([
      for spec in values(var.groups) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : compact([rule.cidr_ipv4, rule.cidr_ipv6])
      ]
    ]))}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.groups) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : contains(["tcp", "udp", "icmp", "icmpv6", "-1"], rule.protocol)
      ]
    ]))
    error_message = "A rule's protocol must be tcp, udp, icmp, icmpv6 or \"-1\" (all); got ${jsonencode(distinct(flatten([
      for spec in values(var.groups) : [for rule in concat(values(spec.ingress), values(spec.egress)) : rule.protocol]
    ])))}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.groups) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : (rule.protocol == "-1") == (rule.from_port == null) && (
          rule.from_port == null ? rule.to_port == null : startswith(rule.protocol, "icmp") || try(
            rule.from_port >= 0 && coalesce(rule.to_port, rule.from_port) <= 65535 && rule.from_port <= coalesce(rule.to_port, rule.from_port), false
          )
        )
      ]
    ]))
    error_message = "A rule needs ports from 0 to 65535 with from_port at most to_port, and protocol \"-1\" takes none; got ${jsonencode(merge([
      for group, spec in var.groups : {
        for key, rule in merge(spec.ingress, spec.egress) : "${group}/${key}" => { protocol = rule.protocol, from = rule.from_port, to = rule.to_port }
      }
    ]...))}."
  }

  validation {
    # The characters that EC2 takes in a rule's description.
    condition = alltrue(flatten([
      for spec in values(var.groups) : [
        for rule in concat(values(spec.ingress), values(spec.egress)) : can(regex("^[a-zA-Z0-9. _:/()#,@+=&;{}!$*\\[\\]-]{1,255}$", rule.description))
      ]
    ]))
    error_message = "A rule's description must have 1 to 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *; got ${jsonencode(flatten([
      for spec in values(var.groups) : [for rule in concat(values(spec.ingress), values(spec.egress)) : rule.description]
    ]))}."
  }

  validation {
    condition = alltrue(flatten([
      for spec in values(var.groups) : [
        for rules in [values(spec.ingress), values(spec.egress)] :
        length([for rule in rules : rule if rule.cidr_ipv6 == null]) <= var.rules_per_group &&
        length([for rule in rules : rule if rule.cidr_ipv4 == null]) <= var.rules_per_group
      ]
    ]))
    error_message = "A group may have ${var.rules_per_group} rules in each direction and address family, the account's quota (rules_per_group); got ${jsonencode({
      for group, spec in var.groups : group => { ingress = length(spec.ingress), egress = length(spec.egress) }
    })}."
  }
}

variable "name" {
  description = "Prefix of each group's name: <name>-<key>."
  type        = string
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.groups) : length("${var.name}-${key}") <= 255])
    error_message = "A security group's name, <name>-<key>, must have at most 255 characters; got ${jsonencode({ for key in keys(var.groups) : "${var.name}-${key}" => length("${var.name}-${key}") })}."
  }

  validation {
    condition     = !startswith(var.name, "sg-")
    error_message = "name must not start with sg-, which AWS keeps for ids; got \"${var.name}\"."
  }
}

variable "vpc_id" {
  description = "VPC that the groups belong to."
  type        = string
  nullable    = false
}

variable "rules_per_group" {
  description = "The account's quota of rules in a group, by direction and address family; a prefix list counts as many rules as it can hold."
  type        = number
  default     = 60
  nullable    = false

  validation {
    # AWS refuses a quota whose product with the groups of one interface passes 1000.
    condition     = var.rules_per_group >= 1 && var.rules_per_group <= 1000
    error_message = "rules_per_group must be from 1 to 1000; got ${var.rules_per_group}."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
