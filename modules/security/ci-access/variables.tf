variable "account_id" {
  description = "Account that owns the keys of the state."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "apply_policy_arns" {
  description = "Managed policies of the role that applies, keyed by short name: what this environment is made of, no more."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.apply_policy_arns) : can(regex("^arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/.+$", arn))])
    error_message = "apply_policy_arns are ARNs of managed policies; got ${jsonencode(var.apply_policy_arns)}."
  }

  validation {
    condition     = var.allow_administrator || !contains([for arn in values(var.apply_policy_arns) : split("/", arn)[1]], "AdministratorAccess")
    error_message = "AdministratorAccess makes the pipeline the account's owner; name narrower policies or set allow_administrator; got ${jsonencode(var.apply_policy_arns)}."
  }
}

variable "github_environment" {
  description = "GitHub environment whose runs may apply; its protection rules (reviewers, branches) are set in GitHub."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.github_environment))
    error_message = "github_environment has letters, digits, hyphens and underscores; got ${jsonencode(var.github_environment)}."
  }
}

variable "name" {
  description = "Start of the roles' names."
  type        = string
  nullable    = false

  validation {
    # A role's name has 64 characters: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,58}$", var.name))
    error_message = "name has 1 to 58 letters, digits or any of +=,.@_-; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "repository" {
  description = "GitHub repository, written owner/name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository is written owner/name, without a wildcard; got ${jsonencode(var.repository)}."
  }
}

variable "states" {
  description = "Where the environment's state lies, keyed by region: the bucket, and the alias of the key that it is encrypted with."
  type = map(object({
    bucket_name = string
    kms_alias   = string
  }))
  nullable = false

  validation {
    condition     = length(var.states) > 0 && alltrue([for state in var.states : can(regex("^alias/[A-Za-z0-9/_-]+$", state.kms_alias))])
    error_message = "states names at least one region with its bucket and a kms_alias written alias/name; got ${jsonencode(var.states)}."
  }
}

variable "allow_administrator" {
  description = "Whether AdministratorAccess may be among apply_policy_arns."
  type        = bool
  default     = false
  nullable    = false
}

variable "branches" {
  description = "Branches whose runs may plan, beside pull requests."
  type        = list(string)
  default     = ["main"]
  nullable    = false

  validation {
    condition     = alltrue([for branch in var.branches : can(regex("^[A-Za-z0-9._/-]+$", branch))])
    error_message = "branches are full names, without a wildcard; got ${jsonencode(var.branches)}."
  }
}

variable "identity_provider" {
  description = "The account's GitHub OIDC provider if there is one; null makes it."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.identity_provider == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com$", var.identity_provider.arn))
    error_message = "identity_provider.arn is the ARN of GitHub's OIDC provider in this account; got ${jsonencode(var.identity_provider)}."
  }
}

variable "max_session_seconds" {
  description = "How long a run's credentials live."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.max_session_seconds >= 3600 && var.max_session_seconds <= 43200
    error_message = "max_session_seconds is 3600 to 43200; got ${var.max_session_seconds}."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the policy that bounds both roles; null means none."
  type        = string
  default     = null
}

variable "plan_policy_arns" {
  description = "Managed policies of the role that plans, keyed by short name."
  type        = map(string)
  default     = { read = "arn:aws:iam::aws:policy/ReadOnlyAccess" }
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.plan_policy_arns) : can(regex("^arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/.+$", arn))])
    error_message = "plan_policy_arns are ARNs of managed policies; got ${jsonencode(var.plan_policy_arns)}."
  }
}

variable "tags" {
  description = "Tags for the provider and the roles."
  type        = map(string)
  default     = {}
  nullable    = false
}
