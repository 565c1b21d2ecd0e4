locals {
  endpoint_group = "endpoints"
}

module "security_groups" {
  source = "../../security/security-group"

  name   = var.name
  vpc_id = module.vpc.vpc_id
  groups = merge(
    {
      for group, spec in var.security_groups : group => {
        ingress = spec.ingress
        egress = {
          for key, rule in spec.egress : key => merge(rule, {
            prefix_list_id = rule.gateway_endpoint == null ? rule.prefix_list_id : module.vpc_endpoints.prefix_list_ids[rule.gateway_endpoint]
          })
        }
      }
    },
    {
      for group in [local.endpoint_group] : group => {
        ingress = {
          vpc = { description = "Calls to AWS services from inside the VPC", from_port = 443, cidr_ipv4 = var.vpc_cidr_block }
        }
        egress = {}
      } if length(var.interface_endpoints) > 0
    }
  )
  tags = var.tags
}
