variable "name" {
  description = "Prefix of the repositories: <name>/<key>."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+([._-][a-z0-9]+)*$", var.name))
    error_message = "name must be lower-case letters and digits with single dots, dashes or underscores between, as ECR asks; got \"${var.name}\"."
  }
}

variable "repositories" {
  description = "Repositories, keyed by short name; the key is part of the state address. keep_by_tag_prefix says how many images of a tag prefix stay; images without a tag go after untagged_days."
  type = map(object({
    allow_destroy_with_images = optional(bool, false)
    allow_mutable_tags        = optional(bool, false)
    keep_by_tag_prefix        = optional(map(number), { v = 30 })
    untagged_days             = optional(number, 7)
  }))
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.repositories) : can(regex("^[a-z0-9]+([._/-][a-z0-9]+)*$", key)) && length("${var.name}/${key}") <= 256])
    error_message = "repositories: keys must be lower-case letters and digits with single dots, dashes, underscores or slashes between, <name>/<key> at most 256 characters; got ${jsonencode([for key in keys(var.repositories) : key if !can(regex("^[a-z0-9]+([._/-][a-z0-9]+)*$", key)) || length("${var.name}/${key}") > 256])}."
  }
  validation {
    condition     = alltrue([for repository in var.repositories : repository.untagged_days >= 1 && alltrue([for count in values(repository.keep_by_tag_prefix) : count >= 1])])
    error_message = "repositories: untagged_days and the counts of keep_by_tag_prefix must be at least 1, or the image just pushed would go; got ${jsonencode({ for key, repository in var.repositories : key => [repository.untagged_days, repository.keep_by_tag_prefix] })}."
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of the images; null encrypts with the key that ECR manages. A change replaces the repositories."
  type        = string
  default     = null
}

variable "pull_account_ids" {
  description = "Other accounts whose roles may pull from every repository here."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for account in var.pull_account_ids : can(regex("^[0-9]{12}$", account))])
    error_message = "pull_account_ids must have 12 digits each; got ${jsonencode([for account in var.pull_account_ids : account if !can(regex("^[0-9]{12}$", account))])}."
  }
}

variable "pull_service_source_arns" {
  description = "Lambda functions (ARN patterns) that run images from here."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.pull_service_source_arns : can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:.", arn))])
    error_message = "pull_service_source_arns must be ARNs of Lambda functions that name region and account; got ${jsonencode([for arn in var.pull_service_source_arns : arn if !can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:.", arn))])}."
  }
}

variable "replication_destinations" {
  description = "Where each pushed image is copied to, keyed by short name. AWS keeps one such configuration per account and region."
  type = map(object({
    account_id = string
    region     = string
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(var.replication_destinations) <= 25
    error_message = "replication_destinations takes at most 25, ECR's limit; got ${length(var.replication_destinations)}."
  }
  validation {
    condition     = alltrue([for destination in var.replication_destinations : can(regex("^[0-9]{12}$", destination.account_id)) && can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", destination.region))])
    error_message = "replication_destinations: account_id must have 12 digits and region be one such as us-west-2; got ${jsonencode({ for key, destination in var.replication_destinations : key => destination if !can(regex("^[0-9]{12}$", destination.account_id)) || !can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", destination.region)) })}."
  }
}

variable "tags" {
  description = "Tags for everything taggable here, passed on unchanged."
  type        = map(string)
  default     = {}
  nullable    = false
}
