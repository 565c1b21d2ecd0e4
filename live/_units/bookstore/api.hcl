# The one entry to the bookstore: checks tokens and bodies, limits callers, and passes what it lets in to the services.
terraform { source = "${get_repo_root()}/modules//compute/api-gateway" }

locals {
  context  = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  here     = "${local.context.region}:${local.context.account_id}"
  function = "arn:aws:lambda:${local.here}:function:${local.context.name}-image-uploads:live"
}

dependency "auth" {
  config_path                             = "${get_terragrunt_dir()}/../auth"
  mock_outputs                            = { user_pool_arn = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_mockpool0" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "link" {
  config_path                             = "${get_terragrunt_dir()}/../load-balancer-link"
  mock_outputs                            = { load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/mock/0000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "certificate" {
  config_path                             = "${get_terragrunt_dir()}/../certificate"
  mock_outputs                            = { domains = ["services.mock.example.com"] }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "waf" {
  config_path                             = "${get_terragrunt_dir()}/../waf"
  mock_outputs                            = { web_acl_arn = "arn:aws:wafv2:us-east-1:000000000000:regional/webacl/mock/00000000-0000-0000-0000-000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "iam" {
  config_path                             = "${get_terragrunt_dir()}/../iam"
  mock_outputs                            = { role_arns = { api = "arn:aws:iam::000000000000:role/mock-api" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

# The function is named in the document by its ARN, which is known; the role with which API Gateway writes its logs
# exists once per account: without it no stage can be made that logs.
dependencies { paths = ["${get_terragrunt_dir()}/../functions-uploads", "${get_terragrunt_dir()}/../../platform/account-settings"] }

inputs = {
  description       = "Books, orders, users and reviews"
  authorizer        = { type = "cognito", user_pool_arns = [dependency.auth.outputs.user_pool_arn] }
  public_operations = ["GET /healthz"]
  log_kms_key_arn   = dependency.platform_keys.outputs.key_arns["logs"]
  vpc_links         = { services = dependency.link.outputs.load_balancer_arn }
  web_acl           = { arn = dependency.waf.outputs.web_acl_arn }

  cors = {
    allow_origin  = "https://bookstore.${local.context.domain}"
    allow_methods = ["GET", "OPTIONS", "POST", "PUT"]
  }

  openapi = templatefile("${get_repo_root()}/live/_units/bookstore/openapi.yaml", {
    host       = one(dependency.certificate.outputs.domains)
    role       = dependency.iam.outputs.role_arns["api"]
    upload_uri = "arn:aws:apigateway:${local.context.region}:lambda:path/2015-03-31/functions/${local.function}/invocations"
  })
}
