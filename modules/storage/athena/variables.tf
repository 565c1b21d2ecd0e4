variable "account_id" {
  description = "Account that must own the bucket of results, so that they never go to a stranger's bucket of the same name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "name" {
  description = "Name of the workgroup; the database's is the same with underscores."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html
    condition     = can(regex("^[a-z0-9_-]{1,128}$", var.name))
    error_message = "name has 1 to 128 small letters, digits, hyphens and underscores; got ${jsonencode(var.name)}."
  }
}

variable "results" {
  description = "Where results of queries go, and the KMS key for them; a null key means S3's own encryption. A lifecycle rule of the bucket should clear the prefix."
  type = object({
    bucket_name = string
    prefix      = optional(string, "athena-results/")
    kms_key_arn = optional(string)
  })
  nullable = false

  validation {
    # A bare bucket without a folder is refused by some readers of results.
    condition     = can(regex("^[^/].*/$", var.results.prefix))
    error_message = "results.prefix is a folder: it ends with a slash and does not begin with one; got ${jsonencode(var.results.prefix)}."
  }

  validation {
    condition     = var.results.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.results.kms_key_arn))
    error_message = "results.kms_key_arn is the ARN of a KMS key; got ${jsonencode(var.results.kms_key_arn)}."
  }
}

variable "allow_destroy_with_queries" {
  description = "Whether destroying the workgroup also destroys its history and saved queries."
  type        = bool
  default     = false
  nullable    = false
}

variable "queries" {
  description = "Saved queries, keyed by name."
  type = map(object({
    sql         = string
    description = optional(string, "Managed by Terraform")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for query in var.queries : length(query.sql) > 0 && length(query.sql) <= 262144])
    error_message = "A query has 1 to 262,144 characters; got ${jsonencode({ for key, query in var.queries : key => length(query.sql) })}."
  }
}

variable "scan_limit_gb" {
  description = "Most that one query may read; each terabyte is paid."
  type        = number
  default     = 10
  nullable    = false

  validation {
    # Athena's own least is 10 MB.
    condition     = var.scan_limit_gb >= 0.01
    error_message = "scan_limit_gb is at least 0.01; got ${var.scan_limit_gb}."
  }
}

variable "tables" {
  description = "Tables over log files, keyed by name. `location` is the folder that holds a folder a day (yyyy/MM/dd), `first_day` the first of them, `kind` alb, cloudfront (Parquet), cloudtrail or json, whose `columns` map a name to a type."
  type = map(object({
    location    = string
    kind        = string
    first_day   = string
    columns     = optional(map(string), {})
    description = optional(string, "Managed by Terraform")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.tables) : can(regex("^[a-z0-9_]{1,255}$", name))])
    error_message = "A table's name has 1 to 255 small letters, digits and underscores; got ${jsonencode(keys(var.tables))}."
  }

  validation {
    condition     = alltrue([for table in var.tables : contains(["alb", "cloudfront", "cloudtrail", "json"], table.kind)])
    error_message = "A table's kind is alb, cloudfront, cloudtrail or json; got ${jsonencode({ for key, table in var.tables : key => table.kind })}."
  }

  validation {
    condition     = alltrue([for table in var.tables : can(regex("^s3://[^/]+/.+/$", table.location))])
    error_message = "A table's location is a folder, s3://bucket/folder/; got ${jsonencode({ for key, table in var.tables : key => table.location })}."
  }

  validation {
    condition     = alltrue([for table in var.tables : can(regex("^20[0-9]{2}/[01][0-9]/[0-3][0-9]$", table.first_day))])
    error_message = "first_day is written 2026/01/31; got ${jsonencode({ for key, table in var.tables : key => table.first_day })}."
  }

  validation {
    condition     = alltrue([for table in var.tables : (table.kind == "json") == (length(table.columns) > 0)])
    error_message = "A json table names its columns, and no other does; got ${jsonencode({ for key, table in var.tables : key => { kind = table.kind, columns = keys(table.columns) } })}."
  }
}

variable "tags" {
  description = "Tags for the workgroup and the database; tables take none."
  type        = map(string)
  default     = {}
  nullable    = false
}
