resource "aws_lambda_alias" "this" {
  name             = var.alias.name
  description      = "What callers name, so that a version can move under them."
  function_name    = aws_lambda_function.this.function_name
  function_version = try(var.alias.canary.stable_version, aws_lambda_function.this.version)

  dynamic "routing_config" {
    for_each = var.alias.canary[*]
    content {
      additional_version_weights = { (aws_lambda_function.this.version) = routing_config.value.weight }
    }
  }
}

resource "aws_lambda_provisioned_concurrency_config" "this" {
  count = var.concurrency.provisioned == null ? 0 : 1

  function_name                     = aws_lambda_function.this.function_name
  qualifier                         = aws_lambda_alias.this.name
  provisioned_concurrent_executions = var.concurrency.provisioned
}

resource "aws_lambda_permission" "trigger" {
  for_each = var.permissions

  statement_id     = each.key
  function_name    = aws_lambda_function.this.function_name
  qualifier        = aws_lambda_alias.this.name
  action           = each.value.action
  principal        = each.value.principal
  source_arn       = each.value.source_arn
  source_account   = each.value.source_account
  principal_org_id = each.value.principal_org_id
  # Lambda insists on the authentication type in a permission for the address.
  function_url_auth_type = each.value.action == "lambda:InvokeFunctionUrl" ? "AWS_IAM" : null
}

resource "aws_lambda_function_url" "this" {
  count = var.function_url == null ? 0 : 1

  function_name      = aws_lambda_function.this.function_name
  qualifier          = aws_lambda_alias.this.name
  authorization_type = "AWS_IAM"
  invoke_mode        = var.function_url.invoke_mode

  dynamic "cors" {
    for_each = var.function_url.cors[*]
    content {
      allow_origins = cors.value.allow_origins
      allow_methods = cors.value.allow_methods
      allow_headers = cors.value.allow_headers
      max_age       = cors.value.max_age_seconds
    }
  }
}
