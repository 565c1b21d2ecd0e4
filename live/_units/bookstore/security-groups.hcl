# Who may talk to whom: internet -> load balancer -> services -> database, cache and search, and nothing else. What only
# some services use has a group of its own for its clients, which a service joins by what it says that it uses.
terraform { source = "${get_repo_root()}/modules//security/security-group" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "network" {
  config_path                             = "${get_terragrunt_dir()}/../network"
  mock_outputs                            = { vpc_id = "vpc-00000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  vpc_id = dependency.network.outputs.vpc_id

  groups = {
    # The network load balancer is internal; what reaches it is the API's VPC link, from addresses that AWS publishes nowhere.
    link = {
      ingress = {
        api = { description = "The VPC link of the API", from_port = 443, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
      }
      egress = {
        load-balancer = { description = "Requests", from_port = 443, group = "load-balancer" }
      }
    }

    # Open to every address, as was asked for. The load balancer itself has private addresses only, so that nobody
    # passes by the API, which checks tokens; plain HTTP gets a redirect and nothing else.
    load-balancer = {
      ingress = {
        http  = { description = "Redirected to HTTPS", from_port = 80, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
        https = { description = "Requests", from_port = 443, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
      }
      egress = {
        services = { description = "Requests and health checks", from_port = 8000, group = "services" }
      }
    }

    services = {
      ingress = {
        load-balancer = { description = "Requests and health checks", from_port = 8000, group = "load-balancer" }
      }
      egress = {
        cache = { description = "Sessions and cached answers", from_port = 6379, group = "cache" }
        aws   = { description = "AWS, by its endpoints or the NAT gateway", from_port = 443, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
      }
    }

    # Takes its work from a queue: nobody calls it, and it calls nobody but AWS.
    workers = {
      egress = {
        aws = { description = "AWS, by its endpoints or the NAT gateway", from_port = 443, cidr_ipv4 = "0.0.0.0/0", open_to_world = true }
      }
    }

    database-clients = { egress = { database = { description = "Queries", from_port = 5432, group = "database" } } }
    search-clients   = { egress = { search = { description = "Searches", from_port = 443, group = "search" } } }

    database = { ingress = { services = { description = "Queries", from_port = 5432, group = "database-clients" } } }
    cache    = { ingress = { services = { description = "Sessions and cached answers", from_port = 6379, group = "services" } } }
    search   = { ingress = { services = { description = "Searches", from_port = 443, group = "search-clients" } } }
  }
}
