variable "kms_key_arn" {
  description = "KMS key for the vault. A key of its own, because a copy is of no use under a key that went with the source."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key; got ${jsonencode(var.kms_key_arn)}."
  }
}

variable "name" {
  description = "Name of the vault and start of the name of plans and role."
  type        = string
  nullable    = false

  validation {
    # A vault's name has 50 characters, a plan's too: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html
    condition     = can(regex("^[A-Za-z0-9_-]{2,50}$", var.name)) && alltrue([for key in keys(var.plans) : length("${var.name}-${key}") <= 50])
    error_message = "name has 2 to 50 letters, digits, hyphens and underscores, also with a plan's key behind it; got ${jsonencode(var.name)} with ${jsonencode(keys(var.plans))}."
  }
}

variable "administrator_arns" {
  description = "Roles that may delete backups before their time; empty means nobody."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.administrator_arns : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:[^*?]+$", arn))])
    error_message = "administrator_arns are ARNs of roles or users, without a wildcard; got ${jsonencode(var.administrator_arns)}."
  }
}

variable "allow_destroy_with_backups" {
  description = "Whether destroying the vault also destroys what it keeps."
  type        = bool
  default     = false
  nullable    = false
}

variable "copy_vault_arns" {
  description = "Vaults of other regions or accounts that rules copy to, keyed by the name that a rule's copies use."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.copy_vault_arns) : can(regex("^arn:[a-z-]+:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:.+$", arn))])
    error_message = "copy_vault_arns are ARNs of vaults; got ${jsonencode(var.copy_vault_arns)}."
  }
}

variable "lock" {
  description = "Bounds of how long backups of this vault are kept; the lock can be undone by the privileged unless compliance mode is asked for. null means no lock."
  type = object({
    minimum_days                         = number
    maximum_days                         = optional(number)
    compliance_mode_that_nobody_can_undo = optional(bool, false)
  })
  default = null

  validation {
    # https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html
    condition     = var.lock == null ? true : var.lock.minimum_days >= 1 && coalesce(var.lock.maximum_days, 36500) <= 36500 && var.lock.minimum_days <= coalesce(var.lock.maximum_days, 36500)
    error_message = "lock.minimum_days is at least 1, maximum_days at most 36500 and not below it; got ${jsonencode(var.lock)}."
  }
}

variable "plans" {
  description = <<-EOT
    Plans, keyed by short name. Each backs up what carries all of `selected_by_tags`, of the `selected_arns` or, without
    any, of everything; by `rules` keyed by name: a `schedule` (cron in UTC), how long to keep, when to move to cold
    storage, and `copies` to vaults of other regions or accounts, keyed by short name. `continuous` allows a restore to
    any second.
  EOT
  type = map(object({
    selected_by_tags = optional(map(string), {})
    selected_arns    = optional(list(string), [])
    rules = map(object({
      schedule                  = string
      keep_days                 = number
      cold_after_days           = optional(number)
      continuous                = optional(bool, false)
      start_window_minutes      = optional(number, 60)
      completion_window_minutes = optional(number, 480)
      copies = optional(map(object({
        keep_days       = number
        vault_arn       = optional(string)
        cold_after_days = optional(number)
      })), {})
    }))
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for plan in var.plans : length(plan.selected_by_tags) + length(plan.selected_arns) > 0 && length(plan.rules) > 0])
    error_message = "A plan has at least one rule and one tag or ARN to select by; got ${jsonencode({ for key, plan in var.plans : key => { tags = plan.selected_by_tags, arns = plan.selected_arns, rules = keys(plan.rules) } })}."
  }

  validation {
    condition     = alltrue(flatten([for plan in var.plans : [for arn in plan.selected_arns : can(regex("^arn:[a-z-]+:[a-z0-9-]+:[^*]+$", arn))]]))
    error_message = "selected_arns are ARNs without a wildcard; got ${jsonencode({ for key, plan in var.plans : key => plan.selected_arns })}."
  }

  validation {
    condition     = alltrue(flatten([for plan in var.plans : [for rule in plan.rules : can(regex("^cron\\(([^ ]+ ){5}[^ ]+\\)$", rule.schedule))]]))
    error_message = "A schedule is written cron(0 3 * * ? *); got ${jsonencode({ for key, plan in var.plans : key => { for name, rule in plan.rules : name => rule.schedule } })}."
  }

  validation {
    condition     = alltrue(flatten([for plan in var.plans : [for rule in plan.rules : rule.keep_days >= 1 && (!rule.continuous || rule.keep_days <= 35)]]))
    error_message = "keep_days is at least 1, and at most 35 for continuous backups; got ${jsonencode({ for key, plan in var.plans : key => { for name, rule in plan.rules : name => rule.keep_days } })}."
  }

  validation {
    # https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
    condition = alltrue(flatten([
      for plan in var.plans : [
        for rule in plan.rules : [
          for kept in concat([{ keep_days = rule.keep_days, cold_after_days = rule.cold_after_days }], [for copy in rule.copies : { keep_days = copy.keep_days, cold_after_days = copy.cold_after_days }]) :
          kept.cold_after_days == null ? true : kept.keep_days >= kept.cold_after_days + 90
        ]
      ]
    ]))
    error_message = "What moves to cold storage stays there 90 days: keep_days is at least cold_after_days + 90; got ${jsonencode({ for key, plan in var.plans : key => plan.rules })}."
  }

  validation {
    condition     = alltrue(flatten([for plan in var.plans : [for rule in plan.rules : rule.start_window_minutes >= 60 && rule.completion_window_minutes >= rule.start_window_minutes + 60]]))
    error_message = "start_window_minutes is at least 60 and completion_window_minutes an hour more; got ${jsonencode({ for key, plan in var.plans : key => { for name, rule in plan.rules : name => [rule.start_window_minutes, rule.completion_window_minutes] } })}."
  }

  validation {
    condition     = alltrue(flatten([for plan in var.plans : [for rule in plan.rules : [for copy in rule.copies : copy.vault_arn == null ? true : can(regex("^arn:[a-z-]+:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:.+$", copy.vault_arn))]]]))
    error_message = "A copy goes to the ARN of a vault; got ${jsonencode(flatten([for plan in var.plans : [for rule in plan.rules : [for copy in rule.copies : copy.vault_arn]]]))}."
  }

  validation {
    condition     = alltrue(flatten([for plan in var.plans : [for rule in plan.rules : [for key, copy in rule.copies : copy.vault_arn != null || contains(keys(var.copy_vault_arns), key)]]]))
    error_message = "A copy without vault_arn is called as one of copy_vault_arns (${join(", ", keys(var.copy_vault_arns))}); got ${jsonencode(distinct(flatten([for plan in var.plans : [for rule in plan.rules : [for key, copy in rule.copies : key if copy.vault_arn == null]]])))}."
  }

  validation {
    condition     = var.lock == null ? true : alltrue(flatten([for plan in var.plans : [for rule in plan.rules : rule.keep_days >= var.lock.minimum_days && rule.keep_days <= coalesce(var.lock.maximum_days, 36500)]]))
    error_message = "A locked vault refuses backups that are kept shorter or longer than the lock says; got ${jsonencode({ for key, plan in var.plans : key => { for name, rule in plan.rules : name => rule.keep_days } })} with ${jsonencode(var.lock)}."
  }
}

variable "source_account_ids" {
  description = "Accounts that may copy backups into this vault."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for account in var.source_account_ids : can(regex("^[0-9]{12}$", account))])
    error_message = "source_account_ids are 12-digit account ids; got ${jsonencode(var.source_account_ids)}."
  }
}

variable "tags" {
  description = "Tags for vault, plans, role and every backup."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "topic" {
  description = "Topic that hears of backups that failed and of restores; its policy must let backup.amazonaws.com publish. null means none."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.topic == null ? true : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+$", var.topic.arn))
    error_message = "topic.arn is the ARN of a topic; got ${jsonencode(var.topic)}."
  }
}
