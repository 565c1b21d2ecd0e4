# Who may talk to whom: internet -> load balancer -> services -> proxy -> database, and nothing else.
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
    load-balancer = {
      ingress = {
        http  = { description = "Redirected to HTTPS", from_port = 80, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
        https = { description = "Requests", from_port = 443, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
      }
      egress = {
        services = { description = "Requests and health checks", from_port = 8080, group = "services" }
      }
    }

    services = {
      ingress = {
        load-balancer = { description = "Requests and health checks", from_port = 8080, group = "load-balancer" }
        services      = { description = "Requests of each other", from_port = 8080, group = "services" }
      }
      egress = {
        services = { description = "Requests of each other", from_port = 8080, group = "services" }
        proxy    = { description = "Queries", from_port = 5432, group = "proxy" }
        aws      = { description = "Images, secrets, logs and traces, and payment providers", from_port = 443, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
      }
    }

    proxy = {
      ingress = { services = { description = "Queries", from_port = 5432, group = "services" } }
      egress  = { database = { description = "Queries", from_port = 5432, group = "database" } }
    }

    database = { ingress = { proxy = { description = "Queries", from_port = 5432, group = "proxy" } } }
  }
}
