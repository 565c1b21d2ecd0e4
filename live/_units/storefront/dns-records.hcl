# The names that lead to the shop: its pages at CloudFront, its API at the load balancer.
terraform { source = "${get_repo_root()}/modules//networking/dns-records" }

dependency "zone" {
  config_path = "${get_terragrunt_dir()}/../dns-zone"
  mock_outputs = {
    domain_name = "mock.example.com"
    zone_id     = "Z00000000000000000000"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "load_balancer" {
  config_path = "${get_terragrunt_dir()}/../load-balancer"
  mock_outputs = {
    dns_name = "mock.us-east-1.elb.amazonaws.com"
    zone_id  = "Z00000000000000000001"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "frontend" {
  config_path = "${get_terragrunt_dir()}/../frontend"
  mock_outputs = {
    domain_name    = "dmock.cloudfront.net"
    hosted_zone_id = "Z00000000000000000002"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  zone_id     = dependency.zone.outputs.zone_id
  domain_name = dependency.zone.outputs.domain_name

  records = merge(
    # CloudFront answers by IPv4 and IPv6; the load balancer has IPv4 addresses only.
    merge([for key, name in { apex = "", www = "www" } : {
      for type in ["A", "AAAA"] : "${key}-${lower(type)}" => {
        name = name
        type = type
        alias = {
          dns_name               = dependency.frontend.outputs.domain_name
          zone_id                = dependency.frontend.outputs.hosted_zone_id
          evaluate_target_health = false # Route 53 refuses it for distributions
        }
      }
    }]...),
    {
      api = {
        name  = "api"
        type  = "A"
        alias = { dns_name = dependency.load_balancer.outputs.dns_name, zone_id = dependency.load_balancer.outputs.zone_id, evaluate_target_health = true }
      }
    },
  )
}
