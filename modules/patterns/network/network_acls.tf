locals {
  _vpc     = { number = 100, protocol = "-1", cidr_ipv4 = var.vpc_cidr_block }
  _answers = { number = 400, ephemeral_ports = true, cidr_ipv4 = "0.0.0.0/0" }
  _https   = { number = 200, from_port = 443, cidr_ipv4 = "0.0.0.0/0" }
  _http    = { number = 300, from_port = 80, cidr_ipv4 = "0.0.0.0/0" }

  # The coarse fence around each tier; who may talk to whom inside the VPC is for the security groups.
  _default_network_acls = {
    public = {
      ingress = { vpc = local._vpc, https = local._https, http = local._http, answers = local._answers }
      egress  = { vpc = local._vpc, https = local._https, http = local._http, answers = local._answers }
    }
    # Gateway endpoints answer from public addresses, so answers are let in even where no NAT gateway exists.
    private = {
      ingress = { vpc = local._vpc, answers = local._answers }
      egress  = { vpc = local._vpc, https = local._https }
    }
    database = {
      ingress = { vpc = local._vpc }
      egress  = { vpc = local._vpc }
    }
  }

  network_acls = {
    for tier in keys(var.tiers) : tier => {
      ingress = merge(local._default_network_acls[tier].ingress, try(var.network_acl_rules[tier].ingress, {}))
      egress  = merge(local._default_network_acls[tier].egress, try(var.network_acl_rules[tier].egress, {}))
    }
  }
}
