variable "account_id" {
  description = "Account that owns the keys; its IAM policies decide who uses them."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "keys" {
  description = <<-EOT
    Keys, keyed by short name; the key ends the alias and is part of the state address.
    `services` are the AWS services that use the key by themselves, keyed by service principal. Each is held to its
    `conditions` (operator -> condition key -> values); null means requests on behalf of this account
    (aws:SourceAccount), which not every service sends. `user_account_ids` may use the key from other accounts.
    `via_services` are services such as ec2.us-east-1.amazonaws.com through which everybody in the account uses the key,
    as service-linked roles must. `replica_of` makes the key a replica of a multi-region key of another region; null means a key of its own.
    `signs_dns_zones` makes a key with which Route 53 signs zones (networking/dns-zone: dnssec), in us-east-1; it is not rotated.
  EOT
  type = map(object({
    description      = string
    multi_region     = optional(bool, false)
    replica_of       = optional(object({ arn = string }))
    signs_dns_zones  = optional(bool, false)
    user_account_ids = optional(set(string), [])
    via_services     = optional(set(string), [])
    services = optional(map(object({
      actions    = optional(set(string), ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"])
      conditions = optional(map(map(list(string))))
    })), {})
  }))
  nullable = false

  validation {
    # https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
    condition = alltrue([for key in keys(var.keys) : can(regex("^[A-Za-z0-9/_-]{1,250}$", "${var.name}-${key}"))])
    error_message = format(
      "An alias has 1 to 250 letters, digits or any of /_- after alias/; got %s.",
      jsonencode([for key in keys(var.keys) : "${var.name}-${key}" if !can(regex("^[A-Za-z0-9/_-]{1,250}$", "${var.name}-${key}"))])
    )
  }

  validation {
    condition     = alltrue([for key in var.keys : length(key.description) > 0 && length(key.description) <= 8192])
    error_message = "A key's description has 1 to 8,192 characters and says what the key protects; got lengths ${jsonencode({ for name, key in var.keys : name => length(key.description) })}."
  }

  validation {
    condition     = alltrue([for key in var.keys : key.replica_of == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/mrk-[0-9a-f]+$", key.replica_of.arn))])
    error_message = "replica_of.arn is the ARN of a multi-region key, whose id starts with mrk-; got ${jsonencode({ for name, key in var.keys : name => key.replica_of.arn if key.replica_of != null })}."
  }

  validation {
    condition     = alltrue([for key in var.keys : !(key.multi_region && key.replica_of != null)])
    error_message = "A replica is not a primary: leave multi_region out where replica_of is set; got ${jsonencode([for name, key in var.keys : name if key.multi_region && key.replica_of != null])}."
  }

  validation {
    condition     = alltrue([for key in var.keys : !key.signs_dns_zones || (!key.multi_region && key.replica_of == null && length(key.services) + length(key.via_services) + length(key.user_account_ids) == 0)])
    error_message = "A key that signs zones encrypts nothing, lives in one region and is Route 53's alone: leave multi_region, replica_of, services, via_services and user_account_ids out; got ${jsonencode({ for name, key in var.keys : name => key if key.signs_dns_zones })}."
  }

  validation {
    condition     = alltrue(flatten([for key in var.keys : [for service in keys(key.services) : can(regex("^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$", service))]]))
    error_message = "A service is named by its principal, such as logs.us-east-1.amazonaws.com; got ${jsonencode(flatten([for key in var.keys : [for service in keys(key.services) : service if !can(regex("^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$", service))]]))}."
  }

  validation {
    condition     = alltrue(flatten([for key in var.keys : [for service in key.via_services : can(regex("^[a-z0-9-]+\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?$", service))]]))
    error_message = "via_services are written with their region, such as ec2.us-east-1.amazonaws.com; got ${jsonencode({ for name, key in var.keys : name => key.via_services if length(key.via_services) > 0 })}."
  }

  validation {
    condition     = alltrue(flatten([for key in var.keys : [for service in key.services : length(service.actions) > 0 && alltrue([for action in service.actions : can(regex("^kms:[A-Za-z]+\\*?$", action)) && action != "kms:*"])]]))
    error_message = "A service is given named KMS actions, never kms:*; got ${jsonencode({ for name, key in var.keys : name => { for principal, service in key.services : principal => service.actions } })}."
  }

  validation {
    condition = alltrue(flatten([for key in var.keys : [for service in key.services : service.conditions == null ? true : length(service.conditions) > 0]]))
    error_message = format(
      "Empty conditions would let a service use the key on behalf of any account; leave them out or name one; got {} for %s.",
      jsonencode(flatten([for name, key in var.keys : [for principal, service in key.services : "${name}/${principal}" if service.conditions == null ? false : length(service.conditions) == 0]]))
    )
  }

  validation {
    condition     = alltrue(flatten([for key in var.keys : [for account in key.user_account_ids : can(regex("^[0-9]{12}$", account))]]))
    error_message = "user_account_ids are 12-digit account ids; got ${jsonencode(flatten([for key in var.keys : [for account in key.user_account_ids : account if !can(regex("^[0-9]{12}$", account))]]))}."
  }
}

variable "name" {
  description = "Start of every alias; the key of the key follows."
  type        = string
  nullable    = false
}

variable "deletion_window_days" {
  description = "Days between the deletion of a key and its end, in which it can be called back."
  type        = number
  default     = 30
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30 && floor(var.deletion_window_days) == var.deletion_window_days
    error_message = "deletion_window_days is a whole number from 7 to 30; got ${var.deletion_window_days}."
  }
}

variable "rotation_period_days" {
  description = "Days between two automatic rotations of the key material."
  type        = number
  default     = 365
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
    condition     = var.rotation_period_days >= 90 && var.rotation_period_days <= 2560 && floor(var.rotation_period_days) == var.rotation_period_days
    error_message = "rotation_period_days is a whole number from 90 to 2560; got ${var.rotation_period_days}."
  }
}

variable "tags" {
  description = "Tags for every key."
  type        = map(string)
  default     = {}
  nullable    = false
}
