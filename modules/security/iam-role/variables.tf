variable "name" {
  description = "Start of every role's name; the key of the role follows."
  type        = string
  nullable    = false
}

variable "roles" {
  description = <<-EOT
    Roles, keyed by short name; the key ends the role's name and is part of the state address.
    Conditions are written as in IAM: operator -> condition key -> values.
    `trust.conditions` apply to services, accounts and principal ARNs, `trust.oidc.conditions` to the web identity.
    `statements` are keyed by their Sid. A statement that allows something may hold `*` or `?` only where its reason
    stands in `allow_wildcard_actions` or `allow_wildcard_resources`.
  EOT
  type = map(object({
    description = optional(string, "Managed by Terraform")
    trust = object({
      services       = optional(set(string), [])
      accounts       = optional(set(string), [])
      principal_arns = optional(set(string), [])
      conditions     = optional(map(map(list(string))), {})
      oidc = optional(object({
        provider_arn = string
        conditions   = map(map(list(string)))
      }))
    })
    managed_policy_arns = optional(map(string), {})
    statements = optional(map(object({
      effect                   = optional(string, "Allow")
      actions                  = set(string)
      resources                = set(string)
      conditions               = optional(map(map(list(string))), {})
      allow_wildcard_actions   = optional(string)
      allow_wildcard_resources = optional(string)
    })), {})
    max_session_duration = optional(number, 3600)
    instance_profile     = optional(bool, false)
  }))
  nullable = false

  validation {
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    condition = alltrue([for key in keys(var.roles) : can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", "${var.name}-${key}"))])
    error_message = format(
      "A role name has 1 to 64 letters, digits or any of +=,.@_-; got %s.",
      jsonencode([for key in keys(var.roles) : "${var.name}-${key}" if !can(regex("^[A-Za-z0-9+=,.@_-]{1,64}$", "${var.name}-${key}"))])
    )
  }

  validation {
    condition = alltrue([
      for role in var.roles : role.trust.oidc != null || length(setunion(role.trust.services, role.trust.accounts, role.trust.principal_arns)) > 0
    ])
    error_message = format(
      "A role must trust somebody: a service, an account, a principal or an OIDC provider; got nobody for %s.",
      jsonencode([
        for key, role in var.roles : key
        if role.trust.oidc == null && length(setunion(role.trust.services, role.trust.accounts, role.trust.principal_arns)) == 0
      ])
    )
  }

  validation {
    condition = alltrue(flatten([for role in var.roles : [for service in role.trust.services : can(regex("^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$", service))]]))
    error_message = format(
      "A trusted service is a service principal such as lambda.amazonaws.com; got %s.",
      jsonencode(flatten([for role in var.roles : [for service in role.trust.services : service if !can(regex("^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$", service))]]))
    )
  }

  validation {
    condition = alltrue(flatten([for role in var.roles : [for account in role.trust.accounts : can(regex("^[0-9]{12}$", account))]]))
    error_message = format(
      "A trusted account is a 12-digit account id; got %s.",
      jsonencode(flatten([for role in var.roles : [for account in role.trust.accounts : account if !can(regex("^[0-9]{12}$", account))]]))
    )
  }

  validation {
    condition = alltrue(flatten([for role in var.roles : [for arn in role.trust.principal_arns : can(regex("^arn:[a-z-]+:(iam|sts)::[0-9]{12}:[^*?]+$", arn))]]))
    error_message = format(
      "A trusted principal is the ARN of one role, user or session, without a wildcard; got %s.",
      jsonencode(flatten([for role in var.roles : [for arn in role.trust.principal_arns : arn if !can(regex("^arn:[a-z-]+:(iam|sts)::[0-9]{12}:[^*?]+$", arn))]]))
    )
  }

  validation {
    # Without a condition on the subject every workload of the provider's every customer could take the role.
    condition = alltrue([
      for role in var.roles : role.trust.oidc == null ? true : anytrue(flatten([
        for variables in values(role.trust.oidc.conditions) : [
          for variable, values in variables : endswith(variable, ":sub") && alltrue([for value in values : !startswith(value, "*")])
        ]
      ]))
    ])
    error_message = format(
      "OIDC trust must name the subject by a condition on the provider's :sub key whose values do not start with *; got %s.",
      jsonencode({ for key, role in var.roles : key => role.trust.oidc.conditions if role.trust.oidc != null })
    )
  }

  validation {
    condition     = alltrue(flatten([for role in var.roles : [for arn in values(role.managed_policy_arns) : can(regex("^arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/.+$", arn))]]))
    error_message = "A managed policy is named by its ARN, arn:aws:iam::<account or aws>:policy/<name>; got ${jsonencode({ for key, role in var.roles : key => role.managed_policy_arns if length(role.managed_policy_arns) > 0 })}."
  }

  validation {
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    condition     = alltrue([for role in var.roles : length(role.managed_policy_arns) <= 10])
    error_message = "A role takes at most 10 managed policies; got ${jsonencode({ for key, role in var.roles : key => length(role.managed_policy_arns) if length(role.managed_policy_arns) > 10 })}."
  }

  validation {
    condition     = alltrue([for role in var.roles : role.max_session_duration >= 3600 && role.max_session_duration <= 43200])
    error_message = "max_session_duration must be 3600 to 43200 seconds; got ${jsonencode({ for key, role in var.roles : key => role.max_session_duration if role.max_session_duration < 3600 || role.max_session_duration > 43200 })}."
  }

  validation {
    condition = alltrue([for role in var.roles : !role.instance_profile || contains(role.trust.services, "ec2.amazonaws.com")])
    error_message = format(
      "A role with an instance profile must trust ec2.amazonaws.com, or no instance can take it; got %s.",
      jsonencode({ for key, role in var.roles : key => role.trust.services if role.instance_profile && !contains(role.trust.services, "ec2.amazonaws.com") })
    )
  }

  validation {
    condition = alltrue(flatten([for role in var.roles : [for sid in keys(role.statements) : can(regex("^[A-Za-z0-9]+$", sid))]]))
    error_message = format(
      "A statement's key becomes its Sid, which has letters and digits only; got %s.",
      jsonencode(flatten([for role in var.roles : [for sid in keys(role.statements) : sid if !can(regex("^[A-Za-z0-9]+$", sid))]]))
    )
  }

  validation {
    condition = alltrue(flatten([for role in var.roles : [for statement in role.statements : contains(["Allow", "Deny"], statement.effect)]]))
    error_message = format(
      "effect is Allow or Deny; got %s.",
      jsonencode(flatten([for role in var.roles : [for statement in role.statements : statement.effect if !contains(["Allow", "Deny"], statement.effect)]]))
    )
  }

  validation {
    condition = alltrue(flatten([for role in var.roles : [for statement in role.statements : length(statement.actions) > 0 && length(statement.resources) > 0]]))
    error_message = format(
      "A statement names at least one action and one resource; got none in %s.",
      jsonencode(flatten([for key, role in var.roles : [for sid, statement in role.statements : "${key}/${sid}" if length(statement.actions) == 0 || length(statement.resources) == 0]]))
    )
  }

  validation {
    condition = alltrue(flatten([
      for role in var.roles : [
        for statement in role.statements : statement.effect == "Deny" || statement.allow_wildcard_actions != null || alltrue([for action in statement.actions : !can(regex("[*?]", action))])
      ]
    ]))
    error_message = format(
      "An allowed action is written out; a wildcard needs its reason in allow_wildcard_actions; got %s.",
      jsonencode(merge([
        for key, role in var.roles : {
          for sid, statement in role.statements : "${key}/${sid}" => [for action in statement.actions : action if can(regex("[*?]", action))]
          if statement.effect != "Deny" && statement.allow_wildcard_actions == null && anytrue([for action in statement.actions : can(regex("[*?]", action))])
        }
      ]...))
    )
  }

  validation {
    condition = alltrue(flatten([
      for role in var.roles : [
        for statement in role.statements : statement.effect == "Deny" || statement.allow_wildcard_resources != null || alltrue([for resource in statement.resources : !can(regex("[*?]", resource))])
      ]
    ]))
    error_message = format(
      "An allowed resource is written out; a wildcard needs its reason in allow_wildcard_resources; got %s.",
      jsonencode(merge([
        for key, role in var.roles : {
          for sid, statement in role.statements : "${key}/${sid}" => [for resource in statement.resources : resource if can(regex("[*?]", resource))]
          if statement.effect != "Deny" && statement.allow_wildcard_resources == null && anytrue([for resource in statement.resources : can(regex("[*?]", resource))])
        }
      ]...))
    )
  }

  validation {
    condition = alltrue(flatten([
      for role in var.roles : [
        for statement in role.statements : [
          for reason in [statement.allow_wildcard_actions, statement.allow_wildcard_resources] : reason == null ? true : length(trimspace(reason)) >= 10
        ]
      ]
    ]))
    error_message = format(
      "The reason for a wildcard is a sentence of at least 10 characters; got %s.",
      jsonencode(flatten([
        for role in var.roles : [
          for statement in role.statements : [
            for reason in [statement.allow_wildcard_actions, statement.allow_wildcard_resources] : reason if reason != null && length(trimspace(coalesce(reason, "long enough"))) < 10
          ]
        ]
      ]))
    )
  }
}

variable "path" {
  description = "IAM path of the roles and instance profiles."
  type        = string
  default     = "/"
  nullable    = false

  validation {
    condition     = can(regex("^/([A-Za-z0-9._-]+/)*$", var.path))
    error_message = "path starts and ends with a slash; got ${jsonencode(var.path)}."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the policy that bounds what every role can ever do; null means no boundary."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn is the ARN of a managed policy; got ${jsonencode(var.permissions_boundary_arn)}."
  }
}

variable "tags" {
  description = "Tags for every role and instance profile."
  type        = map(string)
  default     = {}
  nullable    = false
}
