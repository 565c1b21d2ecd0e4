variable "account_id" {
  description = "Account whose settings these are."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "name" {
  description = "Start of the name of the role that API Gateway gets."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,47}$", var.name))
    error_message = "name has 1 to 47 letters, digits or any of +=,.@_-, so that the role's name fits in 64; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "api_gateway_logging" {
  description = "Whether API Gateway gets the role through which every REST API of the account and region writes its logs."
  type        = bool
  default     = true
  nullable    = false
}

variable "cost_allocation_tags" {
  description = "Tag keys by which the bill can be split. AWS knows a key only after it stood on a billed resource for a day, and only the paying account may switch it on."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for key in var.cost_allocation_tags : length(key) >= 1 && length(key) <= 128 && !startswith(key, "aws:")])
    error_message = "A cost allocation tag is a key of 1 to 128 characters that does not start with aws:; got ${jsonencode(var.cost_allocation_tags)}."
  }
}

variable "ebs_encryption" {
  description = "Every new EBS volume is encrypted, with this KMS key or else AWS's own. null leaves the account as it is."
  type        = object({ kms_key = optional(object({ arn = string })) })
  default     = {}

  validation {
    condition     = var.ebs_encryption == null ? true : var.ebs_encryption.kms_key == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+$", var.ebs_encryption.kms_key.arn))
    error_message = "ebs_encryption.kms_key.arn is the ARN of a KMS key; got ${jsonencode(var.ebs_encryption)}."
  }
}

variable "ecr_scanning" {
  description = "How images are searched for weaknesses: BASIC when pushed, ENHANCED all the time (paid, by Inspector); `repositories` is a pattern of names. null leaves the account as it is."
  type = object({
    type         = optional(string, "BASIC")
    repositories = optional(string, "*")
  })
  default = {}

  validation {
    condition     = var.ecr_scanning == null ? true : contains(["BASIC", "ENHANCED"], var.ecr_scanning.type)
    error_message = "ecr_scanning.type is BASIC or ENHANCED; got ${jsonencode(var.ecr_scanning)}."
  }
}

variable "instance_metadata" {
  description = "Every new instance answers metadata requests only with a token (IMDSv2). A hop limit of 2 lets containers ask too; `tags` shows them there. null leaves the account as it is."
  type = object({
    hop_limit = optional(number, 2)
    tags      = optional(bool, false)
  })
  default = {}

  validation {
    # https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataDefaults.html
    condition     = var.instance_metadata == null ? true : var.instance_metadata.hop_limit >= 1 && var.instance_metadata.hop_limit <= 64
    error_message = "instance_metadata.hop_limit is 1 to 64; got ${jsonencode(var.instance_metadata)}."
  }
}

variable "password_policy" {
  description = "Rules for the passwords of IAM users, who should be few. null leaves the account as it is."
  type = object({
    minimum_length   = optional(number, 14)
    maximum_age_days = optional(number, 90)
    remembered       = optional(number, 24)
  })
  default = {}

  validation {
    # At least 14 is the CIS benchmark's rule; the upper bounds are AWS's:
    # https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
    condition     = var.password_policy == null ? true : var.password_policy.minimum_length >= 14 && var.password_policy.minimum_length <= 128
    error_message = "password_policy.minimum_length is 14 to 128; got ${jsonencode(var.password_policy)}."
  }

  validation {
    condition     = var.password_policy == null ? true : var.password_policy.maximum_age_days >= 1 && var.password_policy.maximum_age_days <= 1095
    error_message = "password_policy.maximum_age_days is 1 to 1095; got ${jsonencode(var.password_policy)}."
  }

  validation {
    condition     = var.password_policy == null ? true : var.password_policy.remembered >= 1 && var.password_policy.remembered <= 24
    error_message = "password_policy.remembered is 1 to 24; got ${jsonencode(var.password_policy)}."
  }
}

variable "s3_public_access_block" {
  description = "Whether no bucket of the account can be public, whatever its own settings say."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Tags for the role; account settings take none."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "vpc_block_public_access" {
  description = "Shuts internet gateways out of every VPC of the region that is not excluded: block-bidirectional, or block-ingress, which lets NAT gateways call out. null leaves the account as it is."
  type        = object({ mode = string })
  default     = null

  validation {
    condition     = var.vpc_block_public_access == null ? true : contains(["block-bidirectional", "block-ingress"], var.vpc_block_public_access.mode)
    error_message = "vpc_block_public_access.mode is block-bidirectional or block-ingress; got ${jsonencode(var.vpc_block_public_access)}."
  }
}

variable "xray_encryption" {
  description = "KMS key under which X-Ray keeps traces; null leaves AWS's own key in place."
  type        = object({ kms_key_arn = string })
  default     = null

  validation {
    condition     = var.xray_encryption == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+$", var.xray_encryption.kms_key_arn))
    error_message = "xray_encryption.kms_key_arn is the ARN of a KMS key; got ${jsonencode(var.xray_encryption)}."
  }
}
