# The names by which services find each other inside the VPC: cart.storefront.internal and so on.
terraform { source = "${get_repo_root()}/modules//networking/service-discovery" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "network" {
  config_path                             = "${get_terragrunt_dir()}/../network"
  mock_outputs                            = { vpc_id = "vpc-00000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  vpc_id    = dependency.network.outputs.vpc_id
  namespace = "${local.context.system}.internal"
}
