# Who may talk to whom inside commerce: what runs reaches what is stored, by group and port, and nothing else is let in.
terraform { source = "${get_repo_root()}/modules//security/security-group" }

locals {
  # Whoever needs a store is named once here, and both sides of the rule follow.
  stores = {
    database = { port = 5432, purpose = "Orders and customers", users = ["containers", "workers"] }
    cache    = { port = 6379, purpose = "Cached answers", users = ["containers", "workers"] }
    search   = { port = 443, purpose = "Product search", users = ["containers", "functions", "workers"] }
  }
}

dependency "network" {
  config_path = "${get_terragrunt_dir()}/../network"
  mock_outputs = {
    vpc_id          = "vpc-00000000000000000"
    prefix_list_ids = { dynamodb = "pl-00000000", s3 = "pl-00000001" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  vpc_id = dependency.network.outputs.vpc_id

  groups = merge(
    { for store, rule in local.stores : store => {
      ingress = { for user in rule.users : user => { description = rule.purpose, from_port = rule.port, group = user } }
    } },
    { for user in ["containers", "functions", "workers"] : user => {
      egress = merge(
        { for store, rule in local.stores : store => { description = rule.purpose, from_port = rule.port, group = store } if contains(rule.users, user) },
        { sessions = { description = "Sessions and carts", from_port = 443, prefix_list_id = dependency.network.outputs.prefix_list_ids["dynamodb"] } },
        # Images, packages and the services of AWS, through the NAT gateway; a function needs none of them.
        user == "functions" ? {} : { internet = { description = "Images, packages and AWS", from_port = 443, cidr_ipv4 = "0.0.0.0/0", open_to_world = true } },
      )
    } },
  )
}
