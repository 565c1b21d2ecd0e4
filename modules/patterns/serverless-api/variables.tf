variable "account_id" {
  description = "Account that the functions stand in: the API names their ARNs before they exist."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have 12 digits; got \"${var.account_id}\"."
  }
}

variable "functions" {
  description = "Functions behind the API, keyed by short name; the key is part of the state address. filename is the zip beside the root module; one with security_group_ids runs in subnet_ids; dead_letter takes the events of calls for whose answer nobody waits (X-Amz-Invocation-Type: Event)."
  type = map(object({
    filename           = string
    role_arn           = string
    dead_letter        = optional(object({ arn = string }))
    description        = optional(string)
    environment        = optional(map(string), {})
    handler            = optional(string)
    security_group_ids = optional(set(string), [])
  }))
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.functions) : length("${var.name}-${key}") <= 64])
    error_message = "A function's name, <name>-<key>, may have 64 characters; got ${jsonencode([for key in keys(var.functions) : "${var.name}-${key}" if length("${var.name}-${key}") > 64])}."
  }
  validation {
    condition     = alltrue([for function in var.functions : length(function.security_group_ids) == 0 || length(var.subnet_ids) > 0])
    error_message = "functions with security_group_ids run in the VPC and need subnet_ids; got none for ${jsonencode([for key, function in var.functions : key if length(function.security_group_ids) > 0])}."
  }
}

variable "name" {
  description = "Name of the API and prefix of its functions, for example acme-dev-order-analytics."
  type        = string
  nullable    = false
}

variable "openapi" {
  description = "OpenAPI 3.0 document of the API, YAML or JSON, a template in which $${invoke_arns[\"<function key>\"]} stands for the uri of a function's integration."
  type        = string
  nullable    = false

  validation {
    condition     = can(templatestring(var.openapi, { invoke_arns = { for key in keys(var.functions) : key => key } }))
    error_message = "openapi must be a template that names only functions of this unit (${join(", ", keys(var.functions))}); it names ${jsonencode(distinct(flatten(regexall("invoke_arns\\[\"([^\"]*)\"\\]", var.openapi))))}."
  }
  validation {
    condition     = alltrue([for key in keys(var.functions) : strcontains(var.openapi, "invoke_arns[\"${key}\"]")])
    error_message = "openapi must call every function of this unit as $${invoke_arns[\"<key>\"]}, or nobody could reach them; not called are ${jsonencode([for key in keys(var.functions) : key if !strcontains(var.openapi, "invoke_arns[\"${key}\"]")])}."
  }
}

variable "authorizer" {
  description = "What every operation requires that has no security of its own: type iam, a request signed with AWS credentials; type cognito, a JWT of these user pools. Null leaves it to the document."
  type = object({
    type           = string
    user_pool_arns = optional(set(string))
    scopes         = optional(set(string))
  })
  default = null
}

variable "cache" {
  description = "Keeps answers in a cache of its own, encrypted, which costs by the hour; null for none. operations are keyed \"GET /books\", or \"GET *\" for each one that anybody may call; 0 seconds keeps nothing of one. Everybody who asks with the same path and cacheKeyParameters gets the same answer."
  type = object({
    size_gb    = optional(number)
    operations = map(object({ ttl_seconds = optional(number) }))
  })
  default = null
}

variable "client_certificates" {
  description = "Certificates by which HTTP back ends beside the functions know that a call comes from this stage, each for 365 days; the stage shows the one named presented. Null for none."
  type = object({
    presented = string
    others    = optional(set(string))
  })
  default = null
}

variable "code_signing_config_arn" {
  description = "Code signing configuration of every function, as in compute/lambda: the zips are signed; null takes any zip."
  type        = string
  default     = null
}

variable "cors" {
  description = "The one web origin whose pages may call the API; null for none."
  type = object({
    allow_origin    = string
    allow_headers   = optional(set(string))
    allow_methods   = optional(set(string))
    max_age_seconds = optional(number)
  })
  default = null
}

variable "custom_domain" {
  description = "A name of one's own with its certificate; null for none."
  type = object({
    domain_name     = string
    certificate_arn = string
    base_path       = optional(string)
  })
  default = null
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
}

variable "function_settings" {
  description = "What an engineer tunes, keyed as functions; what is left out has the default of compute/lambda. A canary sends that share of the calls to the version just published."
  type = map(object({
    log_level               = optional(string)
    memory_mb               = optional(number)
    provisioned_concurrency = optional(number)
    reserved_concurrency    = optional(number)
    timeout_seconds         = optional(number)
    canary = optional(object({
      stable_version = string
      weight         = number
    }))
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(setsubtract(keys(var.function_settings), keys(var.functions))) == 0
    error_message = "function_settings must be of functions of this unit (${join(", ", keys(var.functions))}); unknown are ${jsonencode(setsubtract(keys(var.function_settings), keys(var.functions)))}."
  }
  validation {
    condition     = alltrue([for settings in var.function_settings : coalesce(settings.timeout_seconds, 10) <= 29])
    error_message = "function_settings: timeout_seconds may be 29, as API Gateway gives up then; got ${jsonencode({ for key, settings in var.function_settings : key => settings.timeout_seconds if coalesce(settings.timeout_seconds, 10) > 29 })}."
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of the functions' environment; null encrypts with the key that Lambda manages."
  type        = string
  default     = null
}

variable "log_kms_key_arn" {
  description = "Customer-managed key of all logs here, whose policy admits CloudWatch Logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the logs of API and functions."
  type        = number
  default     = 30
  nullable    = false
}

variable "method_throttling" {
  description = "Requests per second and burst of single operations, keyed \"POST /orders\"."
  type = map(object({
    rate  = number
    burst = number
  }))
  default  = {}
  nullable = false
}

variable "public_operations" {
  description = "Operations that anybody may call without signing or token, each named as \"GET /healthz\"."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "stage_name" {
  description = "Name of the stage; the first part of the path in the default address."
  type        = string
  default     = "live"
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets, one per availability zone, of the functions that have security groups."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "tags" {
  description = "Tags of everything in this pattern that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "throttling" {
  description = "Requests per second and burst of the stage, over all clients."
  type = object({
    rate  = optional(number)
    burst = optional(number)
  })
  default  = {}
  nullable = false
}

variable "usage_plans" {
  description = "Limits per client, keyed by client; the keys are made and attached outside Terraform."
  type = map(object({
    rate        = number
    burst       = number
    description = optional(string)
    quota = optional(object({
      limit  = number
      period = optional(string)
    }))
  }))
  default  = {}
  nullable = false
}

variable "vpc_links" {
  description = "Network load balancers that integrations reach, ARN by short name."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "web_acl" {
  description = "Web ACL of REGIONAL scope in front of the stage; null for none."
  type        = object({ arn = string })
  default     = null
}
