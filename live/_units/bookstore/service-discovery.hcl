# Under which names the services find each other: <service>.bookstore.internal.
terraform { source = "${get_repo_root()}/modules//networking/service-discovery" }

dependency "network" {
  config_path                             = "${get_terragrunt_dir()}/../network"
  mock_outputs                            = { vpc_id = "vpc-00000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  namespace = "bookstore.internal"
  vpc_id    = dependency.network.outputs.vpc_id
  services  = { for service in ["catalog", "notifications", "orders", "reviews", "users"] : service => {} }
}
