locals {
  _answers = { number = 400, ephemeral_ports = true, cidr_ipv4 = "0.0.0.0/0" }
  _https   = { number = 200, from_port = 443, cidr_ipv4 = "0.0.0.0/0" }
  _http    = { number = 300, from_port = 80, cidr_ipv4 = "0.0.0.0/0" }

  # What the VPC's own addresses say to each other.
  _inside = merge(
    { for key, rule in { vpc = { number = 100, protocol = "-1" } } : key => merge(rule, { cidr_ipv4 = var.vpc_cidr_block }) if var.ports_inside == null },
    { for key, rule in { vpc = { number = 100, ephemeral_ports = true } } : key => merge(rule, { cidr_ipv4 = var.vpc_cidr_block }) if var.ports_inside != null },
    # A number that a port keeps whichever others come and go.
    { for port in var.ports_inside == null ? [] : var.ports_inside : "vpc-${port}" => { number = 1000 + port, from_port = port, cidr_ipv4 = var.vpc_cidr_block } },
  )

  # Answers come to the port that the caller chose. Linux takes it from 32768 to 61000, Windows from 49152 to 65535; NAT
  # gateways, load balancers and Lambda functions from all that are not privileged, remote desktop's 3389 among them, so
  # theirs is the one range that cannot leave it out: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
  _callers = { for tier, spec in var.tiers : tier => coalesce(spec.callers, tier == "database" ? "none" : "services") }
  _let_in = {
    services = { answers = local._answers }
    hosts    = { answers = { number = 400, from_port = 32768, to_port = 65535, cidr_ipv4 = "0.0.0.0/0" } }
    none     = {}
  }
  _calls = {
    public  = { https = local._https, http = local._http }
    private = { https = local._https }
  }

  # The coarse fence around each tier; who may talk to whom inside the VPC is for the security groups.
  _default_network_acls = {
    for tier, callers in local._callers : tier => {
      # Gateway endpoints answer from public addresses, so answers are let in even where no NAT gateway exists.
      ingress = merge(local._inside, { for key, rule in local._calls["public"] : key => rule if tier == "public" }, local._let_in[callers])
      egress = merge(
        local._inside,
        { for key, rule in { answers = local._answers } : key => rule if tier == "public" },
        { for key, rule in try(local._calls[tier], {}) : key => rule if callers != "none" },
      )
    }
  }

  network_acls = {
    for tier in keys(var.tiers) : tier => {
      ingress = merge(local._default_network_acls[tier].ingress, try(var.network_acl_rules[tier].ingress, {}))
      egress  = merge(local._default_network_acls[tier].egress, try(var.network_acl_rules[tier].egress, {}))
    }
  }
}
