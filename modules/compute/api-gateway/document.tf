locals {
  _given  = try(yamldecode(var.openapi), {})
  _paths  = try(local._given.paths, {})
  methods = ["delete", "get", "head", "options", "patch", "post", "put", "x-amazon-apigateway-any-method"]

  # "POST /orders" => operation; how validations and throttles name one.
  operations = merge([for path, item in local._paths : {
    for key, operation in item : "${key == "x-amazon-apigateway-any-method" ? "ANY" : upper(key)} ${path}" => operation if contains(local.methods, key)
  }]...)
  anonymous = [
    for name, operation in local.operations : name
    if !startswith(name, "OPTIONS ") && !can(operation["x-amazon-apigateway-auth"]) && length(try(operation.security, var.authorizer[*])) == 0
  ]

  _authtypes = { iam = "awsSigv4", cognito = "cognito_user_pools" }

  # A browser asks before it sends; the answer is fixed and needs no function.
  _cors_headers = var.cors == null ? {} : {
    "Access-Control-Allow-Origin"  = "'${var.cors.allow_origin}'"
    "Access-Control-Allow-Methods" = "'${join(",", var.cors.allow_methods)}'"
    "Access-Control-Allow-Headers" = "'${join(",", var.cors.allow_headers)}'"
    "Access-Control-Max-Age"       = "'${var.cors.max_age_seconds}'"
  }
  _preflight = {
    security = []
    responses = { "204" = {
      description = "What this origin may send."
      headers     = { for header in keys(local._cors_headers) : header => { schema = { type = "string" } } }
    } }
    "x-amazon-apigateway-integration" = {
      type             = "mock"
      requestTemplates = { "application/json" = jsonencode({ statusCode = 204 }) }
      responses = { default = {
        statusCode         = "204"
        responseParameters = { for header, value in local._cors_headers : "method.response.header.${header}" => value }
      } }
    }
  }

  # Answers that API Gateway gives by itself. Without these, a refused body reads "Invalid request body" and
  # nobody learns which field it was.
  _gateway_headers = { for header, value in local._cors_headers : "gatewayresponse.header.${header}" => value }
  _gateway_responses = {
    for type, reason in {
      BAD_REQUEST_BODY = ",\"reason\":\"$context.error.validationErrorString\""
      DEFAULT_4XX      = ""
      DEFAULT_5XX      = ""
      } : type => {
      responseParameters = local._gateway_headers
      responseTemplates  = { "application/json" = "{\"message\":$context.error.messageString${reason},\"request_id\":\"$context.requestId\"}" }
    }
  }

  # The import replaces all of the API, so everything that belongs to it stands in this one document: resources
  # of their own beside it (gateway responses, methods, authorizers) would vanish on the next change.
  body = jsonencode(merge(local._given, {
    info = merge(try(local._given.info, {}), { title = var.name })
    paths = {
      for path, item in local._paths : path => merge(
        { for key, part in item : key => part if !contains(local.methods, key) },
        { for key, operation in item : key => merge(
          { for name in var.authorizer[*].name : "security" => [{ (name) = var.authorizer.scopes }] if key != "options" },
          operation,
        ) if contains(local.methods, key) },
        { for key in var.cors[*] : "options" => local._preflight if !can(item.options) },
      )
    }
    components = merge(try(local._given.components, {}), {
      securitySchemes = merge(
        # apiKey is the only type that the import knows for something in a header.
        { for authorizer in var.authorizer[*] : authorizer.name => merge(
          { type = "apiKey", name = "Authorization", in = "header", "x-amazon-apigateway-authtype" = local._authtypes[authorizer.type] },
          { for arns in [authorizer.user_pool_arns] : "x-amazon-apigateway-authorizer" => { type = "cognito_user_pools", providerARNs = arns } if authorizer.type == "cognito" },
        ) },
        try(local._given.components.securitySchemes, {}),
      )
    })
    "x-amazon-apigateway-request-validators" = merge(
      { everything = { validateRequestBody = true, validateRequestParameters = true } },
      try(local._given["x-amazon-apigateway-request-validators"], {}),
    )
    "x-amazon-apigateway-request-validator" = try(local._given["x-amazon-apigateway-request-validator"], "everything")
    "x-amazon-apigateway-gateway-responses" = merge(
      local._gateway_responses,
      try(local._given["x-amazon-apigateway-gateway-responses"], {}),
    )
  }))
}
