variable "name" {
  description = "Id of the replication group and prefix of everything else, for example acme-dev-shop."
  type        = string
  nullable    = false

  validation {
    # A replication group's id has 40 characters; "-default" must fit into a user's id of 40 too.
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name)) && length(var.name) <= 32
    error_message = format("name may have 32 small letters, digits and single hyphens, and starts with a letter; got %s.", jsonencode(var.name))
  }
}

variable "security_group_ids" {
  description = "Security groups of the nodes."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) > 0
    error_message = format("security_group_ids needs at least one, or the VPC's default group would apply; got %s.", length(var.security_group_ids))
  }
}

variable "subnet_ids" {
  description = "Subnets of the nodes, one per availability zone."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= (var.replicas > 0 ? 2 : 1)
    error_message = format("Nodes in several zones need as many subnets: at least 2 with replicas, 1 without; got %s.", length(var.subnet_ids))
  }
}

variable "users" {
  description = <<-EOT
    Who may do what, keyed by short name; a client signs in as <name>-<key> by IAM
    (elasticache:Connect on the user and the cache). access_string is the engine's ACL.
  EOT
  type = map(object({
    access_string = string
  }))
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.users) : can(regex("^[a-z0-9]+(-[a-z0-9]+)*$", key)) && length("${var.name}-${key}") <= 40 && key != "default"])
    error_message = format("A user's id, <name>-<key>, may have 40 small letters, digits and single hyphens, and default is taken; got %s.", jsonencode(keys(var.users)))
  }

  validation {
    condition     = length(var.users) > 0 && alltrue([for user in var.users : can(regex("^(on|off) ", user.access_string))])
    error_message = format("There must be a user, and access_string starts with on or off, for example \"on ~orders:* +@read +@write\"; got %s.", jsonencode({ for key, user in var.users : key => user.access_string }))
  }
}

variable "alarm_thresholds" {
  description = "When a node's alarm rings: two of three periods of five minutes above this."
  type = object({
    engine_cpu_percent = optional(number, 80)
    evictions          = optional(number, 0)
    memory_percent     = optional(number, 80)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for percent in [var.alarm_thresholds.engine_cpu_percent, var.alarm_thresholds.memory_percent] : percent > 0 && percent <= 100]) && var.alarm_thresholds.evictions >= 0
    error_message = format("A percentage must be above 0 and at most 100, and evictions not negative; got %s.", jsonencode(var.alarm_thresholds))
  }
}

variable "alarm_topic_arns" {
  description = "SNS topics that the alarms tell when they ring and when they recover."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "apply_immediately" {
  description = "Changes nodes at once instead of in the maintenance window."
  type        = bool
  default     = false
  nullable    = false
}

variable "description" {
  description = "What the cache is for."
  type        = string
  default     = "Managed by Terraform."
  nullable    = false
}

variable "engine" {
  description = "Valkey, or Redis OSS up to the last version that AWS has of it; users by IAM need at least 7."
  type = object({
    name    = optional(string, "valkey")
    version = optional(string, "8.0")
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["redis 7.0", "redis 7.1", "valkey 7.2", "valkey 8.0", "valkey 8.1"], "${var.engine.name} ${var.engine.version}")
    error_message = format("engine must be valkey 7.2, 8.0 or 8.1, or redis 7.0 or 7.1; got %s.", jsonencode("${var.engine.name} ${var.engine.version}"))
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of disks and snapshots; null encrypts with a key that AWS owns. Another key replaces the cache."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = format("kms_key_arn must be the ARN of a KMS key, or null for the key that AWS owns; got %s.", jsonencode(var.kms_key_arn))
  }
}

variable "log_kms_key_arn" {
  description = "Customer-managed key of the logs, whose policy admits CloudWatch Logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the slow log and the engine's own."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = format("log_retention_days must be a period that CloudWatch offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653); got %s.", var.log_retention_days)
  }
}

variable "maintenance_window" {
  description = "When AWS may patch nodes, in UTC; one hour at least."
  type        = string
  default     = "sun:05:00-sun:06:00"
  nullable    = false

  validation {
    condition     = can(regex("^(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):[0-2][0-9]:[0-5][0-9]$", var.maintenance_window))
    error_message = format("maintenance_window is written ddd:hh:mm-ddd:hh:mm, for example sun:05:00-sun:06:00; got %s.", jsonencode(var.maintenance_window))
  }
}

variable "node_type" {
  description = "Size of every node."
  type        = string
  default     = "cache.t4g.small"
  nullable    = false

  validation {
    condition     = can(regex("^cache\\.[a-z][a-z0-9]*\\.[a-z0-9]+$", var.node_type))
    error_message = format("node_type must be a cache node, for example cache.t4g.small; got %s.", jsonencode(var.node_type))
  }
}

variable "notification_topic_arn" {
  description = "SNS topic that ElastiCache tells of failovers, replaced nodes and finished snapshots; null tells nobody."
  type        = string
  default     = null
}

variable "parameters" {
  description = "Settings of the engine that differ from its family's, for example { \"maxmemory-policy\" = \"allkeys-lru\" }."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = !contains(keys(var.parameters), "cluster-enabled")
    error_message = format("cluster-enabled follows from shards; leave it out of parameters; got %s.", jsonencode(var.parameters))
  }
}

variable "replicas" {
  description = "Copies of each shard, in other zones, one of which takes over; 0 is a cache that is gone while its node is."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1, 2, 3, 4, 5], var.replicas)
    error_message = format("replicas must be 0 to 5; got %s.", var.replicas)
  }
}

variable "shards" {
  description = "Turns cluster mode on, with this many shards; null is one shard without cluster mode, which every client understands."
  type        = number
  default     = null

  validation {
    condition     = var.shards == null ? true : var.shards >= 1 && var.shards <= 500 && floor(var.shards) == var.shards
    error_message = format("shards must be 1 to 500, or null for no cluster mode; got %s.", jsonencode(var.shards))
  }
}

variable "skip_final_snapshot" {
  description = "Destroys the cache without keeping what it held."
  type        = bool
  default     = false
  nullable    = false
}

variable "snapshot_retention_days" {
  description = "How long daily snapshots are kept; 0 makes none."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.snapshot_retention_days >= 0 && var.snapshot_retention_days <= 35
    error_message = format("snapshot_retention_days must be 0 to 35; got %s.", var.snapshot_retention_days)
  }
}

variable "snapshot_window" {
  description = "When the daily snapshot is made, in UTC; one hour at least, outside the maintenance window."
  type        = string
  default     = "03:00-04:00"
  nullable    = false

  validation {
    condition     = can(regex("^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$", var.snapshot_window))
    error_message = format("snapshot_window is written hh:mm-hh:mm, for example 03:00-04:00; got %s.", jsonencode(var.snapshot_window))
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
