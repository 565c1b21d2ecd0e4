# Machines, for what runs longer or needs more than a container may: an environment has those that its terraform.tfvars
# names, each watched for memory and disk by the CloudWatch agent.
terraform { source = "${get_repo_root()}/modules//patterns/workers" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "network" {
  config_path = "${get_terragrunt_dir()}/../network"
  mock_outputs = {
    subnet_ids = { private = { us-east-1a = "subnet-00000000000000000", us-east-1b = "subnet-00000000000000010", us-east-1c = "subnet-00000000000000020" } }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "security_groups" {
  config_path                             = "${get_terragrunt_dir()}/../security-groups"
  mock_outputs                            = { security_group_ids = { workers = "sg-00000000000000000" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "roles" {
  config_path = "${get_terragrunt_dir()}/../roles"
  mock_outputs = {
    instance_profile_names = { worker = "mock-worker" }
    role_arns              = { snapshots = "arn:aws:iam::000000000000:role/mock-snapshots" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "alerts" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/alerts"
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  name                  = "${local.context.name}-${local.context.unit}"
  instance_profile_name = dependency.roles.outputs.instance_profile_names["worker"]
  snapshot_role_arn     = dependency.roles.outputs.role_arns["snapshots"]
  subnet_ids            = values(dependency.network.outputs.subnet_ids["private"])
  security_group_ids    = [dependency.security_groups.outputs.security_group_ids["workers"]]
  kms_key_arn           = dependency.keys.outputs.key_arns["data"]
  alarm_topic_arns      = [dependency.alerts.outputs.topic_arns["alerts"]]
}
