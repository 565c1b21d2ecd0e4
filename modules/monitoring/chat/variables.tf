variable "account_id" {
  description = "Account that the rooms hear of."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "name" {
  description = "Start of the name of every room's configuration and of the role."
  type        = string
  nullable    = false

  validation {
    # A role's name has 64 characters.
    condition     = can(regex("^[A-Za-z0-9_-]{1,59}$", var.name))
    error_message = "name has 1 to 59 letters, digits, hyphens and underscores; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "topic_arns" {
  description = "SNS topics whose messages the rooms show."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.topic_arns) > 0 && alltrue([for arn in var.topic_arns : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+$", arn))])
    error_message = "topic_arns are ARNs of topics, at least one; got ${jsonencode(var.topic_arns)}."
  }
}

variable "slack_channels" {
  description = "Slack channels, keyed by short name: the workspace's and the channel's id. The workspace must have been authorised by hand, once, in the console of Amazon Q Developer in chat applications."
  type = map(object({
    team_id    = string
    channel_id = string
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for channel in var.slack_channels : can(regex("^T[0-9A-Z]{6,}$", channel.team_id)) && can(regex("^[CG][0-9A-Z]{6,}$", channel.channel_id))])
    error_message = "slack_channels have a team_id such as T0ABCDEF1 and a channel_id such as C0ABCDEF1; got ${jsonencode(var.slack_channels)}."
  }
}

variable "tags" {
  description = "Tags for the configurations and the role."
  type        = map(string)
  default     = {}
  nullable    = false
}
