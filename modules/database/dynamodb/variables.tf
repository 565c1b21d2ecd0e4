variable "hash_key" {
  description = "Partition key: the attribute's name and its type, S, N or B."
  type        = object({ name = string, type = string })
  nullable    = false

  validation {
    condition     = contains(["S", "N", "B"], var.hash_key.type)
    error_message = "A key attribute's type is S, N or B; got ${jsonencode(var.hash_key)}."
  }
}

variable "name" {
  description = "Full name of the table."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
    condition     = can(regex("^[A-Za-z0-9_.-]{3,255}$", var.name))
    error_message = "A table name has 3 to 255 letters, digits or any of _.-; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "contributor_insights" {
  description = "Whether CloudWatch names the most used and most throttled keys; paid by event."
  type        = bool
  default     = false
  nullable    = false
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the table. The provider cannot set it for a replica."
  type        = bool
  default     = true
  nullable    = false
}

variable "disable_point_in_time_recovery" {
  description = "Whether to give up continuous backups, here and in every replica."
  type        = bool
  default     = false
  nullable    = false
}

variable "global_indexes" {
  description = "Global secondary indexes, keyed by name. `projection` is ALL, KEYS_ONLY or INCLUDE with `included_attributes`; `provisioned` is set exactly if the table's is."
  type = map(object({
    hash_key            = object({ name = string, type = string })
    range_key           = optional(object({ name = string, type = string }))
    projection          = optional(string, "ALL")
    included_attributes = optional(set(string), [])
    provisioned         = optional(object({ read = number, write = number }))
  }))
  default  = {}
  nullable = false

  validation {
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    condition     = length(var.global_indexes) <= 20
    error_message = "A table has at most 20 global indexes; got ${length(var.global_indexes)}."
  }

  validation {
    condition     = alltrue([for name in keys(var.global_indexes) : can(regex("^[A-Za-z0-9_.-]{3,255}$", name))])
    error_message = "An index name has 3 to 255 letters, digits or any of _.-; got ${jsonencode(keys(var.global_indexes))}."
  }

  validation {
    condition     = alltrue(flatten([for index in var.global_indexes : [for key in concat([index.hash_key], index.range_key[*]) : contains(["S", "N", "B"], key.type)]]))
    error_message = "A key attribute's type is S, N or B; got ${jsonencode({ for name, index in var.global_indexes : name => concat([index.hash_key], index.range_key[*]) })}."
  }

  validation {
    condition     = alltrue([for index in var.global_indexes : contains(["ALL", "KEYS_ONLY", "INCLUDE"], index.projection) && (index.projection == "INCLUDE") == (length(index.included_attributes) > 0)])
    error_message = "projection is ALL, KEYS_ONLY or INCLUDE, and INCLUDE alone names included_attributes; got ${jsonencode({ for name, index in var.global_indexes : name => { projection = index.projection, included_attributes = index.included_attributes } })}."
  }

  validation {
    condition     = alltrue([for index in var.global_indexes : (index.provisioned == null) == (var.provisioned == null)])
    error_message = "An index has provisioned capacity exactly if the table has; got ${jsonencode({ for name, index in var.global_indexes : name => index.provisioned })} and ${jsonencode(var.provisioned)} for the table."
  }

  validation {
    condition = length(distinct(concat(
      [var.hash_key], var.range_key[*],
      [for index in var.global_indexes : index.hash_key], flatten([for index in var.global_indexes : index.range_key[*]]),
      [for index in var.local_indexes : index.range_key],
      ))) == length(distinct([
      for key in concat(
        [var.hash_key], var.range_key[*],
        [for index in var.global_indexes : index.hash_key], flatten([for index in var.global_indexes : index.range_key[*]]),
        [for index in var.local_indexes : index.range_key],
      ) : key.name
    ]))
    error_message = "An attribute has one type in all keys; got ${jsonencode(var.global_indexes)} beside ${jsonencode(concat([var.hash_key], var.range_key[*]))} and ${jsonencode(var.local_indexes)}."
  }
}

variable "kms_key_arn" {
  description = "KMS key for the table; null means the account's own key for DynamoDB (alias/aws/dynamodb)."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key; got ${jsonencode(var.kms_key_arn)}."
  }
}

variable "local_indexes" {
  description = "Local secondary indexes, keyed by name. They can only be chosen when the table is made: adding one later replaces it."
  type = map(object({
    range_key           = object({ name = string, type = string })
    projection          = optional(string, "ALL")
    included_attributes = optional(set(string), [])
  }))
  default  = {}
  nullable = false

  validation {
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    condition     = length(var.local_indexes) <= 5
    error_message = "A table has at most 5 local indexes; got ${length(var.local_indexes)}."
  }

  validation {
    condition     = alltrue([for index in var.local_indexes : contains(["S", "N", "B"], index.range_key.type)])
    error_message = "A key attribute's type is S, N or B; got ${jsonencode({ for name, index in var.local_indexes : name => index.range_key })}."
  }

  validation {
    condition     = length(var.local_indexes) == 0 || var.range_key != null
    error_message = "A table with local indexes has a range_key of its own; got none with ${jsonencode(keys(var.local_indexes))}."
  }

  validation {
    condition     = alltrue([for index in var.local_indexes : contains(["ALL", "KEYS_ONLY", "INCLUDE"], index.projection) && (index.projection == "INCLUDE") == (length(index.included_attributes) > 0)])
    error_message = "projection is ALL, KEYS_ONLY or INCLUDE, and INCLUDE alone names included_attributes; got ${jsonencode({ for name, index in var.local_indexes : name => { projection = index.projection, included_attributes = index.included_attributes } })}."
  }
}

variable "on_demand_maximum" {
  description = "Most read and write request units a second that on-demand billing may reach, for the table and each index; null means the account's limit."
  type        = object({ read = number, write = number })
  default     = null

  validation {
    condition     = var.on_demand_maximum == null || var.provisioned == null
    error_message = "on_demand_maximum and provisioned are two ways to pay; set one; got ${jsonencode(var.on_demand_maximum)} and ${jsonencode(var.provisioned)}."
  }

  validation {
    condition     = var.on_demand_maximum == null ? true : var.on_demand_maximum.read >= 1 && var.on_demand_maximum.write >= 1
    error_message = "on_demand_maximum is at least 1 for reads and writes; got ${jsonencode(var.on_demand_maximum)}."
  }
}

variable "policy_statements" {
  description = "Statements of the table's resource policy, keyed by Sid; they speak of the table and its indexes. Conditions are written as in IAM: operator -> condition key -> values."
  type = map(object({
    effect         = optional(string, "Allow")
    actions        = set(string)
    principal_arns = set(string)
    conditions     = optional(map(map(list(string))), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for sid in keys(var.policy_statements) : can(regex("^[A-Za-z0-9]+$", sid))])
    error_message = "A statement's key becomes its Sid, which has letters and digits only; got ${jsonencode(keys(var.policy_statements))}."
  }

  validation {
    condition     = alltrue([for statement in var.policy_statements : contains(["Allow", "Deny"], statement.effect)])
    error_message = "effect is Allow or Deny; got ${jsonencode({ for sid, statement in var.policy_statements : sid => statement.effect })}."
  }

  validation {
    condition     = alltrue([for statement in var.policy_statements : length(statement.principal_arns) > 0 && (statement.effect == "Deny" || !contains(statement.principal_arns, "*"))])
    error_message = "A statement names its principals, and nothing is allowed to everybody; got ${jsonencode({ for sid, statement in var.policy_statements : sid => statement.principal_arns })}."
  }
}

variable "provisioned" {
  description = "Provisioned billing: bounds between which reads and writes scale to keep `target_percent` used. null means on-demand billing."
  type = object({
    read  = object({ minimum = number, maximum = number, target_percent = optional(number, 70) })
    write = object({ minimum = number, maximum = number, target_percent = optional(number, 70) })
  })
  default = null

  validation {
    condition     = var.provisioned == null ? true : alltrue([for bound in [var.provisioned.read, var.provisioned.write] : bound.minimum >= 1 && bound.minimum <= bound.maximum])
    error_message = "provisioned bounds start at 1 and minimum does not exceed maximum; got ${jsonencode(var.provisioned)}."
  }

  validation {
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
    condition     = var.provisioned == null ? true : alltrue([for bound in [var.provisioned.read, var.provisioned.write] : bound.target_percent >= 20 && bound.target_percent <= 90])
    error_message = "target_percent is 20 to 90; got ${jsonencode(var.provisioned)}."
  }
}

variable "range_key" {
  description = "Sort key: the attribute's name and its type, S, N or B; null means the table has none."
  type        = object({ name = string, type = string })
  default     = null

  validation {
    condition     = var.range_key == null ? true : contains(["S", "N", "B"], var.range_key.type)
    error_message = "A key attribute's type is S, N or B; got ${jsonencode(var.range_key)}."
  }
}

variable "recovery_period_days" {
  description = "Days back to any second of which the table can be restored."
  type        = number
  default     = 35
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
    condition     = var.recovery_period_days >= 1 && var.recovery_period_days <= 35
    error_message = "recovery_period_days is 1 to 35; got ${var.recovery_period_days}."
  }
}

variable "replicas" {
  description = "Further regions that hold the table and take writes (a global table), keyed by region; `kms_key_arn` is a key of that region."
  type        = map(object({ kms_key_arn = optional(string) }))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for region in keys(var.replicas) : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", region))])
    error_message = "replicas are keyed by region, such as us-west-2; got ${jsonencode(keys(var.replicas))}."
  }

  validation {
    condition     = length(var.replicas) == 0 || var.stream_view_type == "NEW_AND_OLD_IMAGES"
    error_message = "A global table replicates by its stream, so stream_view_type must be NEW_AND_OLD_IMAGES; got ${jsonencode(var.stream_view_type)} with ${jsonencode(keys(var.replicas))}."
  }

  validation {
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html
    condition     = alltrue([for replica in var.replicas : (replica.kms_key_arn == null) == (var.kms_key_arn == null)])
    error_message = "The table and its replicas all name a KMS key or none does; got ${jsonencode(var.replicas)} and ${jsonencode(var.kms_key_arn)} for the table."
  }
}

variable "stream_view_type" {
  description = "What a change record shows: NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES or KEYS_ONLY; null means no stream."
  type        = string
  default     = null

  validation {
    condition     = var.stream_view_type == null ? true : contains(["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"], var.stream_view_type)
    error_message = "stream_view_type is NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES or KEYS_ONLY; got ${jsonencode(var.stream_view_type)}."
  }
}

variable "table_class" {
  description = "STANDARD, or STANDARD_INFREQUENT_ACCESS where storage costs more than use."
  type        = string
  default     = "STANDARD"
  nullable    = false

  validation {
    condition     = contains(["STANDARD", "STANDARD_INFREQUENT_ACCESS"], var.table_class)
    error_message = "table_class is STANDARD or STANDARD_INFREQUENT_ACCESS; got ${jsonencode(var.table_class)}."
  }
}

variable "tags" {
  description = "Tags for the table, its replicas and its scaling targets."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "ttl_attribute" {
  description = "Attribute whose time, in seconds since 1970, removes an item; null means items stay."
  type        = string
  default     = null

  validation {
    condition     = var.ttl_attribute == null ? true : length(var.ttl_attribute) >= 1 && length(var.ttl_attribute) <= 255
    error_message = "ttl_attribute has 1 to 255 characters; got ${jsonencode(var.ttl_attribute)}."
  }
}
