variable "name" {
  description = "Prefix of the names of groups and rules, for example acme-dev-shop; both may have 32 characters."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.name))
    error_message = format("name may hold letters, digits, hyphens and underscores only; got %s.", jsonencode(var.name))
  }
}

variable "encryption" {
  description = "Customer-managed key of all traces of the account and region; null leaves that setting alone, as every unit but one must."
  type        = object({ kms_key_arn = string })
  default     = null

  validation {
    condition     = var.encryption == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.encryption.kms_key_arn))
    error_message = format("encryption.kms_key_arn must be the ARN of a KMS key; got %s.", jsonencode(one(var.encryption[*].kms_key_arn)))
  }
}

variable "groups" {
  description = "Traces seen as one, keyed by short name; the key is part of the state address. filter_expression is X-Ray's, for example service(\"shop\") { fault }. notifications sends insights to EventBridge."
  type = map(object({
    filter_expression = string
    insights          = optional(bool, true)
    notifications     = optional(bool, false)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.groups) : length("${var.name}-${key}") <= 32])
    error_message = format("A group's name, <name>-<key>, may have 32 characters; got %s.", jsonencode([for key in keys(var.groups) : "${var.name}-${key}" if length("${var.name}-${key}") > 32]))
  }

  validation {
    condition     = alltrue([for group in var.groups : group.insights || !group.notifications])
    error_message = format("notifications tell of insights, so they need insights = true; got %s.", jsonencode([for key, group in var.groups : key if !group.insights && group.notifications]))
  }
}

variable "sampling_rules" {
  description = <<-EOT
    Which requests are traced, keyed by short name; the lowest priority that matches decides. Of what
    matches, reservoir_per_second are always traced and fixed_rate (0 to 1) of the rest.
  EOT
  type = map(object({
    fixed_rate           = number
    priority             = number
    attributes           = optional(map(string), {})
    host                 = optional(string, "*")
    http_method          = optional(string, "*")
    reservoir_per_second = optional(number, 1)
    service_name         = optional(string, "*")
    service_type         = optional(string, "*")
    url_path             = optional(string, "*")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.sampling_rules) : length("${var.name}-${key}") <= 32])
    error_message = format("A rule's name, <name>-<key>, may have 32 characters; got %s.", jsonencode([for key in keys(var.sampling_rules) : "${var.name}-${key}" if length("${var.name}-${key}") > 32]))
  }

  validation {
    condition     = alltrue([for rule in var.sampling_rules : rule.fixed_rate >= 0 && rule.fixed_rate <= 1])
    error_message = format("fixed_rate is a share, 0 to 1; got %s.", jsonencode({ for key, rule in var.sampling_rules : key => rule.fixed_rate }))
  }

  validation {
    # 10000 is the account's default rule, which matches everything.
    condition     = alltrue([for rule in var.sampling_rules : rule.priority >= 1 && rule.priority <= 9999])
    error_message = format("priority must be 1 to 9999; got %s.", jsonencode({ for key, rule in var.sampling_rules : key => rule.priority }))
  }

  validation {
    condition     = length(distinct([for rule in var.sampling_rules : rule.priority])) == length(var.sampling_rules)
    error_message = format("Two rules of one priority leave open which one decides; got %s.", jsonencode({ for key, rule in var.sampling_rules : key => rule.priority }))
  }

  validation {
    condition     = alltrue([for rule in var.sampling_rules : rule.reservoir_per_second >= 0])
    error_message = format("reservoir_per_second must not be negative; got %s.", jsonencode({ for key, rule in var.sampling_rules : key => rule.reservoir_per_second }))
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
