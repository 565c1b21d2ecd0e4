# The machine image that instances start from: patched, with the agent that reports memory and disk, tested before it is
# handed out. Its id stands in an SSM parameter after the first build.
terraform { source = "${get_repo_root()}/modules//compute/golden-image" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../kms"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "roles" {
  config_path = "${get_terragrunt_dir()}/../image-roles"
  mock_outputs = {
    instance_profile_names = { image-machine = "mock-image-machine" }
    role_arns              = { image-pipeline = "arn:aws:iam::000000000000:role/mock-image-pipeline" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "alerts" {
  config_path                             = "${get_terragrunt_dir()}/../alerts"
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "log_archive" {
  config_path                             = "${get_terragrunt_dir()}/../log-archive"
  mock_outputs                            = { bucket_name = "mock-platform-logs" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  name                  = "${local.context.name}-base"
  execution_role_arn    = dependency.roles.outputs.role_arns["image-pipeline"]
  instance_profile_name = dependency.roles.outputs.instance_profile_names["image-machine"]
  kms_key_arn           = dependency.keys.outputs.key_arns["data"]
  log_bucket_name       = dependency.log_archive.outputs.bucket_name
  regions               = { (local.context.region) = { kms_key_arn = dependency.keys.outputs.key_arns["data"] } }
  sns_topic_arn         = dependency.alerts.outputs.topic_arns["alerts"]
}
