variable "name" {
  description = "Start of the name of the rule that passes findings on."
  type        = string
  nullable    = false

  validation {
    # https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
    condition     = can(regex("^[A-Za-z0-9._-]{1,54}$", var.name))
    error_message = "name has 1 to 54 letters, digits or any of ._-, so that the rule's name fits in 64; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "alerts" {
  description = "Topic that hears of findings from a severity on (4 is medium, 7 high); its policy must let EventBridge publish. null means that nobody does."
  type = object({
    topic_arn = string
    severity  = optional(number, 4)
  })
  default = null

  validation {
    condition     = var.alerts == null ? true : var.alerts.severity >= 1 && var.alerts.severity <= 10
    error_message = "alerts.severity is 1 to 10; got ${jsonencode(var.alerts)}."
  }

  validation {
    condition     = var.alerts == null ? true : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+$", var.alerts.topic_arn))
    error_message = "alerts.topic_arn is the ARN of a topic; got ${jsonencode(var.alerts)}."
  }
}

variable "features" {
  description = "What GuardDuty reads beyond its own sources, by AWS's name of the feature; the value names the agents that it installs itself. Each is paid by use."
  type        = map(set(string))
  default = {
    LAMBDA_NETWORK_LOGS = []
    RDS_LOGIN_EVENTS    = []
    S3_DATA_EVENTS      = []
  }
  nullable = false

  validation {
    # https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfiguration.html
    condition     = length(setsubtract(keys(var.features), ["S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS", "EKS_RUNTIME_MONITORING", "RUNTIME_MONITORING"])) == 0
    error_message = "features are S3_DATA_EVENTS, EKS_AUDIT_LOGS, EBS_MALWARE_PROTECTION, RDS_LOGIN_EVENTS, LAMBDA_NETWORK_LOGS, EKS_RUNTIME_MONITORING or RUNTIME_MONITORING; got ${jsonencode(keys(var.features))}."
  }

  validation {
    condition     = !(contains(keys(var.features), "EKS_RUNTIME_MONITORING") && contains(keys(var.features), "RUNTIME_MONITORING"))
    error_message = "RUNTIME_MONITORING includes EKS_RUNTIME_MONITORING and AWS refuses both; got ${jsonencode(keys(var.features))}."
  }

  validation {
    # https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorAdditionalConfiguration.html
    condition     = alltrue([for feature, agents in var.features : length(setsubtract(agents, lookup(local.agents, feature, []))) == 0])
    error_message = "Agents are EC2_AGENT_MANAGEMENT, ECS_FARGATE_AGENT_MANAGEMENT and EKS_ADDON_MANAGEMENT of RUNTIME_MONITORING, the last of EKS_RUNTIME_MONITORING too; got ${jsonencode(var.features)}."
  }
}

variable "finding_publishing_frequency" {
  description = "How often a finding that goes on is told again: FIFTEEN_MINUTES, ONE_HOUR or SIX_HOURS."
  type        = string
  default     = "FIFTEEN_MINUTES"
  nullable    = false

  validation {
    condition     = contains(["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"], var.finding_publishing_frequency)
    error_message = "finding_publishing_frequency is FIFTEEN_MINUTES, ONE_HOUR or SIX_HOURS; got ${jsonencode(var.finding_publishing_frequency)}."
  }
}

variable "organization" {
  description = "In which accounts of the organization GuardDuty and each of its features (by AWS's name, with the agents that `features` has) switch themselves on: ALL, NEW for those that join, or NONE. Only the account that is GuardDuty's delegated administrator can say so. null says nothing."
  type = object({
    auto_enable = optional(string, "ALL")
    features    = optional(map(string), {})
  })
  default = null

  validation {
    # https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateOrganizationConfiguration.html
    condition     = var.organization == null ? true : length(setsubtract(concat([var.organization.auto_enable], values(var.organization.features)), ["ALL", "NEW", "NONE"])) == 0
    error_message = "organization: accounts are ALL, NEW or NONE; got ${jsonencode(var.organization)}."
  }

  validation {
    # https://docs.aws.amazon.com/guardduty/latest/APIReference/API_OrganizationFeatureConfiguration.html
    condition     = var.organization == null ? true : length(setsubtract(keys(var.organization.features), ["S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS", "EKS_RUNTIME_MONITORING", "RUNTIME_MONITORING"])) == 0
    error_message = "organization.features are S3_DATA_EVENTS, EKS_AUDIT_LOGS, EBS_MALWARE_PROTECTION, RDS_LOGIN_EVENTS, LAMBDA_NETWORK_LOGS, EKS_RUNTIME_MONITORING or RUNTIME_MONITORING; got ${jsonencode(var.organization)}."
  }

  validation {
    condition     = var.organization == null ? true : length(setintersection(keys(var.organization.features), ["EKS_RUNTIME_MONITORING", "RUNTIME_MONITORING"])) < 2
    error_message = "organization.features: RUNTIME_MONITORING includes EKS_RUNTIME_MONITORING and AWS refuses both; got ${jsonencode(var.organization)}."
  }
}

variable "tags" {
  description = "Tags for the detector and the rule."
  type        = map(string)
  default     = {}
  nullable    = false
}
