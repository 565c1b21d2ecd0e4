variable "default_behavior" {
  description = "What answers where no pattern of var.behaviors fits. `cache` is files (kept, by path) or none (everything is asked of the origin); `methods` is read or all; `functions` maps viewer-request or viewer-response to a key of var.functions."
  type = object({
    origin    = string
    cache     = optional(string, "files")
    methods   = optional(string, "read")
    functions = optional(map(string), {})
  })
  nullable = false

  validation {
    condition     = contains(keys(var.origins), var.default_behavior.origin)
    error_message = "default_behavior.origin is a key of origins (${join(", ", keys(var.origins))}); got ${jsonencode(var.default_behavior.origin)}."
  }

  validation {
    condition     = contains(["files", "none"], var.default_behavior.cache) && contains(["read", "all"], var.default_behavior.methods)
    error_message = "cache is files or none, methods is read or all; got ${jsonencode(var.default_behavior)}."
  }

  validation {
    # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorOriginGroups.html
    condition     = var.default_behavior.methods == "read" || try(var.origins[var.default_behavior.origin].failover, null) == null
    error_message = "CloudFront fails over for GET, HEAD and OPTIONS only, so methods is read for an origin with failover; got ${jsonencode(var.default_behavior)}."
  }

  validation {
    condition     = alltrue([for event, key in var.default_behavior.functions : contains(["viewer-request", "viewer-response"], event) && contains(keys(var.functions), key)])
    error_message = "functions map viewer-request or viewer-response to a key of var.functions (${join(", ", keys(var.functions))}); got ${jsonencode(var.default_behavior.functions)}."
  }
}

variable "name" {
  description = "Name of the distribution and start of the name of all that belongs to it."
  type        = string
  nullable    = false

  validation {
    # The shortest limit is a log delivery source's: 60 characters of A-Za-z0-9_- (API_PutDeliverySource).
    condition     = can(regex("^[A-Za-z0-9_-]{1,55}$", var.name))
    error_message = "name has 1 to 55 letters, digits, hyphens and underscores; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "origins" {
  description = "Where content comes from, keyed by the id that behaviours name. An s3 origin is a bucket's regional host name, which CloudFront signs for; an https origin is any host with a certificate. `failover` names the origin that is asked where this one answers with one of status_codes, cannot be reached (503) or does not answer in time (504)."
  type = map(object({
    domain_name = string
    kind        = optional(string, "s3")
    path        = optional(string)
    failover = optional(object({
      origin       = string
      status_codes = optional(set(number), [500, 502, 503, 504])
    }))
  }))
  nullable = false

  validation {
    condition     = alltrue([for origin in var.origins : contains(["s3", "https"], origin.kind)])
    error_message = "An origin's kind is s3 or https; got ${jsonencode({ for key, origin in var.origins : key => origin.kind })}."
  }

  validation {
    condition     = alltrue([for origin in var.origins : origin.path == null ? true : can(regex("^/.*[^/]$", origin.path))])
    error_message = "An origin's path begins with a slash and does not end with one; got ${jsonencode({ for key, origin in var.origins : key => origin.path if origin.path != null })}."
  }

  validation {
    condition     = alltrue([for key, origin in var.origins : origin.failover == null ? true : contains(setsubtract(keys(var.origins), [key]), origin.failover.origin)])
    error_message = "failover.origin is the key of another origin (${join(", ", keys(var.origins))}); got ${jsonencode({ for key, origin in var.origins : key => origin.failover.origin if origin.failover != null })}."
  }

  validation {
    # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
    condition     = alltrue([for origin in var.origins : origin.failover == null ? true : length(origin.failover.status_codes) > 0 && length(setsubtract(origin.failover.status_codes, [400, 403, 404, 416, 429, 500, 502, 503, 504])) == 0])
    error_message = "CloudFront fails over on some of 400, 403, 404, 416, 429, 500, 502, 503 and 504; got ${jsonencode({ for key, origin in var.origins : key => origin.failover.status_codes if origin.failover != null })}."
  }

  validation {
    condition     = alltrue([for key, origin in var.origins : origin.failover == null || !contains(keys(var.origins), "${key}-failover")])
    error_message = "<key>-failover is the id of the group that an origin and its failover make, so no origin has such a key; got ${jsonencode(keys(var.origins))}."
  }
}

variable "access_log" {
  description = "Bucket for access logs, under cloudfront/<name>/; it must let log delivery in (storage/s3: log_writers). null means no logs. The unit must be in us-east-1 then."
  type        = object({ bucket_arn = string })
  default     = null

  validation {
    condition     = var.access_log == null ? true : can(regex("^arn:[a-z-]+:s3:::[a-z0-9.-]+$", var.access_log.bucket_arn))
    error_message = "access_log.bucket_arn is the ARN of a bucket; got ${jsonencode(var.access_log)}."
  }
}

variable "aliases" {
  description = "Host names of the caller's own that the distribution answers to; they need certificate_arn."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.aliases) == 0 || var.certificate_arn != null
    error_message = "CloudFront's own certificate does not cover aliases; set certificate_arn; got ${jsonencode(var.aliases)}."
  }
}

variable "allowed_countries" {
  description = "Countries (ISO 3166, two capital letters) that are answered; empty means all."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for country in var.allowed_countries : can(regex("^[A-Z]{2}$", country))])
    error_message = "allowed_countries are two capital letters each; got ${jsonencode(var.allowed_countries)}."
  }
}

variable "behaviors" {
  description = "What answers a path pattern, keyed by name; the lowest `order` that fits wins. The other settings are those of default_behavior."
  type = map(object({
    order     = number
    path      = string
    origin    = string
    cache     = optional(string, "files")
    methods   = optional(string, "read")
    functions = optional(map(string), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(distinct([for behavior in var.behaviors : behavior.order])) == length(var.behaviors) && alltrue([for behavior in var.behaviors : behavior.order >= 0 && behavior.order <= 999999])
    error_message = "Each behaviour has its own order from 0 to 999999; got ${jsonencode({ for key, behavior in var.behaviors : key => behavior.order })}."
  }

  validation {
    condition     = alltrue([for behavior in var.behaviors : contains(keys(var.origins), behavior.origin)])
    error_message = "A behaviour's origin is a key of origins (${join(", ", keys(var.origins))}); got ${jsonencode({ for key, behavior in var.behaviors : key => behavior.origin })}."
  }

  validation {
    condition     = alltrue([for behavior in var.behaviors : contains(["files", "none"], behavior.cache) && contains(["read", "all"], behavior.methods)])
    error_message = "A behaviour's cache is files or none and its methods read or all; got ${jsonencode({ for key, behavior in var.behaviors : key => [behavior.cache, behavior.methods] })}."
  }

  validation {
    condition     = alltrue([for behavior in var.behaviors : behavior.methods == "read" || try(var.origins[behavior.origin].failover, null) == null])
    error_message = "CloudFront fails over for GET, HEAD and OPTIONS only, so a behaviour's methods are read for an origin with failover; got ${jsonencode({ for key, behavior in var.behaviors : key => [behavior.origin, behavior.methods] })}."
  }

  validation {
    condition     = alltrue(flatten([for behavior in var.behaviors : [for event, key in behavior.functions : contains(["viewer-request", "viewer-response"], event) && contains(keys(var.functions), key)]]))
    error_message = "A behaviour's functions map viewer-request or viewer-response to a key of var.functions (${join(", ", keys(var.functions))}); got ${jsonencode({ for key, behavior in var.behaviors : key => behavior.functions })}."
  }
}

variable "certificate_arn" {
  description = "Certificate for the aliases, from us-east-1; null means CloudFront's own name and certificate, which browsers may open by old TLS."
  type        = string
  default     = null

  validation {
    # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
    condition     = var.certificate_arn == null || can(regex("^arn:[a-z-]+:acm:us-east-1:[0-9]{12}:certificate/.+$", var.certificate_arn))
    error_message = "CloudFront takes certificates from us-east-1 only; got ${jsonencode(var.certificate_arn)}."
  }
}

variable "content_security_policy" {
  description = "What pages may load and from where."
  type        = string
  default     = "default-src 'self'; frame-ancestors 'none'; object-src 'none'"
  nullable    = false
}

variable "default_root_object" {
  description = "What answers the path /."
  type        = string
  default     = "index.html"
  nullable    = false

  validation {
    condition     = !startswith(var.default_root_object, "/")
    error_message = "default_root_object has no slash in front; got ${jsonencode(var.default_root_object)}."
  }
}

variable "functions" {
  description = "CloudFront functions, keyed by short name: JavaScript that sees each request or answer at the edge."
  type = map(object({
    code    = string
    comment = optional(string, "Managed by Terraform")
  }))
  default  = {}
  nullable = false

  validation {
    # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
    condition     = alltrue([for function in var.functions : length(function.code) > 0 && length(function.code) <= 10240])
    error_message = "A CloudFront function has 1 to 10,240 characters; got ${jsonencode({ for key, function in var.functions : key => length(function.code) })}."
  }
}

variable "price_class" {
  description = "From where content is served: PriceClass_100 (North America, Europe, Israel), PriceClass_200 (more) or PriceClass_All."
  type        = string
  default     = "PriceClass_100"
  nullable    = false

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class is PriceClass_100, PriceClass_200 or PriceClass_All; got ${jsonencode(var.price_class)}."
  }
}

variable "single_page_application" {
  description = "Whether a path that the origin does not know is answered with the root object."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags for the distribution and its log delivery."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "web_acl" {
  description = "Web ACL of CLOUDFRONT scope that requests pass first; null means none."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.web_acl == null ? true : can(regex("^arn:[a-z-]+:wafv2:us-east-1:[0-9]{12}:global/webacl/.+$", var.web_acl.arn))
    error_message = "CloudFront takes a web ACL of CLOUDFRONT scope (arn:aws:wafv2:us-east-1:...:global/webacl/...); got ${jsonencode(var.web_acl)}."
  }
}
