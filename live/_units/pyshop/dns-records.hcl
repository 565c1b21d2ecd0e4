# The domain and its hosts lead to the load balancer. Without a domain there is nothing to write.
terraform { source = "${get_repo_root()}/modules//networking/dns-records" }

locals {
  no_domain = "no-domain.invalid" # stands where the module wants a name and makes no record of it
}

dependency "domain" {
  config_path = "${get_terragrunt_dir()}/../dns-zone"
  mock_outputs = {
    domain_name = "mock.example.com"
    hosts       = ["www"]
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

inputs = {
  zone_id     = coalesce(dependency.domain.outputs.zone_id, local.no_domain)
  domain_name = coalesce(dependency.domain.outputs.domain_name, local.no_domain)

  records = dependency.domain.outputs.zone_id == "" ? {} : {
    for host in concat([""], dependency.domain.outputs.hosts) : (host == "" ? "apex" : host) => {
      name  = host
      type  = "A"
      alias = { dns_name = dependency.load_balancer.outputs.dns_name, zone_id = dependency.load_balancer.outputs.zone_id }
    }
  }
}
