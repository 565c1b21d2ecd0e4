variable "name" {
  description = "Name of the user pool and start of its clients' names."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html
    condition     = can(regex("^[A-Za-z0-9_+=,.@-]+$", var.name)) && alltrue([for key in concat([""], keys(var.clients)) : length("${var.name}-${key}") <= 128])
    error_message = "name has letters, digits or any of _+=,.@- and fits in 128 characters with a client's key behind it; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "clients" {
  description = "Applications that sign people in, keyed by short name: where they come back to, and which scopes they may ask for. `allow_password_auth` lets them send the password itself, as tests do."
  type = map(object({
    callback_urls        = set(string)
    logout_urls          = optional(set(string), [])
    scopes               = optional(set(string), ["openid", "email", "profile"])
    access_token_minutes = optional(number, 60)
    refresh_token_days   = optional(number, 30)
    allow_password_auth  = optional(bool, false)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue(flatten([for client in var.clients : [for url in setunion(client.callback_urls, client.logout_urls) : can(regex("^(https://|http://localhost[:/])", url))]]))
    error_message = "callback_urls and logout_urls begin with https:// (http only for localhost); got ${jsonencode({ for key, client in var.clients : key => setunion(client.callback_urls, client.logout_urls) })}."
  }

  validation {
    condition     = alltrue([for client in var.clients : length(client.callback_urls) > 0])
    error_message = "A client has at least one callback URL; got none for ${jsonencode([for key, client in var.clients : key if length(client.callback_urls) == 0])}."
  }

  validation {
    # https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html
    condition     = alltrue([for client in var.clients : client.access_token_minutes >= 5 && client.access_token_minutes <= 1440 && client.refresh_token_days >= 1 && client.refresh_token_days <= 3650 && client.refresh_token_days * 1440 > client.access_token_minutes])
    error_message = "Tokens live 5 to 1440 minutes, refresh tokens 1 to 3650 days and longer than the others; got ${jsonencode({ for key, client in var.clients : key => [client.access_token_minutes, client.refresh_token_days] })}."
  }

  validation {
    condition = alltrue(flatten([for client in var.clients : [for scope in client.scopes : contains(concat(
      ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"],
      flatten([for server in var.resource_servers : [for name in keys(server.scopes) : "${server.identifier}/${name}"]]),
    ), scope)]]))
    error_message = "A client's scopes are openid, email, phone, profile, aws.cognito.signin.user.admin or <identifier>/<scope> of a resource server; got ${jsonencode({ for key, client in var.clients : key => client.scopes })}."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the pool: with it would go every account."
  type        = bool
  default     = true
  nullable    = false
}

variable "domain" {
  description = "Where people sign in: a prefix of Cognito's own domain, or a full host name with a certificate from us-east-1. null means that applications show the form themselves."
  type = object({
    name            = string
    certificate_arn = optional(string)
  })
  default = null

  validation {
    condition     = var.domain == null ? true : strcontains(var.domain.name, ".") == (var.domain.certificate_arn != null)
    error_message = "A full host name needs certificate_arn, a prefix has none; got ${jsonencode(var.domain)}."
  }

  validation {
    # https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html
    condition     = var.domain == null ? true : strcontains(var.domain.name, ".") || (can(regex("^[a-z0-9](-?[a-z0-9])*$", var.domain.name)) && !can(regex("aws|amazon|cognito", var.domain.name)) && length(var.domain.name) <= 63)
    error_message = "A domain prefix has 1 to 63 small letters, digits and hyphens, without the words aws, amazon and cognito; got ${jsonencode(var.domain)}."
  }
}

variable "email" {
  description = "SES identity that sends codes and invitations, and the address they come from. null means Cognito's own sender, which takes 50 mails a day."
  type = object({
    identity_arn = string
    from         = string
    reply_to     = optional(string)
  })
  default = null

  validation {
    condition     = var.email == null ? true : can(regex("^arn:[a-z-]+:ses:[a-z0-9-]+:[0-9]{12}:identity/.+$", var.email.identity_arn))
    error_message = "email.identity_arn is the ARN of an SES identity; got ${jsonencode(var.email)}."
  }
}

variable "groups" {
  description = "Groups of people, keyed by name; of several the lowest `precedence` wins. `role_arn` is an IAM role that the group's tokens name."
  type = map(object({
    description = optional(string, "Managed by Terraform")
    precedence  = number
    role_arn    = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(distinct([for group in var.groups : group.precedence])) == length(var.groups) && alltrue([for group in var.groups : group.precedence >= 0])
    error_message = "Each group has its own precedence, 0 or more; got ${jsonencode({ for key, group in var.groups : key => group.precedence })}."
  }
}

variable "mfa" {
  description = "ON asks everybody for a code from an app, OPTIONAL those who set one up."
  type        = string
  default     = "ON"
  nullable    = false

  validation {
    condition     = contains(["ON", "OPTIONAL"], var.mfa)
    error_message = "mfa is ON or OPTIONAL; got ${jsonencode(var.mfa)}."
  }
}

variable "password_policy" {
  description = "Length of passwords, days for which an invitation's password is good, and how many old ones are refused (with threat protection only)."
  type = object({
    minimum_length = optional(number, 12)
    remembered     = optional(number, 5)
    temporary_days = optional(number, 3)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.password_policy.minimum_length >= 12 && var.password_policy.minimum_length <= 99
    error_message = "password_policy.minimum_length is 12 to 99; got ${jsonencode(var.password_policy)}."
  }

  validation {
    condition     = var.password_policy.remembered >= 0 && var.password_policy.remembered <= 24 && var.password_policy.temporary_days >= 1 && var.password_policy.temporary_days <= 365
    error_message = "password_policy.remembered is 0 to 24 and temporary_days 1 to 365; got ${jsonencode(var.password_policy)}."
  }
}

variable "resource_servers" {
  description = "APIs and their scopes, keyed by short name: `scopes` maps a scope to what it allows."
  type = map(object({
    identifier = string
    scopes     = map(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(distinct([for server in var.resource_servers : server.identifier])) == length(var.resource_servers)
    error_message = "Each resource server has its own identifier; got ${jsonencode({ for key, server in var.resource_servers : key => server.identifier })}."
  }
}

variable "self_sign_up" {
  description = "Whether people make their accounts themselves; otherwise they are invited."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags for the user pool."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "threat_protection" {
  description = "What happens to sign-ins that look stolen: AUDIT notes, ENFORCED blocks (both paid by user), OFF nothing."
  type        = string
  default     = "OFF"
  nullable    = false

  validation {
    condition     = contains(["OFF", "AUDIT", "ENFORCED"], var.threat_protection)
    error_message = "threat_protection is OFF, AUDIT or ENFORCED; got ${jsonencode(var.threat_protection)}."
  }
}

variable "web_acl" {
  description = "Web ACL of REGIONAL scope before the sign-in; null means none."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.web_acl == null ? true : can(regex("^arn:[a-z-]+:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/.+$", var.web_acl.arn))
    error_message = "A user pool takes a web ACL of REGIONAL scope; got ${jsonencode(var.web_acl)}."
  }
}
