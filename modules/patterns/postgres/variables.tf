variable "account_id" {
  description = "Account on whose behalf the proxy may take its role."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "KMS key for storage, backups, Performance Insights and secrets. Another key replaces the database."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Identifier of the database and prefix of all that belongs to it, for example acme-dev-pyshop-db."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets of the database, in at least two zones."
  type        = set(string)
  nullable    = false
}

variable "alarm_topic_arns" {
  description = "Topics that hear when an alarm begins and ends."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "alarms" {
  description = "Limits beyond which an alarm begins after five minutes; what is left out is the default of rds-postgres or rds-aurora, and a cluster has no free_storage_gb, since its storage grows by itself. null means no alarms."
  type = object({
    connections         = optional(number)
    cpu_percent         = optional(number)
    free_memory_mb      = optional(number)
    free_storage_gb     = optional(number)
    replica_lag_seconds = optional(number)
  })
  default = {}

  validation {
    condition     = var.alarms == null ? true : var.alarms.free_storage_gb == null || var.aurora == null
    error_message = "alarms.free_storage_gb is for an instance, because a cluster's storage grows by itself; got ${jsonencode(try(var.alarms.free_storage_gb, null))} with aurora."
  }
}

variable "allow_destroy_without_snapshot" {
  description = "Whether destroying the database takes no last snapshot."
  type        = bool
  default     = false
  nullable    = false
}

variable "application_secrets" {
  description = "Secrets that the application needs beside the database, keyed by environment variable: random letters and digits."
  type = map(object({
    description = string
    length      = optional(number, 50)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.application_secrets) : can(regex("^[A-Z][A-Z0-9_]*$", key))]) && !contains(keys(var.application_secrets), "DATABASE_URL")
    error_message = "application_secrets must be keyed by environment variables such as SECRET_KEY, and DATABASE_URL is the database's own; got ${jsonencode(keys(var.application_secrets))}."
  }
}

variable "application_secret_versions" {
  description = "Another number for a key of application_secrets draws another value; 1 where none stands."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.application_secret_versions) : contains(keys(var.application_secrets), key)])
    error_message = "application_secret_versions must be keyed as application_secrets (${join(", ", keys(var.application_secrets))}); got ${jsonencode(keys(var.application_secret_versions))}."
  }

  validation {
    condition     = alltrue([for version in var.application_secret_versions : version >= 1 && floor(version) == version])
    error_message = "application_secret_versions are whole numbers of at least 1; got ${jsonencode(var.application_secret_versions)}."
  }
}

variable "aurora" {
  description = "An Aurora cluster, with instances, serverless bounds, parameters of PostgreSQL, reader autoscaling and restore as in database/rds-aurora; null for an instance."
  type = object({
    instances = map(object({
      class             = string
      availability_zone = optional(string)
      promotion_tier    = optional(number)
    }))
    parameters = optional(map(string))
    reader_autoscaling = optional(object({
      maximum     = number
      cpu_percent = optional(number)
      minimum     = optional(number)
    }))
    restore = optional(object({
      cluster_identifier = string
      time               = optional(string)
    }))
    serverless = optional(object({
      maximum = number
      minimum = number
    }))
  })
  default = null

  validation {
    condition     = (var.aurora == null) != (var.instance == null)
    error_message = "A database is an instance or an Aurora cluster, one of the two; got instance ${jsonencode(var.instance)} and aurora ${jsonencode(var.aurora)}."
  }
}

variable "backup_retention_days" {
  description = "Days back to any second of which the database can be restored."
  type        = number
  default     = 7
  nullable    = false
}

variable "database" {
  description = "Name of the database that is made, and of the user that the password opens."
  type = object({
    name     = optional(string)
    username = optional(string)
  })
  default  = {}
  nullable = false
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the database."
  type        = bool
  default     = true
  nullable    = false
}

variable "engine_version" {
  description = "15 or 16, or one of their minor versions; AWS takes minor versions off its list from time to time."
  type        = string
  default     = "16"
  nullable    = false
}

variable "instance" {
  description = "One instance, as in database/rds-postgres; null for an Aurora cluster. multi_az keeps a standby in another zone, replicas are read-only copies, parameters are PostgreSQL's."
  type = object({
    class      = string
    multi_az   = optional(bool)
    parameters = optional(map(string))
    replicas = optional(map(object({
      availability_zone = optional(string)
      instance_class    = optional(string)
    })))
    storage = optional(object({
      allocated_gb = optional(number)
      iops         = optional(number)
      maximum_gb   = optional(number)
      throughput   = optional(number)
    }))
  })
  default = null
}

variable "log_kms_key_arn" {
  description = "KMS key for the logs; null means CloudWatch's own."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days for which logs are kept."
  type        = number
  default     = 30
  nullable    = false
}

variable "maintenance" {
  description = "When, in UTC, the daily backup is taken and when AWS may interrupt, and whether changes that interrupt do not wait for that."
  type = object({
    apply_immediately = optional(bool)
    backup_window     = optional(string)
    window            = optional(string)
  })
  default  = {}
  nullable = false
}

variable "monitoring" {
  description = "How often the operating system's figures are taken, and for how many days Performance Insights keeps its own (7 are free)."
  type = object({
    insights_days    = optional(number)
    interval_seconds = optional(number)
  })
  default  = {}
  nullable = false
}

variable "own_group" {
  description = "Makes a security group that admits client_group_ids, keyed by who they are, to PostgreSQL's port; null for groups of another unit."
  type = object({
    client_group_ids = map(string)
    vpc_id           = string
  })
  default = null

  validation {
    condition     = var.own_group != null || length(var.security_group_ids) > 0
    error_message = "A database needs own_group or security_group_ids, or it would get the VPC's default group; got ${jsonencode(var.security_group_ids)}."
  }
}

variable "password_version" {
  description = "Another number makes another password and writes it to the database and both secrets."
  type        = number
  default     = 1
  nullable    = false
}

variable "proxy" {
  description = "A proxy that keeps connections open for clients that come and go, as in database/rds-proxy; without security_group_ids it stands in the database's groups, which must then admit each other. null for none."
  type = object({
    allow_password_clients      = optional(bool)
    idle_client_timeout_seconds = optional(number)
    security_group_ids          = optional(set(string), [])
    pool = optional(object({
      borrow_timeout_seconds       = optional(number)
      max_connections_percent      = optional(number)
      max_idle_connections_percent = optional(number)
    }))
  })
  default = null
}

variable "secret_recovery_window_days" {
  description = "Days for which the deleted secrets can be brought back; their names stay taken as long. 0 deletes them at once and for good, which is for environments that come and go."
  type        = number
  default     = 30
  nullable    = false
}

variable "security_group_ids" {
  description = "Security groups of the database, made by another unit."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "tags" {
  description = "Tags of everything in this pattern that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
