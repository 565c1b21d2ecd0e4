variable "name" {
  description = "Name of the configuration set and prefix of the templates' names, for example acme-dev-order-analytics."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,64}$", var.name))
    error_message = format("name may have 64 letters, digits, hyphens and underscores, as a configuration set's name does; got %s.", jsonencode(var.name))
  }
}

variable "allow_delivery_without_tls" {
  description = "Delivers also to mail servers that offer no TLS; false bounces instead of sending in plain text."
  type        = bool
  default     = false
  nullable    = false
}

variable "event_destinations" {
  description = <<-EOT
    Where SES reports what became of a mail, keyed by the destination's name. Each has exactly one of
    topic_arn, event_bus_arn (the account's default bus: SES takes no other) and metric_dimensions
    (message tag -> value used where a mail has no such tag).
  EOT
  type = map(object({
    event_bus_arn     = optional(string)
    event_types       = optional(set(string), ["BOUNCE", "COMPLAINT", "REJECT", "RENDERING_FAILURE"])
    metric_dimensions = optional(map(string))
    topic_arn         = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for destination in var.event_destinations : length([for given in [destination.event_bus_arn, destination.topic_arn] : given if given != null]) + (destination.metric_dimensions == null ? 0 : 1) == 1
    ])
    error_message = format(
      "A destination needs exactly one of topic_arn, event_bus_arn and metric_dimensions; got %s.",
      jsonencode({ for key, destination in var.event_destinations : key => { for name, given in destination : name => given if name != "event_types" && given != null } })
    )
  }

  validation {
    condition = alltrue([for destination in var.event_destinations : destination.event_bus_arn == null || endswith(coalesce(destination.event_bus_arn, "-"), ":event-bus/default")])
    error_message = format(
      "SES reports to the account's default event bus only; got %s.",
      jsonencode({ for key, destination in var.event_destinations : key => destination.event_bus_arn if destination.event_bus_arn != null })
    )
  }

  validation {
    condition = alltrue(flatten([for destination in var.event_destinations : [
      for type in destination.event_types : contains(["BOUNCE", "CLICK", "COMPLAINT", "DELIVERY", "DELIVERY_DELAY", "OPEN", "REJECT", "RENDERING_FAILURE", "SEND", "SUBSCRIPTION"], type)
    ]]))
    error_message = format(
      "event_types must be of BOUNCE, CLICK, COMPLAINT, DELIVERY, DELIVERY_DELAY, OPEN, REJECT, RENDERING_FAILURE, SEND and SUBSCRIPTION; got %s.",
      jsonencode({ for key, destination in var.event_destinations : key => destination.event_types })
    )
  }

  validation {
    condition     = alltrue([for key in keys(var.event_destinations) : can(regex("^[A-Za-z0-9_-]{1,64}$", key))])
    error_message = format("A destination's key is its name: 64 letters, digits, hyphens and underscores; got %s.", jsonencode(keys(var.event_destinations)))
  }
}

variable "identities" {
  description = <<-EOT
    Who sends, keyed by short name: a domain or one address. A domain is signed by Easy DKIM and may have
    a MAIL FROM subdomain of its own; its zone needs the records of the output dns_records. The owner of
    an address confirms a link that SES mails.
  EOT
  type = map(object({
    identity        = string
    dkim_key_length = optional(string, "RSA_2048_BIT")
    mail_from = optional(object({
      reject_without_mx = optional(bool, false)
      subdomain         = optional(string, "bounce")
    }))
  }))
  default  = {}
  nullable = false

  validation {
    condition = alltrue([for identity in var.identities : can(regex("^([A-Za-z0-9._%+-]+@)?([A-Za-z0-9-]+\\.)+[A-Za-z]{2,}$", identity.identity))])
    error_message = format(
      "identity must be a domain (example.com) or an address (orders@example.com); got %s.",
      jsonencode([for identity in var.identities : identity.identity if !can(regex("^([A-Za-z0-9._%+-]+@)?([A-Za-z0-9-]+\\.)+[A-Za-z]{2,}$", identity.identity))])
    )
  }

  validation {
    condition = length(distinct([for identity in var.identities : lower(identity.identity)])) == length(var.identities)
    error_message = format(
      "An identity exists once per account and region, so each may stand here once; got %s.",
      jsonencode([for identity in var.identities : identity.identity])
    )
  }

  validation {
    condition = alltrue([for identity in var.identities : identity.mail_from == null || !strcontains(identity.identity, "@")])
    error_message = format(
      "mail_from belongs to a domain: an address uses that of its domain; got %s.",
      jsonencode([for identity in var.identities : identity.identity if identity.mail_from != null && strcontains(identity.identity, "@")])
    )
  }

  validation {
    condition = alltrue([for identity in var.identities : contains(["RSA_1024_BIT", "RSA_2048_BIT"], identity.dkim_key_length)])
    error_message = format(
      "dkim_key_length must be RSA_2048_BIT or, for a zone that cannot hold it, RSA_1024_BIT; got %s.",
      jsonencode({ for key, identity in var.identities : key => identity.dkim_key_length })
    )
  }
}

variable "sending_paused" {
  description = "Stops all mail of this configuration set, for example while complaints are looked into."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "templates" {
  description = "Mail templates, keyed by short name. Variables stand in double braces, for example {{day}}; text is what readers without HTML see."
  type = map(object({
    subject = string
    text    = string
    html    = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.templates) : can(regex("^[A-Za-z0-9_-]+$", key)) && length("${var.name}-${key}") <= 64])
    error_message = format("A template's name, <name>-<key>, may have 64 letters, digits, hyphens and underscores; got %s.", jsonencode([for key in keys(var.templates) : "${var.name}-${key}"]))
  }

  validation {
    # The API's limit of 500 KB counts subject, text and HTML together.
    condition = alltrue([for template in var.templates : length(template.subject) + length(template.text) + length(coalesce(template.html, "-")) <= 500000])
    error_message = format(
      "A template may have 500 KB; got %s characters.",
      jsonencode({ for key, template in var.templates : key => length(template.subject) + length(template.text) + length(coalesce(template.html, "-")) })
    )
  }
}
