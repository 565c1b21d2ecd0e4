variable "name" {
  description = "Name of the group of protections and start of each one's name."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_CreateProtectionGroup.html
    condition     = can(regex("^[A-Za-z0-9-]{1,36}$", var.name))
    error_message = "name has 1 to 36 letters, digits and hyphens; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "resources" {
  description = "What is protected, keyed by short name: distributions, load balancers, hosted zones, accelerators, addresses. `automatic_response` is count or block (a web ACL must be attached); `health_check` is a Route 53 check that tells an attack from a busy day."
  type = map(object({
    arn                = string
    automatic_response = optional(string)
    health_check       = optional(object({ arn = string }))
  }))
  nullable = false

  validation {
    condition     = alltrue([for resource in var.resources : can(regex("^arn:[a-z-]+:(cloudfront|elasticloadbalancing|route53|globalaccelerator|ec2):", resource.arn))])
    error_message = "Shield protects distributions, load balancers, hosted zones, accelerators and elastic addresses; got ${jsonencode({ for key, resource in var.resources : key => resource.arn })}."
  }

  validation {
    condition     = alltrue([for resource in var.resources : resource.automatic_response == null ? true : contains(["count", "block"], resource.automatic_response) && can(regex(":(distribution/|loadbalancer/app/)", resource.arn))])
    error_message = "automatic_response is count or block, for a distribution or an application load balancer; got ${jsonencode({ for key, resource in var.resources : key => resource.automatic_response if resource.automatic_response != null })}."
  }

  validation {
    condition     = alltrue([for resource in var.resources : resource.health_check == null ? true : can(regex("^arn:[a-z-]+:route53:::healthcheck/.+$", resource.health_check.arn))])
    error_message = "health_check.arn is the ARN of a Route 53 health check; got ${jsonencode({ for key, resource in var.resources : key => resource.health_check.arn if resource.health_check != null })}."
  }
}

variable "bought" {
  description = "Whether the account has bought Shield Advanced. Until then the module makes nothing, and says what it would protect."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags for the protections."
  type        = map(string)
  default     = {}
  nullable    = false
}
