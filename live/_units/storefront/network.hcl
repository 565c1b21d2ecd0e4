# Network of storefront: what the internet may reach in public subnets, everything else in private ones, over two zones.
terraform { source = "${get_repo_root()}/modules//patterns/network" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id        = local.context.account_id
  vpc_cidr_block    = local.context.vpc_cidr
  kms_key_arn       = dependency.keys.outputs.key_arns["logs"]
  gateway_endpoints = { s3 = {} } # images come from S3; through the NAT gateway each would be paid for

  # Answers from the internet come to high ports, and so must be let in; the ports that services and the database listen
  # on are high ports too, and nobody outside may try them, whatever a security group says one day.
  network_acl_rules = {
    private = {
      ingress = {
        no-services = { number = 350, action = "deny", from_port = 8080, cidr_ipv4 = "0.0.0.0/0" }
        no-database = { number = 360, action = "deny", from_port = 5432, cidr_ipv4 = "0.0.0.0/0" }
      }
    }
  }
}
