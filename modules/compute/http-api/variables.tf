variable "name" {
  description = "Name of the API."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,124}$", var.name))
    error_message = "name must have 1 to 124 letters, digits, dashes or underscores, because the log group and the authorizer carry it; got \"${var.name}\" (${length(var.name)} characters)."
  }
}

variable "integrations" {
  description = "What answers, keyed by short name: a Lambda function (function_arn, of its alias), a load balancer's listener in the VPC (listener_arn), or an https address (url). tls_server_name is the name in the listener's certificate."
  type = map(object({
    function_arn    = optional(string)
    listener_arn    = optional(string)
    url             = optional(string)
    timeout_ms      = optional(number, 29000)
    tls_server_name = optional(string)
  }))
  nullable = false

  validation {
    condition     = alltrue([for integration in var.integrations : length([for target in [integration.function_arn, integration.listener_arn, integration.url] : target if target != null]) == 1])
    error_message = "integrations must each have exactly one of function_arn, listener_arn and url; wrong are ${jsonencode([for key, integration in var.integrations : key if length([for target in [integration.function_arn, integration.listener_arn, integration.url] : target if target != null]) != 1])}."
  }
  validation {
    condition     = alltrue([for integration in var.integrations : integration.url == null || startswith(coalesce(integration.url, "-"), "https://")])
    error_message = "integrations: url must begin with https://, or what the caller sent in confidence leaves in the clear; got ${jsonencode({ for key, integration in var.integrations : key => integration.url if integration.url != null })}."
  }
  validation {
    condition     = alltrue([for integration in var.integrations : integration.listener_arn == null || var.vpc_link != null])
    error_message = "integrations: listener_arn needs vpc_link, the way into the VPC; got none for ${jsonencode([for key, integration in var.integrations : key if integration.listener_arn != null])}."
  }
  validation {
    condition     = alltrue([for integration in var.integrations : integration.timeout_ms >= 50 && integration.timeout_ms <= 30000])
    error_message = "integrations: timeout_ms must be 50 to 30000; got ${jsonencode({ for key, integration in var.integrations : key => integration.timeout_ms if integration.timeout_ms < 50 || integration.timeout_ms > 30000 })}."
  }
}

variable "routes" {
  description = "Routes, keyed as API Gateway writes them (\"POST /orders\", \"ANY /{proxy+}\", \"$default\"), each to an integration. authorization is JWT or AWS_IAM, without: JWT where there is an authorizer, else AWS_IAM. scopes: the token needs one of them."
  type = map(object({
    integration   = string
    authorization = optional(string)
    scopes        = optional(set(string), [])
    throttling = optional(object({
      rate  = number
      burst = number
    }))
  }))
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.routes) : key == "$default" || can(regex("^(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) /[^ ]*$", key))])
    error_message = "routes keys must be a method and a path such as \"POST /orders\", or \"$default\"; got ${jsonencode([for key in keys(var.routes) : key if key != "$default" && !can(regex("^(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) /[^ ]*$", key))])}."
  }
  validation {
    condition     = length(setsubtract([for route in var.routes : route.integration], keys(var.integrations))) == 0
    error_message = "routes must lead to integrations of this API (${join(", ", keys(var.integrations))}); unknown are ${jsonencode(setsubtract([for route in var.routes : route.integration], keys(var.integrations)))}."
  }
  validation {
    condition     = alltrue([for route in var.routes : contains(["JWT", "AWS_IAM"], coalesce(route.authorization, "JWT"))])
    error_message = "routes: authorization must be JWT or AWS_IAM (open routes stand in public_routes); got ${jsonencode({ for key, route in var.routes : key => route.authorization if route.authorization != null })}."
  }
  validation {
    condition     = alltrue([for route in var.routes : var.jwt_authorizer != null || (coalesce(route.authorization, "AWS_IAM") != "JWT" && length(route.scopes) == 0)])
    error_message = "routes: authorization JWT and scopes need jwt_authorizer; got none for ${jsonencode([for key, route in var.routes : key if coalesce(route.authorization, "AWS_IAM") == "JWT" || length(route.scopes) > 0])}."
  }
}

variable "cors" {
  description = "Web origins whose pages may call the API; null for none."
  type = object({
    allow_origins     = set(string)
    allow_credentials = optional(bool, false)
    allow_headers     = optional(set(string), ["authorization", "content-type"])
    allow_methods     = optional(set(string), ["GET", "POST"])
    expose_headers    = optional(set(string), [])
    max_age_seconds   = optional(number, 3600)
  })
  default = null

  validation {
    condition     = var.cors == null || try(alltrue([for origin in var.cors.allow_origins : can(regex("^https://[a-z0-9.-]+(:[0-9]+)?$", origin))]), false)
    error_message = "cors.allow_origins must be https:// origins without a path, as \"*\" lets every page call the API; got ${jsonencode(try(var.cors.allow_origins, []))}."
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

variable "jwt_authorizer" {
  description = "Whose tokens are taken: the issuer's address (a Cognito pool's is https://cognito-idp.<region>.amazonaws.com/<pool id>) and the audiences (client ids). Null for none."
  type = object({
    issuer   = string
    audience = set(string)
  })
  default = null

  validation {
    condition     = var.jwt_authorizer == null || try(startswith(var.jwt_authorizer.issuer, "https://") && length(var.jwt_authorizer.audience) > 0, false)
    error_message = "jwt_authorizer needs an https:// issuer and at least one audience, or any token of the issuer would do; got ${jsonencode(var.jwt_authorizer)}."
  }
}

variable "log_kms_key_arn" {
  description = "Key of the access log, whose policy admits CloudWatch Logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the access log."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a period that CloudWatch offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653); got ${var.log_retention_days}."
  }
}

variable "public_routes" {
  description = "Routes that anybody may call, each named as in routes."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(setsubtract(var.public_routes, keys(var.routes))) == 0
    error_message = "public_routes must name routes of this API (${join(", ", keys(var.routes))}); unknown are ${jsonencode(setsubtract(var.public_routes, keys(var.routes)))}."
  }
}

variable "tags" {
  description = "Tags for everything taggable here, passed on unchanged."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "throttling" {
  description = "Requests per second and burst of each route that has none of its own."
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

variable "vpc_link" {
  description = "Way into the VPC for integrations with listener_arn: subnets, one per availability zone, and security groups that the load balancer admits. Null for none."
  type = object({
    subnet_ids         = set(string)
    security_group_ids = set(string)
  })
  default = null

  validation {
    condition     = var.vpc_link == null || try(length(var.vpc_link.subnet_ids) > 0 && length(var.vpc_link.security_group_ids) > 0, false)
    error_message = "vpc_link needs at least one subnet and one security group; got ${jsonencode(var.vpc_link)}."
  }
}
