variable "instances" {
  description = "Instances of the cluster, keyed by short name; the lowest `promotion_tier` (0 to 15) takes over from a writer that fails. `class` is a size such as db.r6g.large, or db.serverless."
  type = map(object({
    class             = string
    promotion_tier    = optional(number, 1)
    availability_zone = optional(string)
  }))
  nullable = false

  validation {
    # One writer and up to 15 readers.
    condition     = length(var.instances) >= 1 && length(var.instances) <= 16
    error_message = "A cluster has 1 to 16 instances; got ${length(var.instances)}."
  }

  validation {
    condition     = alltrue([for instance in var.instances : can(regex("^db\\.(serverless|[a-z0-9]+\\.[a-z0-9]+)$", instance.class))])
    error_message = "An instance's class is a size such as db.r6g.large, or db.serverless; got ${jsonencode({ for key, instance in var.instances : key => instance.class })}."
  }

  validation {
    condition     = alltrue([for instance in var.instances : instance.promotion_tier >= 0 && instance.promotion_tier <= 15])
    error_message = "promotion_tier is 0 to 15; got ${jsonencode({ for key, instance in var.instances : key => instance.promotion_tier })}."
  }

  validation {
    condition     = anytrue([for instance in var.instances : instance.class == "db.serverless"]) == (var.serverless != null)
    error_message = "serverless is set exactly if an instance is db.serverless; got ${jsonencode(var.serverless)} with ${jsonencode({ for key, instance in var.instances : key => instance.class })}."
  }
}

variable "kms_key_arn" {
  description = "KMS key for storage, backups, Performance Insights and secrets. Another key replaces the cluster."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key; got ${jsonencode(var.kms_key_arn)}."
  }
}

variable "name" {
  description = "Identifier of the cluster, and start of the name of all that belongs to it."
  type        = string
  nullable    = false

  validation {
    # An identifier has 63 characters (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html),
    # an instance's too; the monitoring role's name has 64.
    condition     = can(regex("^[a-z](-?[a-z0-9])*$", var.name)) && alltrue([for suffix in concat(["-monitoring"], [for key in keys(var.instances) : "-${key}"]) : length("${var.name}${suffix}") <= 63])
    error_message = "name has small letters, digits and single hyphens, begins with a letter, and fits in 63 characters with -monitoring or an instance's key behind it; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "security_group_ids" {
  description = "Security groups of the cluster."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) > 0
    error_message = "A cluster without security groups would get the VPC's default one; got ${jsonencode(var.security_group_ids)}."
  }
}

variable "subnet_ids" {
  description = "Subnets of the database tier, in at least two zones."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "RDS wants subnets in at least 2 zones, even for one instance; got ${jsonencode(var.subnet_ids)}."
  }
}

variable "alarm_topic_arns" {
  description = "Topics that hear when an alarm begins and ends."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "alarms" {
  description = "Limits beyond which an alarm begins after five minutes; null means no alarms."
  type = object({
    connections    = optional(number, 500)
    cpu_percent    = optional(number, 80)
    free_memory_mb = optional(number, 256)
    replica_lag_ms = optional(number, 1000)
  })
  default = {}
}

variable "allow_destroy_without_snapshot" {
  description = "Whether destroying the cluster takes no last snapshot."
  type        = bool
  default     = false
  nullable    = false
}

variable "apply_immediately" {
  description = "Whether changes that interrupt do not wait for the maintenance window."
  type        = bool
  default     = false
  nullable    = false
}

variable "backup_retention_days" {
  description = "Days back to any second of which the database can be restored."
  type        = number
  default     = 7
  nullable    = false

  validation {
    # Aurora cannot do without backups.
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35
    error_message = "backup_retention_days is 1 to 35; got ${var.backup_retention_days}."
  }
}

variable "database_name" {
  description = "Database that is made with the cluster."
  type        = string
  default     = "app"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database_name))
    error_message = "database_name has 1 to 63 small letters, digits and _ and begins with a letter; got ${jsonencode(var.database_name)}."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the cluster."
  type        = bool
  default     = true
  nullable    = false
}

variable "engine_version" {
  description = "15 or 16, or one of their minor versions; AWS takes minor versions off its list from time to time."
  type        = string
  default     = "16"
  nullable    = false

  validation {
    condition     = can(regex("^(15|16)(\\.[0-9]{1,2})?$", var.engine_version))
    error_message = "engine_version is 15 or 16, or a minor version such as 16.4; got ${jsonencode(var.engine_version)}."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key for the logs; null means CloudWatch's own."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days for which logs are kept; 0 would keep them for ever."
  type        = number
  default     = 30
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is one of CloudWatch's own values (7, 14, 30, 90, 365 ...); got ${var.log_retention_days}."
  }
}

variable "monitoring" {
  description = "How often the operating system's figures are taken, and for how many days Performance Insights keeps its own (7 are free)."
  type = object({
    insights_days    = optional(number, 7)
    interval_seconds = optional(number, 60)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains([1, 5, 10, 15, 30, 60], var.monitoring.interval_seconds)
    error_message = "monitoring.interval_seconds is 1, 5, 10, 15, 30 or 60; got ${var.monitoring.interval_seconds}."
  }

  validation {
    # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.cost.html
    condition     = contains(concat([7, 731], [for month in range(1, 24) : month * 31]), var.monitoring.insights_days)
    error_message = "monitoring.insights_days is 7, 731 or a multiple of 31 up to 713; got ${var.monitoring.insights_days}."
  }
}

variable "parameters" {
  description = "Further parameters of PostgreSQL by name; rds.force_ssl stays 1."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = !contains(keys(var.parameters), "rds.force_ssl")
    error_message = "rds.force_ssl is not the caller's: connections are encrypted; got ${jsonencode(var.parameters)}."
  }
}

variable "password_version" {
  description = "Another number makes another password and writes it to the database and both secrets."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.password_version >= 1 && floor(var.password_version) == var.password_version
    error_message = "password_version is a whole number of at least 1; got ${var.password_version}."
  }
}

variable "reader_autoscaling" {
  description = "Further readers that come and go to keep the readers' CPU near `cpu_percent`; null means that only var.instances exist."
  type = object({
    minimum     = optional(number, 0)
    maximum     = number
    cpu_percent = optional(number, 60)
  })
  default = null

  validation {
    condition     = var.reader_autoscaling == null ? true : var.reader_autoscaling.minimum >= 0 && var.reader_autoscaling.maximum > var.reader_autoscaling.minimum && var.reader_autoscaling.maximum <= 15
    error_message = "reader_autoscaling has a maximum above its minimum and at most 15; got ${jsonencode(var.reader_autoscaling)}."
  }

  validation {
    # A cluster of one instance has no reader whose CPU could be followed.
    condition     = var.reader_autoscaling == null || length(var.instances) >= 2
    error_message = "reader_autoscaling follows the readers' CPU, so instances must hold a reader beside the writer; got ${jsonencode(keys(var.instances))}."
  }
}

variable "restore" {
  description = "Makes the cluster a copy of another as it was at `time` (RFC 3339); without it, at the latest moment. Only when the cluster is made. null means an empty cluster."
  type = object({
    cluster_identifier = string
    time               = optional(string)
  })
  default = null

  validation {
    condition     = var.restore == null ? true : var.restore.time == null ? true : can(timeadd(var.restore.time, "0s"))
    error_message = "restore.time is written 2026-01-31T12:00:00Z; got ${jsonencode(var.restore)}."
  }
}

variable "secret_recovery_window_days" {
  description = "Days for which the deleted secrets can be brought back; their names stay taken as long. 0 deletes them at once and for good, which is for environments that come and go."
  type        = number
  default     = 30
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
    condition     = var.secret_recovery_window_days == 0 || (var.secret_recovery_window_days >= 7 && var.secret_recovery_window_days <= 30)
    error_message = "secret_recovery_window_days is 0 or 7 to 30; got ${var.secret_recovery_window_days}."
  }
}

variable "serverless" {
  description = "Bounds, in Aurora capacity units of 2 GB, between which db.serverless instances grow and shrink; a minimum of 0 lets them pause. null means that every instance has a fixed size."
  type = object({
    minimum = number
    maximum = number
  })
  default = null

  validation {
    # https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
    condition     = var.serverless == null ? true : alltrue([for units in [var.serverless.minimum, var.serverless.maximum] : units * 2 == floor(units * 2)]) && var.serverless.minimum >= 0 && var.serverless.maximum >= 1 && var.serverless.maximum <= 256 && var.serverless.minimum <= var.serverless.maximum
    error_message = "serverless bounds are half units, minimum from 0, maximum 1 to 256 and not below minimum; got ${jsonencode(var.serverless)}."
  }
}

variable "tags" {
  description = "Tags for everything that takes them."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "username" {
  description = "Name of the user that the password opens."
  type        = string
  default     = "app"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.username)) && !contains(["admin", "postgres", "rdsadmin", "root"], var.username)
    error_message = "username has 1 to 63 small letters, digits and _, begins with a letter and is not one that RDS or attackers try first; got ${jsonencode(var.username)}."
  }
}

variable "windows" {
  description = "When the daily backup is taken and when AWS may interrupt, in UTC; the two must not touch."
  type = object({
    backup      = optional(string, "02:00-03:00")
    maintenance = optional(string, "sun:04:00-sun:05:00")
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$", var.windows.backup))
    error_message = "windows.backup is written hh:mm-hh:mm; got ${jsonencode(var.windows.backup)}."
  }

  validation {
    condition     = can(regex("^(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]$", var.windows.maintenance))
    error_message = "windows.maintenance is written ddd:hh:mm-ddd:hh:mm; got ${jsonencode(var.windows.maintenance)}."
  }
}
