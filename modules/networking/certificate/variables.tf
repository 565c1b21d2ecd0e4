variable "domain_name" {
  description = "First domain of the certificate; a star covers one level below."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([*][.])?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name must be a domain in lower case, such as shop.example.com or *.example.com; got \"${var.domain_name}\"."
  }

  validation {
    # ACM's limit for the first domain; alternative names may be longer.
    condition     = length(var.domain_name) <= 64
    error_message = "domain_name must have at most 64 characters; got ${length(var.domain_name)} in \"${var.domain_name}\"."
  }
}

variable "name" {
  description = "Name tag of the certificate and prefix of its alarm."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 200
    error_message = "name must have 1 to 200 characters, so that the alarm's name fits CloudWatch's 255; got ${length(var.name)} characters in \"${var.name}\"."
  }
}

variable "zone_id" {
  description = "Public zone that holds every domain of the certificate and gets the validation records."
  type        = string
  nullable    = false
}

variable "alarm_days_before_expiry" {
  description = "Days before expiry at which an alarm is raised, ACM having tried to renew since day 60; null makes none."
  type        = number
  default     = 30

  validation {
    condition     = var.alarm_days_before_expiry == null || try(var.alarm_days_before_expiry >= 1 && var.alarm_days_before_expiry < 60, false)
    error_message = "alarm_days_before_expiry must be from 1 to 59, because ACM begins to renew on day 60; got ${jsonencode(var.alarm_days_before_expiry)}."
  }
}

variable "alarm_topic_arns" {
  description = "Topics that hear of the alarm and of its end."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "alternative_names" {
  description = "Further domains of the certificate."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for domain in var.alternative_names : can(regex("^([*][.])?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]{2,}$", domain))])
    error_message = "alternative_names must be domains in lower case, such as www.example.com; got ${jsonencode(var.alternative_names)}."
  }

  validation {
    # ACM's quota is ten names, the first one included.
    condition     = length(var.alternative_names) <= 9 && !contains(var.alternative_names, var.domain_name)
    error_message = "alternative_names may hold 9 domains beside domain_name and not repeat it; got ${jsonencode(var.alternative_names)}."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the provider's default tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
