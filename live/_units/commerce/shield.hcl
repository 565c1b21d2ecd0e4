# What Shield Advanced protects once it is bought: the way in for customers.
terraform { source = "${get_repo_root()}/modules//security/shield" }

dependency "frontend" {
  config_path                             = "${get_terragrunt_dir()}/../frontend"
  mock_outputs                            = { distribution_arn = "arn:aws:cloudfront::000000000000:distribution/EMOCK" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  resources = {
    pages = { arn = dependency.frontend.outputs.distribution_arn, automatic_response = "block" }
  }
}
