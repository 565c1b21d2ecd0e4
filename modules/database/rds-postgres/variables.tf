variable "instance_class" {
  description = "Size of the instance, such as db.t4g.micro."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "instance_class is a size such as db.t4g.micro; got ${jsonencode(var.instance_class)}."
  }
}

variable "kms_key_arn" {
  description = "KMS key for storage, backups, Performance Insights and secrets. Another key replaces the instance."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key; got ${jsonencode(var.kms_key_arn)}."
  }
}

variable "name" {
  description = "Identifier of the instance, and start of the name of all that belongs to it."
  type        = string
  nullable    = false

  validation {
    # An identifier has 63 characters (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html)
    # and so has a replica's; the monitoring role's name has 64.
    condition     = can(regex("^[a-z](-?[a-z0-9])*$", var.name)) && alltrue([for suffix in concat(["-monitoring"], [for key in keys(var.replicas) : "-${key}"]) : length("${var.name}${suffix}") <= 63])
    error_message = "name has small letters, digits and single hyphens, begins with a letter, and fits in 63 characters with -monitoring or a replica's key behind it; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "security_group_ids" {
  description = "Security groups of the primary and its replicas."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) > 0
    error_message = "An instance without security groups would get the VPC's default one; got ${jsonencode(var.security_group_ids)}."
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
    connections         = optional(number, 80) # a db.t4g.micro allows about 110
    cpu_percent         = optional(number, 80)
    free_memory_mb      = optional(number, 100)
    free_storage_gb     = optional(number, 2)
    replica_lag_seconds = optional(number, 60)
  })
  default = {}
}

variable "allow_destroy_without_snapshot" {
  description = "Whether destroying the instance takes no last snapshot."
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
    # 0 would switch backups off, and replicas with them.
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35
    error_message = "backup_retention_days is 1 to 35; got ${var.backup_retention_days}."
  }
}

variable "database_name" {
  description = "Database that is made with the instance."
  type        = string
  default     = "app"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database_name))
    error_message = "database_name has 1 to 63 small letters, digits and _ and begins with a letter; got ${jsonencode(var.database_name)}."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the primary and its replicas."
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
    error_message = "engine_version is 15 or 16, or a minor version such as 15.10; got ${jsonencode(var.engine_version)}."
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

variable "multi_az" {
  description = "Whether a standby in another zone takes over."
  type        = bool
  default     = false
  nullable    = false
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

variable "replicas" {
  description = "Read replicas, keyed by short name; null means the primary's size, and the zone that RDS picks. multi_az gives a replica a standby of its own."
  type = map(object({
    instance_class    = optional(string)
    availability_zone = optional(string)
    multi_az          = optional(bool, false)
  }))
  default  = {}
  nullable = false

  validation {
    # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.Replication.ReadReplicas.html
    condition     = length(var.replicas) <= 15
    error_message = "A primary has at most 15 read replicas; got ${length(var.replicas)}."
  }

  validation {
    condition     = alltrue([for replica in var.replicas : !(replica.multi_az && replica.availability_zone != null)])
    error_message = "A replica with a standby spans zones, so RDS takes no availability_zone for it; got ${jsonencode([for key, replica in var.replicas : key if replica.multi_az && replica.availability_zone != null])}."
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

variable "storage" {
  description = "gp3 storage: it grows by itself up to `maximum_gb`. iops and throughput beyond gp3's own need 400 GB; null means gp3's own."
  type = object({
    allocated_gb = optional(number, 20)
    maximum_gb   = optional(number, 100)
    iops         = optional(number)
    throughput   = optional(number)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.storage.allocated_gb >= 20 && var.storage.maximum_gb > var.storage.allocated_gb && var.storage.maximum_gb <= 65536
    error_message = "storage starts at 20 GB and may grow to a larger maximum_gb, 65536 at most; got ${jsonencode(var.storage)}."
  }

  validation {
    # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
    condition     = (var.storage.iops == null && var.storage.throughput == null) || var.storage.allocated_gb >= 400
    error_message = "iops and throughput can be chosen from 400 GB on; got ${jsonencode(var.storage)}."
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
