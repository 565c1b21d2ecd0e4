variable "name" {
  description = "Start of every secret's name, and first part of every parameter's path."
  type        = string
  nullable    = false
}

variable "secrets" {
  description = <<-EOT
    Secrets, keyed by short name. `generate` makes a password, alone or as one field of a JSON document beside the
    plain `fields`, and another `version` makes another; null means that people put the value in, and Terraform never
    sees it.
    `reader_arns` closes the secret to everybody else (but var.administrator_arns). `replicas` are keyed by region;
    null as a key there means AWS's own. `rotation` hands the secret to a function.
  EOT
  type = map(object({
    description = string
    version     = optional(number, 1)
    fields      = optional(map(string), {})
    generate = optional(object({
      length              = optional(number, 32)
      field               = optional(string, "password")
      exclude_characters  = optional(string, "/@\"'\\ ") # these end a password early inside a database URL
      exclude_punctuation = optional(bool, false)
    }))
    reader_arns = optional(set(string), [])
    replicas    = optional(map(object({ kms_key_arn = optional(string) })), {})
    rotation = optional(object({
      function_arn = string
      days         = optional(number, 30)
      immediately  = optional(bool, false)
    }))
  }))
  nullable = false

  validation {
    # https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html; AWS appends a hyphen and six
    # characters to the ARN, so a name that ends so makes partial ARNs ambiguous.
    condition = alltrue([for key in keys(var.secrets) : can(regex("^[A-Za-z0-9/_+=.@-]{1,512}$", "${var.name}-${key}")) && !can(regex("-[A-Za-z0-9]{6}$", key))])
    error_message = format(
      "A secret's name has 1 to 512 letters, digits or any of /_+=.@- and its key does not end with a hyphen and six characters; got %s.",
      jsonencode([for key in keys(var.secrets) : "${var.name}-${key}"])
    )
  }

  validation {
    condition     = alltrue([for secret in var.secrets : length(secret.description) > 0])
    error_message = "A secret's description says what it opens; got none for ${jsonencode([for key, secret in var.secrets : key if length(secret.description) == 0])}."
  }

  validation {
    condition     = alltrue([for secret in var.secrets : secret.version >= 1 && floor(secret.version) == secret.version])
    error_message = "version is a whole number of at least 1; got ${jsonencode({ for key, secret in var.secrets : key => secret.version })}."
  }

  validation {
    # https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
    condition     = alltrue([for secret in var.secrets : secret.generate == null ? true : secret.generate.length >= 16 && secret.generate.length <= 4096])
    error_message = "generate.length is 16 to 4096; got ${jsonencode({ for key, secret in var.secrets : key => secret.generate.length if secret.generate != null })}."
  }

  validation {
    condition     = alltrue([for secret in var.secrets : secret.generate == null ? length(secret.fields) == 0 : !contains(keys(secret.fields), secret.generate.field)])
    error_message = "fields stand beside a generated password and do not name it; got ${jsonencode({ for key, secret in var.secrets : key => keys(secret.fields) if length(secret.fields) > 0 })}."
  }

  validation {
    condition     = alltrue(flatten([for secret in var.secrets : [for arn in secret.reader_arns : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:[^*?]+$", arn))]]))
    error_message = "reader_arns are ARNs of roles or users, without a wildcard; got ${jsonencode({ for key, secret in var.secrets : key => secret.reader_arns if length(secret.reader_arns) > 0 })}."
  }

  validation {
    condition     = alltrue(flatten([for secret in var.secrets : [for region in keys(secret.replicas) : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", region))]]))
    error_message = "replicas are keyed by region, such as us-west-2; got ${jsonencode({ for key, secret in var.secrets : key => keys(secret.replicas) if length(secret.replicas) > 0 })}."
  }

  validation {
    # https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html
    condition     = alltrue([for secret in var.secrets : secret.rotation == null ? true : secret.rotation.days >= 1 && secret.rotation.days <= 1000])
    error_message = "rotation.days is 1 to 1000; got ${jsonencode({ for key, secret in var.secrets : key => secret.rotation.days if secret.rotation != null })}."
  }
}

variable "administrator_arns" {
  description = "Roles that read every secret that reader_arns closes: whoever runs Terraform, and who answers an alarm."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    # Terraform reads a secret back to copy it: whoever runs it must not be shut out.
    condition     = length(var.administrator_arns) > 0 || alltrue([for secret in var.secrets : length(secret.reader_arns) == 0])
    error_message = "administrator_arns must name whoever runs Terraform once reader_arns closes a secret; got none with ${jsonencode([for key, secret in var.secrets : key if length(secret.reader_arns) > 0])}."
  }
}

variable "kms_key_arn" {
  description = "KMS key for secrets and secret parameters; null means AWS's own keys."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key; got ${jsonencode(var.kms_key_arn)}."
  }
}

variable "parameters" {
  description = "SSM parameters, keyed by the end of their path: a plain `value`, or a copy of the `secret` of that key for readers that know SSM only."
  type = map(object({
    description = optional(string, "Managed by Terraform")
    value       = optional(string)
    secret      = optional(string)
    tier        = optional(string, "Standard")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for parameter in var.parameters : (parameter.value == null) != (parameter.secret == null)])
    error_message = "A parameter has a value or copies a secret, one of the two; got both or none for ${jsonencode([for name, parameter in var.parameters : name if(parameter.value == null) == (parameter.secret == null)])}."
  }

  validation {
    condition     = alltrue([for parameter in var.parameters : parameter.secret == null ? true : contains([for key, secret in var.secrets : key if secret.generate != null], parameter.secret)])
    error_message = "A parameter copies a generated secret of this call (${join(", ", [for key, secret in var.secrets : key if secret.generate != null])}); got ${jsonencode({ for name, parameter in var.parameters : name => parameter.secret if parameter.secret != null })}."
  }

  validation {
    # https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
    condition     = alltrue([for name in keys(var.parameters) : can(regex("^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+){0,13}$", name)) && !can(regex("^/?(?i:aws|ssm)", "${var.name}/${name}"))])
    error_message = "A parameter's path has at most 15 parts of letters, digits and _.- and does not begin with aws or ssm; got ${jsonencode([for name in keys(var.parameters) : "/${var.name}/${name}"])}."
  }

  validation {
    condition     = alltrue([for parameter in var.parameters : contains(["Standard", "Advanced", "Intelligent-Tiering"], parameter.tier)])
    error_message = "tier is Standard, Advanced or Intelligent-Tiering; got ${jsonencode({ for name, parameter in var.parameters : name => parameter.tier })}."
  }
}

variable "recovery_window_days" {
  description = "Days for which a deleted secret can be brought back; its name stays taken as long. 0 deletes it at once and for good, which is for environments that come and go."
  type        = number
  default     = 30
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
    condition     = var.recovery_window_days == 0 || (var.recovery_window_days >= 7 && var.recovery_window_days <= 30)
    error_message = "recovery_window_days is 0 or 7 to 30; got ${var.recovery_window_days}."
  }
}

variable "tags" {
  description = "Tags for every secret and parameter."
  type        = map(string)
  default     = {}
  nullable    = false
}
