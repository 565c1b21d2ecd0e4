# Who may talk to whom: the internet to the load balancer, the load balancer to the tasks, the tasks to the database.
# Nothing goes round this chain, and nothing in it is open but the two ports of a web site.
terraform { source = "${get_repo_root()}/modules//security/security-group" }

dependency "network" {
  config_path                             = "${get_terragrunt_dir()}/../network"
  mock_outputs                            = { vpc_id = "vpc-00000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  vpc_id = dependency.network.outputs.vpc_id

  groups = {
    balancer = {
      ingress = {
        https = { description = "Customers", from_port = 443, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
        http  = { description = "Customers, sent on to HTTPS", from_port = 80, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
      }
      egress = {
        tasks = { description = "Requests and health checks", from_port = 8000, group = "tasks" }
      }
    }
    tasks = {
      ingress = {
        balancer = { description = "Requests and health checks", from_port = 8000, group = "balancer" }
      }
      egress = {
        database = { description = "PostgreSQL", from_port = 5432, group = "database" }
        # Images, secrets, logs and traces are at AWS's public addresses, which have no list that a rule could name.
        aws = { description = "AWS services and other APIs", from_port = 443, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
      }
    }
    database = {
      ingress = {
        tasks = { description = "PostgreSQL", from_port = 5432, group = "tasks" }
      }
    }
  }
}
