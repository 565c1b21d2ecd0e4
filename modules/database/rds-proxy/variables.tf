variable "account_id" {
  description = "Account on whose behalf RDS may take the proxy's role."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "kms_key_arn" {
  description = "KMS key under which the secrets lie."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a KMS key; got ${jsonencode(var.kms_key_arn)}."
  }
}

variable "name" {
  description = "Name of the proxy."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html, and 64 characters for a role.
    condition     = can(regex("^[a-zA-Z](-?[a-zA-Z0-9])*$", var.name)) && length(var.name) <= 58
    error_message = "name has 1 to 58 letters, digits and single hyphens and begins with a letter; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "secret_arns" {
  description = "Secrets with `username` and `password` that the proxy connects with, keyed by short name: the connection secret of rds-postgres or rds-aurora."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.secret_arns) > 0 && alltrue([for arn in values(var.secret_arns) : can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$", arn))])
    error_message = "A proxy needs the ARN of at least one secret; got ${jsonencode(var.secret_arns)}."
  }
}

variable "security_group_ids" {
  description = "Security groups of the proxy."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) > 0
    error_message = "A proxy without security groups would get the VPC's default one; got ${jsonencode(var.security_group_ids)}."
  }
}

variable "subnet_ids" {
  description = "Subnets of the proxy, in at least two zones."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "A proxy wants subnets in at least 2 zones; got ${jsonencode(var.subnet_ids)}."
  }
}

variable "target" {
  description = "Identifier of the instance or of the cluster behind the proxy, one of the two."
  type = object({
    instance_identifier = optional(string)
    cluster_identifier  = optional(string)
  })
  nullable = false

  validation {
    condition     = (var.target.instance_identifier == null) != (var.target.cluster_identifier == null)
    error_message = "A proxy stands before an instance or a cluster, one of the two; got ${jsonencode(var.target)}."
  }
}

variable "allow_password_clients" {
  description = "Whether clients may come with the database's password; otherwise with an IAM token only."
  type        = bool
  default     = false
  nullable    = false
}

variable "idle_client_timeout_seconds" {
  description = "Seconds after which a silent client is let go."
  type        = number
  default     = 1800
  nullable    = false

  validation {
    condition     = var.idle_client_timeout_seconds >= 1 && var.idle_client_timeout_seconds <= 28800
    error_message = "idle_client_timeout_seconds is 1 to 28800; got ${var.idle_client_timeout_seconds}."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key for the log; null means CloudWatch's own."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days for which the log is kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is one of CloudWatch's own values (7, 14, 30, 90, 365 ...); got ${var.log_retention_days}."
  }
}

variable "pool" {
  description = "How many of the database's connections the proxy may use and keep, in percent, and how long a client waits for one."
  type = object({
    borrow_timeout_seconds       = optional(number, 30)
    max_connections_percent      = optional(number, 90)
    max_idle_connections_percent = optional(number, 50)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.pool.max_connections_percent >= 1 && var.pool.max_connections_percent <= 100 && var.pool.max_idle_connections_percent >= 0 && var.pool.max_idle_connections_percent <= var.pool.max_connections_percent
    error_message = "max_connections_percent is 1 to 100 and max_idle_connections_percent not above it; got ${jsonencode(var.pool)}."
  }

  validation {
    condition     = var.pool.borrow_timeout_seconds >= 0 && var.pool.borrow_timeout_seconds <= 300
    error_message = "borrow_timeout_seconds is 0 to 300; got ${jsonencode(var.pool)}."
  }
}

variable "tags" {
  description = "Tags for the proxy, its role and its log."
  type        = map(string)
  default     = {}
  nullable    = false
}
