locals {
  security_group_ids = setunion(var.security_group_ids, flatten([for group in module.security_group : values(group.security_group_ids)]))

  # The proxy stands in the database's own group, and knocks at its door like any other client.
  _proxy_rule = { for key in ["proxy"] : key => {
    description       = "The proxy in front of the database"
    from_port         = 5432
    group             = "database"
    security_group_id = null
  } if var.proxy != null }
}

# For a system that has no unit of security groups; one that has names them in security_group_ids.
module "security_group" {
  source = "../../security/security-group"
  count  = var.own_group == null ? 0 : 1

  name   = var.name
  vpc_id = var.own_group.vpc_id
  groups = {
    database = {
      ingress = merge(
        { for key, id in var.own_group.client_group_ids : key => {
          description       = "PostgreSQL for ${key}"
          from_port         = 5432
          group             = null
          security_group_id = id
        } },
        local._proxy_rule,
      )
      egress = local._proxy_rule # a database itself calls nobody
    }
  }
  tags = var.tags
}
