variable "name" {
  description = "Name of the web ACL and start of the name of its sets, metrics and log group."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html; names are 128 long, the rest belongs to keys.
    condition     = can(regex("^[A-Za-z0-9_-]{1,80}$", var.name))
    error_message = "name has 1 to 80 letters, digits, hyphens and underscores; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "scope" {
  description = "REGIONAL (load balancers, APIs, user pools) or CLOUDFRONT, whose unit must be in us-east-1."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["REGIONAL", "CLOUDFRONT"], var.scope)
    error_message = "scope is REGIONAL or CLOUDFRONT; got ${jsonencode(var.scope)}."
  }
}

variable "blocked_countries" {
  description = "Countries (ISO 3166, two capital letters) whose requests are blocked."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for country in var.blocked_countries : can(regex("^[A-Z]{2}$", country))])
    error_message = "blocked_countries are two capital letters each; got ${jsonencode(var.blocked_countries)}."
  }
}

variable "count_only" {
  description = "Whether requests are counted that would be blocked: to see for a while what a rule would do."
  type        = bool
  default     = false
  nullable    = false
}

variable "ip_sets" {
  description = "Addresses (CIDR, IPv4 and IPv6) that are always allowed or blocked, keyed by short name; the lowest `priority` (0 to 49) decides first."
  type = map(object({
    addresses = set(string)
    action    = string
    priority  = number
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for set in var.ip_sets : contains(["allow", "block"], set.action)])
    error_message = "An IP set's action is allow or block; got ${jsonencode({ for key, set in var.ip_sets : key => set.action })}."
  }

  validation {
    condition     = alltrue([for set in var.ip_sets : length(set.addresses) > 0 && alltrue([for address in set.addresses : can(cidrhost(address, 0)) && !endswith(address, "/0")])])
    error_message = "addresses are CIDR blocks narrower than /0; got ${jsonencode({ for key, set in var.ip_sets : key => set.addresses })}."
  }

  validation {
    condition     = length(distinct([for set in var.ip_sets : set.priority])) == length(var.ip_sets) && alltrue([for set in var.ip_sets : set.priority >= 0 && set.priority <= 49 && floor(set.priority) == set.priority])
    error_message = "Each IP set has its own whole priority from 0 to 49; got ${jsonencode({ for key, set in var.ip_sets : key => set.priority })}."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key for the log group; null means CloudWatch's own."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days for which requests are kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is one of CloudWatch's own values (7, 14, 30, 90, 365 ...); got ${var.log_retention_days}."
  }
}

variable "managed_rule_groups" {
  description = "AWS's own rule groups by their name; `counted_rules` are rules of the group that only count. Priorities are 300 to 399."
  type = map(object({
    priority      = number
    counted_rules = optional(set(string), [])
  }))
  default = {
    AWSManagedRulesAmazonIpReputationList = { priority = 300 }
    AWSManagedRulesCommonRuleSet          = { priority = 310 }
    AWSManagedRulesKnownBadInputsRuleSet  = { priority = 320 }
    AWSManagedRulesSQLiRuleSet            = { priority = 330 }
  }
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.managed_rule_groups) : startswith(name, "AWSManagedRules")])
    error_message = "A managed rule group is one of AWS's, such as AWSManagedRulesCommonRuleSet; got ${jsonencode(keys(var.managed_rule_groups))}."
  }

  validation {
    condition     = length(distinct([for group in var.managed_rule_groups : group.priority])) == length(var.managed_rule_groups) && alltrue([for group in var.managed_rule_groups : group.priority >= 300 && group.priority <= 399])
    error_message = "Each managed rule group has its own priority from 300 to 399; got ${jsonencode({ for name, group in var.managed_rule_groups : name => group.priority })}."
  }
}

variable "rate_limits" {
  description = "Most requests in so many seconds, keyed by short name, of one address or, if `header` is given, of one value of that header; beyond it the answer is 429. `path_prefix` limits a rule to a path; null means every path. Priorities are 200 to 299."
  type = map(object({
    requests    = number
    seconds     = optional(number, 300)
    priority    = number
    header      = optional(string)
    path_prefix = optional(string)
  }))
  default  = { everybody = { requests = 2000, priority = 200 } }
  nullable = false

  validation {
    # https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html
    condition     = alltrue([for limit in var.rate_limits : limit.requests >= 10 && limit.requests <= 2000000000 && contains([60, 120, 300, 600], limit.seconds)])
    error_message = "A rate limit is at least 10 requests in 60, 120, 300 or 600 seconds; got ${jsonencode({ for key, limit in var.rate_limits : key => [limit.requests, limit.seconds] })}."
  }

  validation {
    condition     = length(distinct([for limit in var.rate_limits : limit.priority])) == length(var.rate_limits) && alltrue([for limit in var.rate_limits : limit.priority >= 200 && limit.priority <= 299])
    error_message = "Each rate limit has its own priority from 200 to 299; got ${jsonencode({ for key, limit in var.rate_limits : key => limit.priority })}."
  }

  validation {
    condition     = alltrue([for limit in var.rate_limits : limit.path_prefix == null ? true : startswith(limit.path_prefix, "/")])
    error_message = "path_prefix begins with a slash; got ${jsonencode({ for key, limit in var.rate_limits : key => limit.path_prefix if limit.path_prefix != null })}."
  }
}

variable "resource_arns" {
  description = "Load balancers, API stages and user pools that the web ACL guards, keyed by short name; a distribution names the ACL itself."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.resource_arns) == 0 || var.scope == "REGIONAL"
    error_message = "resource_arns belong to scope REGIONAL; a distribution names its web ACL itself; got ${jsonencode(keys(var.resource_arns))}."
  }
}

variable "tags" {
  description = "Tags for the web ACL, its sets and its log group."
  type        = map(string)
  default     = {}
  nullable    = false
}
