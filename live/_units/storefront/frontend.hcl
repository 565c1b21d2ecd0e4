# The pages of the shop: a bucket that CloudFront alone reads, under the shop's own names, behind the web ACL.
terraform { source = "${get_repo_root()}/modules//patterns/static-site" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "certificate" {
  config_path                             = "${get_terragrunt_dir()}/../certificate"
  mock_outputs                            = { certificate_arn = "arn:aws:acm:us-east-1:000000000000:certificate/mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "edge_waf" {
  config_path = "${get_terragrunt_dir()}/../waf-edge"
  mock_outputs = {
    web_acl_arn = "arn:aws:wafv2:us-east-1:000000000000:global/webacl/mock/00000000-0000-0000-0000-000000000000"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "zone" {
  config_path                             = "${get_terragrunt_dir()}/../dns-zone"
  mock_outputs                            = { domain_name = "mock.example.com" }
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
  aliases           = [dependency.zone.outputs.domain_name, "www.${dependency.zone.outputs.domain_name}"]
  certificate_arn   = dependency.certificate.outputs.certificate_arn
  web_acl           = { arn = dependency.edge_waf.outputs.web_acl_arn }

  # Pages load from their own origin and talk to the API, and to nobody else.
  content_security_policy = "default-src 'self'; connect-src 'self' https://api.${dependency.zone.outputs.domain_name}; frame-ancestors 'none'; object-src 'none'"
}
