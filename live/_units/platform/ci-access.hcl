# How runs of the pipeline reach the account without a stored key: one role that plans, one that applies.
terraform { source = "${get_repo_root()}/modules//security/ci-access" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals

  bucket  = trimsuffix(local.context.state_bucket, local.context.region)
  regions = distinct(compact([local.context.region, local.context.copies_to]))
}

dependency "policies" {
  config_path                             = "${get_terragrunt_dir()}/../ci-policies"
  mock_outputs                            = { policy_arns = { ci-apply = "arn:aws:iam::000000000000:policy/mock-ci-apply" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  name               = "${local.context.name}-ci"
  account_id         = local.context.account_id
  github_environment = local.context.environment
  apply_policy_arns  = { own = dependency.policies.outputs.policy_arns["ci-apply"] }

  states = { for region in local.regions : region => {
    bucket_name = "${local.bucket}${region}"
    kms_alias   = split(":", local.context.state_key_arn)[5]
  } }
}
