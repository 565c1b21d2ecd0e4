data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  alias = "live"

  # Written out instead of taken from the functions' outputs: so the document is known when a plan is made, its
  # rules are checked there, and a plan says whether the API is redeployed.
  _here = "${data.aws_partition.current.partition}:lambda:${data.aws_region.current.name}:${var.account_id}:function"
  _api  = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.name}:lambda:path/2015-03-31/functions"
  invoke_arns = {
    for key in keys(var.functions) : key => "${local._api}/arn:${local._here}:${var.name}-${key}:${local.alias}/invocations"
  }

  document = templatestring(var.openapi, { invoke_arns = local.invoke_arns })
  # The same with names that are known even where a region or an account is not: who may call whom decides what is made.
  _names    = { for key in keys(var.functions) : key => "function/${key}" }
  _template = yamldecode(templatestring(var.openapi, { invoke_arns = local._names }))

  # Which operations of the document call which function, and how a permission spells each. It knows no {order_id}:
  # a star stands for what the caller writes there.
  _methods = ["delete", "get", "head", "options", "patch", "post", "put", "x-amazon-apigateway-any-method"]
  _calls = flatten([for path, item in local._template.paths : [
    for method, operation in item : {
      uri  = try(operation["x-amazon-apigateway-integration"].uri, "")
      verb = method == "x-amazon-apigateway-any-method" ? "*" : upper(method)
      path = path
    } if contains(local._methods, method)
  ]])
  permissions = { for key, name in local._names : key => {
    for call in local._calls : trim(replace("${call.verb == "*" ? "ANY" : call.verb}${call.path}", "/[^A-Za-z0-9_]+/", "-"), "-") => {
      principal  = "apigateway.amazonaws.com"
      source_arn = "${module.api.execution_arn}/${var.stage_name}/${call.verb}${replace(call.path, "/\\{[^}]*\\}/", "*")}"
    } if call.uri == name
  } }

  # A list of one or none, so that a function without settings takes the defaults of compute/lambda.
  settings = { for key in keys(var.functions) : key => [for name, settings in var.function_settings : settings if name == key] }
  # A caller behind API Gateway waits 29 seconds at most, so a function has less unless its settings say so.
  timeouts = { for key in keys(var.functions) : key => coalesce(one(local.settings[key][*].timeout_seconds), 10) }
}

module "function" {
  source   = "../../compute/lambda"
  for_each = var.functions

  name        = "${var.name}-${each.key}"
  description = each.value.description
  package     = { filename = each.value.filename, handler = each.value.handler, code_signing_config_arn = var.code_signing_config_arn }
  role_arn    = each.value.role_arn
  alias       = { name = local.alias, canary = one(local.settings[each.key][*].canary) }
  environment = each.value.environment
  dead_letter = each.value.dead_letter
  kms_key_arn = var.kms_key_arn

  memory_mb       = one(local.settings[each.key][*].memory_mb)
  timeout_seconds = local.timeouts[each.key]
  log_level       = one(local.settings[each.key][*].log_level)
  concurrency = {
    provisioned = one(local.settings[each.key][*].provisioned_concurrency)
    reserved    = one(local.settings[each.key][*].reserved_concurrency)
  }

  subnet_ids         = length(each.value.security_group_ids) > 0 ? var.subnet_ids : []
  security_group_ids = each.value.security_group_ids

  permissions        = local.permissions[each.key]
  log_kms_key_arn    = var.log_kms_key_arn
  log_retention_days = var.log_retention_days
  tags               = var.tags
}

module "api" {
  source = "../../compute/api-gateway"

  name                         = var.name
  description                  = var.description
  openapi                      = local.document
  authorizer                   = var.authorizer
  public_operations            = var.public_operations
  cache                        = var.cache
  client_certificates          = var.client_certificates
  cors                         = var.cors
  custom_domain                = var.custom_domain
  disable_execute_api_endpoint = var.disable_execute_api_endpoint
  stage_name                   = var.stage_name
  throttling                   = var.throttling
  method_throttling            = var.method_throttling
  usage_plans                  = var.usage_plans
  vpc_links                    = var.vpc_links
  web_acl                      = var.web_acl
  log_kms_key_arn              = var.log_kms_key_arn
  log_retention_days           = var.log_retention_days
  tags                         = var.tags
}
