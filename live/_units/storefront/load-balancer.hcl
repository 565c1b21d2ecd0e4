# The way in for requests to the API: HTTPS only, behind the web ACL, recorded. Services bring their own rules; what none
# of them wants is answered 404.
terraform { source = "${get_repo_root()}/modules//networking/load-balancer" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "network" {
  config_path = "${get_terragrunt_dir()}/../network"
  mock_outputs = {
    subnet_ids = { public = { us-east-1a = "subnet-00000000000000002", us-east-1b = "subnet-00000000000000003" } }
    vpc_id     = "vpc-00000000000000000"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "security_groups" {
  config_path                             = "${get_terragrunt_dir()}/../security-groups"
  mock_outputs                            = { security_group_ids = { load-balancer = "sg-00000000000000001" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "certificate" {
  config_path                             = "${get_terragrunt_dir()}/../certificate"
  mock_outputs                            = { certificate_arn = "arn:aws:acm:us-east-1:000000000000:certificate/mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "waf" {
  config_path = "${get_terragrunt_dir()}/../waf"
  mock_outputs = {
    web_acl_arn = "arn:aws:wafv2:us-east-1:000000000000:regional/webacl/mock/00000000-0000-0000-0000-000000000000"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "log_archive" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/log-archive"
  mock_outputs                            = { bucket_name = "mock-platform-logs" }
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
  vpc_id             = dependency.network.outputs.vpc_id
  subnet_ids         = dependency.network.outputs.subnet_ids["public"]
  security_group_ids = [dependency.security_groups.outputs.security_group_ids["load-balancer"]]
  internet_facing    = true
  certificate_arn    = dependency.certificate.outputs.certificate_arn
  web_acl            = { arn = dependency.waf.outputs.web_acl_arn }
  access_logs        = { bucket_name = dependency.log_archive.outputs.bucket_name, prefix = local.context.system }
  alarm_topic_arns   = [dependency.alerts.outputs.topic_arns["alerts"]]
}
