variable "account_id" {
  description = "Account that owns the logs and the answers."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "first_day" {
  description = "First day that has logs, written 2026/01/31; earlier ones are not looked for."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "KMS key of the answers, which hold addresses of people."
  type        = string
  nullable    = false
}

variable "log_bucket_name" {
  description = "Bucket that holds the logs; it also takes the requests to the bucket of answers."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the workgroup and start of the bucket's name; the database's has underscores."
  type        = string
  nullable    = false
}

variable "answer_retention_days" {
  description = "Days after which an answer is deleted."
  type        = number
  default     = 30
  nullable    = false
}

variable "distributions" {
  description = "CloudFront distributions (name and id) whose requests can be asked, keyed by the name of their table."
  type        = map(object({ id = string, name = string }))
  default     = {}
  nullable    = false

  validation {
    condition     = length(setintersection(keys(var.distributions), keys(var.load_balancer_prefixes))) == 0
    error_message = "A table is of a distribution or of a load balancer; got both for ${jsonencode(setintersection(keys(var.distributions), keys(var.load_balancer_prefixes)))}."
  }

  validation {
    condition     = length(var.distributions) + length(var.load_balancer_prefixes) > 0
    error_message = "There is nothing to ask: name distributions or load_balancer_prefixes; got ${length(var.distributions)} and ${length(var.load_balancer_prefixes)}."
  }
}

variable "load_balancer_prefixes" {
  description = "Prefix under which each load balancer writes its access log, keyed by the name of its table."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for prefix in values(var.load_balancer_prefixes) : can(regex("^[^/].*[^/]$", prefix))])
    error_message = "A prefix neither begins nor ends with a slash; got ${jsonencode(var.load_balancer_prefixes)}."
  }
}

variable "queries" {
  description = "Further saved queries, keyed by name; one with the key of a generated query replaces it."
  type = map(object({
    sql         = string
    description = optional(string, "Managed by Terraform")
  }))
  default  = {}
  nullable = false
}

variable "scan_limit_gb" {
  description = "Most that one query may read; each terabyte is paid."
  type        = number
  default     = 10
  nullable    = false
}

variable "tags" {
  description = "Tags for everything in this pattern that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
