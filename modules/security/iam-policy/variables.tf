variable "name" {
  description = "Start of every policy's name; the key of the policy follows."
  type        = string
  nullable    = false
}

variable "policies" {
  description = <<-EOT
    Customer managed policies, keyed by short name; the key ends the policy's name and is part of the state address.
    `statements` are keyed by their Sid; conditions are written as in IAM: operator -> condition key -> values.
    A statement that allows something may hold `*` or `?` only where its reason stands in `allow_wildcard_actions` or
    `allow_wildcard_resources`.
  EOT
  type = map(object({
    # IAM cannot change a description, so another text replaces the policy.
    description = optional(string, "Managed by Terraform")
    statements = map(object({
      effect                   = optional(string, "Allow")
      actions                  = set(string)
      resources                = set(string)
      conditions               = optional(map(map(list(string))), {})
      allow_wildcard_actions   = optional(string)
      allow_wildcard_resources = optional(string)
    }))
  }))
  nullable = false

  validation {
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    condition = alltrue([for key in keys(var.policies) : can(regex("^[A-Za-z0-9+=,.@_-]{1,128}$", "${var.name}-${key}"))])
    error_message = format(
      "A policy name has 1 to 128 letters, digits or any of +=,.@_-; got %s.",
      jsonencode([for key in keys(var.policies) : "${var.name}-${key}" if !can(regex("^[A-Za-z0-9+=,.@_-]{1,128}$", "${var.name}-${key}"))])
    )
  }

  validation {
    condition     = alltrue([for policy in var.policies : length(policy.statements) > 0])
    error_message = "A policy has at least one statement; got none in ${jsonencode([for key, policy in var.policies : key if length(policy.statements) == 0])}."
  }

  validation {
    condition = alltrue(flatten([for policy in var.policies : [for sid in keys(policy.statements) : can(regex("^[A-Za-z0-9]+$", sid))]]))
    error_message = format(
      "A statement's key becomes its Sid, which has letters and digits only; got %s.",
      jsonencode(flatten([for policy in var.policies : [for sid in keys(policy.statements) : sid if !can(regex("^[A-Za-z0-9]+$", sid))]]))
    )
  }

  validation {
    condition = alltrue(flatten([for policy in var.policies : [for statement in policy.statements : contains(["Allow", "Deny"], statement.effect)]]))
    error_message = format(
      "effect is Allow or Deny; got %s.",
      jsonencode(flatten([for policy in var.policies : [for statement in policy.statements : statement.effect if !contains(["Allow", "Deny"], statement.effect)]]))
    )
  }

  validation {
    condition = alltrue(flatten([for policy in var.policies : [for statement in policy.statements : length(statement.actions) > 0 && length(statement.resources) > 0]]))
    error_message = format(
      "A statement names at least one action and one resource; got none in %s.",
      jsonencode(flatten([for key, policy in var.policies : [for sid, statement in policy.statements : "${key}/${sid}" if length(statement.actions) == 0 || length(statement.resources) == 0]]))
    )
  }

  validation {
    condition = alltrue(flatten([
      for policy in var.policies : [
        for statement in policy.statements : statement.effect == "Deny" || statement.allow_wildcard_actions != null || alltrue([for action in statement.actions : !can(regex("[*?]", action))])
      ]
    ]))
    error_message = format(
      "An allowed action is written out; a wildcard needs its reason in allow_wildcard_actions; got %s.",
      jsonencode(merge([
        for key, policy in var.policies : {
          for sid, statement in policy.statements : "${key}/${sid}" => [for action in statement.actions : action if can(regex("[*?]", action))]
          if statement.effect != "Deny" && statement.allow_wildcard_actions == null && anytrue([for action in statement.actions : can(regex("[*?]", action))])
        }
      ]...))
    )
  }

  validation {
    condition = alltrue(flatten([
      for policy in var.policies : [
        for statement in policy.statements : statement.effect == "Deny" || statement.allow_wildcard_resources != null || alltrue([for resource in statement.resources : !can(regex("[*?]", resource))])
      ]
    ]))
    error_message = format(
      "An allowed resource is written out; a wildcard needs its reason in allow_wildcard_resources; got %s.",
      jsonencode(merge([
        for key, policy in var.policies : {
          for sid, statement in policy.statements : "${key}/${sid}" => [for resource in statement.resources : resource if can(regex("[*?]", resource))]
          if statement.effect != "Deny" && statement.allow_wildcard_resources == null && anytrue([for resource in statement.resources : can(regex("[*?]", resource))])
        }
      ]...))
    )
  }

  validation {
    condition = alltrue(flatten([
      for policy in var.policies : [
        for statement in policy.statements : [
          for reason in [statement.allow_wildcard_actions, statement.allow_wildcard_resources] : reason == null ? true : length(trimspace(reason)) >= 10
        ]
      ]
    ]))
    error_message = format(
      "The reason for a wildcard is a sentence of at least 10 characters; got %s.",
      jsonencode(flatten([
        for policy in var.policies : [
          for statement in policy.statements : [
            for reason in [statement.allow_wildcard_actions, statement.allow_wildcard_resources] : reason if reason != null && length(trimspace(coalesce(reason, "long enough"))) < 10
          ]
        ]
      ]))
    )
  }
}

variable "path" {
  description = "IAM path of the policies."
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = can(regex("^/([A-Za-z0-9._-]+/)*$", var.path))
    error_message = "path starts and ends with a slash; got ${jsonencode(var.path)}."
  }
}

variable "tags" {
  description = "Tags for every policy."
  type        = map(string)
  default     = {}
  nullable    = false
}
