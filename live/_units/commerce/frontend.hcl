# The pages of the shop: a bucket that CloudFront alone reads, behind the web ACL where the environment has one.
terraform { source = "${get_repo_root()}/modules//patterns/static-site" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  has_waf = local.context.size != "small"
}

dependency "edge_waf" {
  config_path = "${get_terragrunt_dir()}/../waf-edge"
  enabled     = local.has_waf
  mock_outputs = {
    web_acl_arn = "arn:aws:wafv2:us-east-1:000000000000:global/webacl/mock/00000000-0000-0000-0000-000000000000"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "log_archive" {
  config_path = "${get_terragrunt_dir()}/../../platform/log-archive"
  mock_outputs = {
    bucket_arn  = "arn:aws:s3:::mock-platform-logs"
    bucket_name = "mock-platform-logs"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id        = local.context.account_id
  access_log_bucket = { arn = dependency.log_archive.outputs.bucket_arn, name = dependency.log_archive.outputs.bucket_name }
  web_acl           = local.has_waf ? { arn = dependency.edge_waf.outputs.web_acl_arn } : null

  # Pages load from their own origin and talk to APIs of this region, and to nobody else. CORS at the API says which.
  content_security_policy = "default-src 'self'; connect-src 'self' https://*.execute-api.${local.context.region}.amazonaws.com; frame-ancestors 'none'; object-src 'none'"
}
