variable "access_log_bucket" {
  description = "Bucket that takes the requests to CloudFront (cloudfront/<name>/) and to the bucket of pages (s3/<bucket>/); it lets log delivery and S3 in. null means that requests are not recorded."
  type        = object({ arn = string, name = string })

  validation {
    condition     = var.access_log_bucket == null ? true : endswith(var.access_log_bucket.arn, ":::${var.access_log_bucket.name}")
    error_message = "access_log_bucket names one bucket by its ARN and its name; got ${jsonencode(var.access_log_bucket)}."
  }
}

variable "account_id" {
  description = "Account that owns the bucket; ends its name, which all of AWS shares."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "name" {
  description = "Name of the distribution and start of the bucket's name."
  type        = string
  nullable    = false
}

variable "web_acl" {
  description = "Web ACL of CLOUDFRONT scope that requests pass first, made by a unit in us-east-1; null means none."
  type        = object({ arn = string })
}

variable "aliases" {
  description = "Host names of the site; they need certificate_arn. Without any, CloudFront's own name is the site's."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "allow_destroy_with_objects" {
  description = "Whether destroying the site also destroys its pages."
  type        = bool
  default     = false
  nullable    = false
}

variable "allowed_countries" {
  description = "Countries (ISO 3166, two capital letters) that are answered; empty means all."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "apis" {
  description = "APIs under the site's own name, keyed by short name: the host (with a certificate) that answers a path pattern; the lowest order that fits wins, and nothing is cached."
  type = map(object({
    domain_name = string
    path        = string
    order       = optional(number, 10)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(setintersection(keys(var.apis), ["pages", "standby"])) == 0
    error_message = "The keys pages and standby belong to the buckets; got ${jsonencode(keys(var.apis))}."
  }
}

variable "certificate_arn" {
  description = "Certificate for the aliases, from us-east-1; null means CloudFront's own."
  type        = string
  default     = null
}

variable "content_security_policy" {
  description = "What pages may load and from where; null means from the site itself only."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "KMS key for the pages, whose policy must let CloudFront decrypt; null means S3's own key."
  type        = string
  default     = null
}

variable "noncurrent_expiration_days" {
  description = "Days for which a replaced or deleted page can be brought back."
  type        = number
  default     = 90
  nullable    = false
}

variable "price_class" {
  description = "From where pages are served: PriceClass_100 (North America, Europe, Israel), PriceClass_200 (more) or PriceClass_All."
  type        = string
  default     = "PriceClass_100"
  nullable    = false
}

variable "root_page" {
  description = "What answers the path /."
  type        = string
  default     = "index.html"
  nullable    = false
}

variable "single_page_application" {
  description = "Whether a path that the bucket does not hold is answered with the root page, which shows what belongs there."
  type        = bool
  default     = true
  nullable    = false
}

variable "standby" {
  description = <<-EOT
    Bucket of the same account that every page is copied to and that CloudFront asks where the bucket of pages fails: best
    in another region, with versions, and letting the distribution in as the bucket of pages does. kms_key_arn is the key of
    the copies, needed with kms_key_arn of the pages. null means that there is none.
  EOT
  type = object({
    bucket_arn                  = string
    bucket_regional_domain_name = string
    kms_key_arn                 = optional(string)
  })
  default = null

  validation {
    condition     = var.standby == null ? true : can(regex("^arn:[a-z-]+:s3:::[a-z0-9.-]+$", var.standby.bucket_arn)) && startswith(var.standby.bucket_regional_domain_name, "${element(split(":", var.standby.bucket_arn), 5)}.s3.")
    error_message = "standby names one bucket by its ARN and by its host name in its region; got ${jsonencode(var.standby)}."
  }

  validation {
    condition     = var.standby == null ? true : !endswith(var.standby.bucket_arn, ":::${var.name}-pages-${var.account_id}")
    error_message = "standby is another bucket than the one that it stands by; got ${jsonencode(var.standby)}."
  }
}

variable "tags" {
  description = "Tags for everything in this pattern that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "zone" {
  description = "Zone in which the aliases are entered; null leaves that to another unit."
  type        = object({ zone_id = string, domain_name = string })
  default     = null

  validation {
    condition     = var.zone == null ? true : alltrue([for alias in var.aliases : alias == var.zone.domain_name || endswith(alias, ".${var.zone.domain_name}")])
    error_message = "aliases lie in the zone's domain (${try(var.zone.domain_name, "-")}); got ${jsonencode(var.aliases)}."
  }

  validation {
    condition     = var.zone == null || length(var.aliases) > 0
    error_message = "zone is for a site with aliases; got ${jsonencode(var.aliases)}."
  }
}
