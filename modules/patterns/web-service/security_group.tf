locals {
  security_group_ids = setunion(var.network.security_group_ids, flatten([for group in module.security_group : values(group.security_group_ids)]))
}

# For a service whose system has no unit of security groups; one that has names them in network.security_group_ids.
module "security_group" {
  source = "../../security/security-group"
  count  = var.network.own_group == null ? 0 : 1

  name   = var.name
  vpc_id = var.network.vpc_id
  groups = {
    tasks = {
      ingress = { for key, id in var.network.own_group.client_group_ids : key => {
        description       = "Requests from ${key}"
        from_port         = var.container.port
        security_group_id = id
      } }
      egress = var.network.own_group.egress
    }
  }
  tags = var.tags
}
