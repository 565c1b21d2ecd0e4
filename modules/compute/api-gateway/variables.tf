variable "name" {
  description = "Name of the API."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,128}$", var.name))
    error_message = "name must have 1 to 128 letters, digits, dashes or underscores, because the log group carries it; got \"${var.name}\" (${length(var.name)} characters)."
  }
}

variable "openapi" {
  description = "The API as an OpenAPI 3.0 document, JSON or YAML, with an x-amazon-apigateway-integration in every operation. Request validation, error answers, the authorizer and preflight answers are added to it."
  type        = string
  nullable    = false

  validation {
    condition     = can(yamldecode(var.openapi)) && startswith(try(yamldecode(var.openapi).openapi, ""), "3.0")
    error_message = "openapi must be an OpenAPI 3.0 document in JSON or YAML (API Gateway imports no 3.1); got one that says openapi: ${jsonencode(try(yamldecode(var.openapi).openapi, null))}."
  }
  validation {
    condition     = length(try(yamldecode(var.openapi).paths, {})) > 0
    error_message = "openapi must have at least one path, or there is nothing to deploy; got ${jsonencode(try(yamldecode(var.openapi).paths, null))}."
  }
  validation {
    condition = alltrue(flatten([for path, item in try(yamldecode(var.openapi).paths, {}) : [
      for key, operation in item : can(operation["x-amazon-apigateway-integration"]) if contains(local.methods, key)
    ]]))
    error_message = format(
      "openapi: every operation needs an x-amazon-apigateway-integration, or the deployment fails; missing in %s.",
      jsonencode(flatten([for path, item in try(yamldecode(var.openapi).paths, {}) : [
        for key, operation in item : "${upper(key)} ${path}" if contains(local.methods, key) && !can(operation["x-amazon-apigateway-integration"])
      ]]))
    )
  }
}

variable "authorizer" {
  description = "What every operation requires that has no security of its own: type iam, a request signed with AWS credentials; type cognito, a JWT of these user pools (with scopes, an access token that has one of them). Null leaves it to the document."
  type = object({
    type           = string
    user_pool_arns = optional(set(string), [])
    scopes         = optional(set(string), [])
    name           = optional(string, "caller")
  })
  default = null

  validation {
    condition     = var.authorizer == null || try(contains(["iam", "cognito"], var.authorizer.type), false)
    error_message = "authorizer.type must be iam or cognito; got \"${try(var.authorizer.type, "null")}\"."
  }
  validation {
    condition     = var.authorizer == null || try((var.authorizer.type == "cognito") == (length(var.authorizer.user_pool_arns) > 0) && alltrue([for arn in var.authorizer.user_pool_arns : can(regex("^arn:[a-z-]+:cognito-idp:", arn))]), false)
    error_message = "authorizer.user_pool_arns must be ARNs of Cognito user pools with type cognito, and empty with iam; got ${jsonencode(try(var.authorizer.user_pool_arns, []))} with ${try(var.authorizer.type, "null")}."
  }
}

variable "binary_media_types" {
  description = "Media types that reach the integration as they are, such as image/png."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "cache" {
  description = "Keeps answers in a cache of its own, encrypted, which costs by the hour; null for none. operations are keyed \"GET /books\", or \"GET *\" for each one that anybody may call; 0 seconds keeps nothing of one. Everybody who asks with the same path and cacheKeyParameters gets the same answer: name none that answers each caller differently."
  type = object({
    size_gb    = optional(number, 0.5)
    operations = map(object({ ttl_seconds = optional(number, 300) }))
  })
  default = null

  validation {
    condition     = var.cache == null ? true : contains([0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237], var.cache.size_gb)
    error_message = "cache.size_gb must be one that API Gateway offers (0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237); got ${try(var.cache.size_gb, "null")}."
  }
  validation {
    condition     = var.cache == null ? true : alltrue([for operation in var.cache.operations : operation.ttl_seconds >= 0 && operation.ttl_seconds <= 3600 && floor(operation.ttl_seconds) == operation.ttl_seconds])
    error_message = "cache.operations: ttl_seconds must be a whole number from 0 to 3600; got ${jsonencode(try({ for name, operation in var.cache.operations : name => operation.ttl_seconds }, null))}."
  }
  validation {
    condition     = var.cache == null ? true : anytrue([for operation in var.cache.operations : operation.ttl_seconds > 0])
    error_message = "cache.operations must keep the answers of at least one operation, or the cache costs by the hour for nothing; got ${jsonencode(try(var.cache.operations, null))}."
  }
  validation {
    condition     = var.cache == null ? true : length(setsubtract(keys(var.cache.operations), concat(keys(local.gets), ["GET *"]))) == 0
    error_message = "cache.operations must name GET operations of the document (${join(", ", keys(local.gets))}) or \"GET *\", as what a body asks for is not part of the cache key; got ${jsonencode(setsubtract(try(keys(var.cache.operations), []), concat(keys(local.gets), ["GET *"])))}."
  }
  validation {
    condition     = var.cache == null ? true : alltrue([for name, missing in local.not_in_cache_key : length(missing) == 0 || try(var.cache.operations[name].ttl_seconds, var.cache.operations["GET *"].ttl_seconds, 0) == 0])
    error_message = "cache.operations: each parameter in path and query must stand in the integration's cacheKeyParameters, or one answer is given for all its values; missing are ${jsonencode({ for name, missing in local.not_in_cache_key : name => missing if length(missing) > 0 && try(var.cache.operations[name].ttl_seconds, var.cache.operations["GET *"].ttl_seconds, 0) > 0 })}."
  }
  validation {
    condition     = var.cache == null ? true : try(var.cache.operations["GET *"].ttl_seconds, 0) == 0 || length(setsubtract(keys(local.gets), concat(keys(var.cache.operations), tolist(var.public_operations)))) == 0
    error_message = "cache.operations: \"GET *\" is for operations that anybody may call; one that asks who the caller is has to be named, 0 seconds keep nothing of it; not named are ${jsonencode(setsubtract(keys(local.gets), concat(try(keys(var.cache.operations), []), tolist(var.public_operations))))}."
  }
  validation {
    condition     = var.cache == null ? true : try(var.cache.operations["GET *"].ttl_seconds, 0) == 0 || !anytrue([for name in keys(local.operations) : startswith(name, "ANY ")])
    error_message = "cache.operations: \"GET *\" does not go with ANY operations, whose GET it would keep unseen; write GET down by itself in ${jsonencode([for name in keys(local.operations) : name if startswith(name, "ANY ")])}."
  }
}

variable "canary" {
  description = "Sends that percentage of the calls through the same API with other stage variables (another function alias, another VPC link); null for none."
  type = object({
    percent         = number
    stage_variables = map(string)
  })
  default = null

  validation {
    condition     = var.canary == null || try(var.canary.percent > 0 && var.canary.percent < 100, false)
    error_message = "canary.percent must lie between 0 and 100, both excluded; got ${try(var.canary.percent, "null")}."
  }
  validation {
    condition     = var.canary == null || try(length(var.canary.stage_variables) > 0, false)
    error_message = "canary.stage_variables must change at least one variable, or the canary equals the rest; got ${jsonencode(try(var.canary.stage_variables, {}))}."
  }
}

variable "client_certificates" {
  description = "Certificates by which HTTP back ends know that a call comes from this stage; functions need none. The stage shows the one named presented; others are made beside it, for a back end to trust the next one before it is shown. Each ends after 365 days: name them by year. Null for none."
  type = object({
    presented = string
    others    = optional(set(string), [])
  })
  default = null

  validation {
    condition     = var.client_certificates == null ? true : alltrue([for name in setunion([var.client_certificates.presented], var.client_certificates.others) : can(regex("^[a-zA-Z0-9_.-]{1,64}$", name))])
    error_message = "client_certificates must be named by 1 to 64 letters, digits, dots, dashes or underscores; got ${jsonencode(var.client_certificates)}."
  }
}

variable "cors" {
  description = "The one web origin whose pages may call the API. Integrations of type aws_proxy must send Access-Control-Allow-Origin themselves; preflight and error answers come from here. Null for none."
  type = object({
    allow_origin    = string
    allow_headers   = optional(set(string), ["Authorization", "Content-Type", "X-Correlation-Id"])
    allow_methods   = optional(set(string), ["GET", "OPTIONS", "POST"])
    max_age_seconds = optional(number, 3600)
  })
  default = null

  validation {
    condition     = var.cors == null || can(regex("^https://[a-z0-9.-]+(:[0-9]+)?$", var.cors.allow_origin))
    error_message = "cors.allow_origin must be one https:// origin without a path, as \"*\" lets every page call the API; got \"${try(var.cors.allow_origin, "null")}\"."
  }
}

variable "custom_domain" {
  description = "A name of one's own with its certificate (same region); TLS 1.2 or later. Null for none."
  type = object({
    domain_name     = string
    certificate_arn = string
    base_path       = optional(string)
  })
  default = null

  validation {
    condition     = var.custom_domain == null || can(regex("^arn:[a-z-]+:acm:", var.custom_domain.certificate_arn))
    error_message = "custom_domain.certificate_arn must be the ARN of an ACM certificate; got \"${try(var.custom_domain.certificate_arn, "null")}\"."
  }
}

variable "description" {
  description = "What the API is for, as the console shows it."
  type        = string
  default     = ""
  nullable    = false
}

variable "disable_execute_api_endpoint" {
  description = "Closes the amazonaws.com address, so that everybody comes through the custom domain."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.disable_execute_api_endpoint || var.custom_domain != null
    error_message = "disable_execute_api_endpoint needs a custom_domain, or nobody could reach the API; got ${var.disable_execute_api_endpoint} without one."
  }
}

variable "execution_log_level" {
  description = "What API Gateway itself logs of each request: ERROR, INFO, or OFF. Never bodies."
  type        = string
  default     = "ERROR"
  nullable    = false

  validation {
    condition     = contains(["ERROR", "INFO", "OFF"], var.execution_log_level)
    error_message = "execution_log_level must be ERROR, INFO or OFF; got \"${var.execution_log_level}\"."
  }
}

variable "log_kms_key_arn" {
  description = "Key for the log groups, whose policy admits CloudWatch Logs; null uses the service's own key."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps access and execution logs."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a period that CloudWatch offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653); got ${var.log_retention_days}."
  }
}

variable "method_throttling" {
  description = "Requests per second and burst of single operations, keyed \"POST /orders\"."
  type = map(object({
    rate  = number
    burst = number
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(setsubtract(keys(var.method_throttling), keys(local.operations))) == 0
    error_message = "method_throttling must name operations of the document (${join(", ", keys(local.operations))}); unknown are ${jsonencode(setsubtract(keys(var.method_throttling), keys(local.operations)))}."
  }
}

variable "public_operations" {
  description = "Operations that anybody may call without signing or token, each named as \"GET /healthz\"."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(setsubtract(local.anonymous, var.public_operations)) == 0
    error_message = "public_operations must name every operation that anybody may call; the others need security in the document or an authorizer; open are ${jsonencode(setsubtract(local.anonymous, var.public_operations))}."
  }
  validation {
    condition     = length(setsubtract(var.public_operations, keys(local.operations))) == 0
    error_message = "public_operations must name operations of the document (${join(", ", keys(local.operations))}); unknown are ${jsonencode(setsubtract(var.public_operations, keys(local.operations)))}."
  }
}

variable "stage_name" {
  description = "Name of the stage; the first part of the path in the default address."
  type        = string
  default     = "live"
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,128}$", var.stage_name))
    error_message = "stage_name must have 1 to 128 letters, digits, dashes or underscores; got \"${var.stage_name}\"."
  }
}

variable "stage_variables" {
  description = "Values that the document reads as stageVariables; never secrets."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.stage_variables) : can(regex("^[a-zA-Z0-9_]+$", key))])
    error_message = "stage_variables keys must be letters, digits or underscores; got ${jsonencode([for key in keys(var.stage_variables) : key if !can(regex("^[a-zA-Z0-9_]+$", key))])}."
  }
}

variable "tags" {
  description = "Tags for everything taggable here, passed on unchanged."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "throttling" {
  description = "Requests per second and burst of the stage, over all clients."
  type = object({
    rate  = optional(number, 100)
    burst = optional(number, 200)
  })
  default  = {}
  nullable = false

  validation {
    # 10000 a second is what an account has per region unless AWS raised it.
    condition     = var.throttling.rate > 0 && var.throttling.rate <= 10000 && var.throttling.burst >= 1 && var.throttling.burst <= 5000
    error_message = "throttling.rate must be above 0 and at most 10000, throttling.burst 1 to 5000, the account's own limits; got ${jsonencode(var.throttling)}."
  }
}

variable "tracing_enabled" {
  description = "Traces every call with X-Ray, from here on."
  type        = bool
  default     = true
  nullable    = false
}

variable "usage_plans" {
  description = "Limits per client, keyed by client; operations that ask for x-api-key are counted. The keys are made and attached outside Terraform."
  type = map(object({
    rate        = number
    burst       = number
    description = optional(string)
    quota = optional(object({
      limit  = number
      period = optional(string, "MONTH")
    }))
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for plan in var.usage_plans : plan.quota == null || try(contains(["DAY", "WEEK", "MONTH"], plan.quota.period), false)])
    error_message = "usage_plans: quota.period must be DAY, WEEK or MONTH; got ${jsonencode({ for key, plan in var.usage_plans : key => plan.quota.period if plan.quota != null })}."
  }
}

variable "vpc_links" {
  description = "Network load balancers in the VPC that integrations reach, ARN by short name; the document names one as stageVariables.vpc_link_<name>, dashes as underscores."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.vpc_links) : can(regex(":loadbalancer/net/", arn))])
    error_message = "vpc_links must be ARNs of network load balancers, the only target of a REST API's link; got ${jsonencode({ for key, arn in var.vpc_links : key => arn if !can(regex(":loadbalancer/net/", arn)) })}."
  }
}

variable "web_acl" {
  description = "Web ACL of REGIONAL scope in front of the stage; null for none."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.web_acl == null ? true : can(regex(":regional/webacl/", var.web_acl.arn))
    error_message = "web_acl must be of REGIONAL scope, as one for CloudFront does not fit a stage; got ${jsonencode(var.web_acl)}."
  }
}
