variable "account_id" {
  description = "Account of the services: their roles serve tasks of this account alone."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the cluster and prefix of every service."
  type        = string
  nullable    = false
}

variable "network" {
  description = "Where the tasks stand: VPC, one subnet per zone, and the groups that say whom they reach."
  type = object({
    vpc_id             = string
    subnet_ids         = set(string)
    security_group_ids = set(string)
  })
  nullable = false
}

variable "services" {
  description = "Services of containers, keyed by short name: an empty map makes nothing, not even the cluster. spot_weight is how many Spot tasks come for each that is not; task and scaling are those of patterns/web-service."
  type = map(object({
    port           = number
    command        = optional(list(string))
    environment    = optional(map(string), {})
    health_command = optional(string)
    spot_weight    = optional(number, 0)
    task = optional(object({
      cpu          = optional(number, 256)
      memory_mb    = optional(number, 512)
      architecture = optional(string, "ARM64")
    }), {})
    scaling = optional(object({
      minimum        = optional(number, 1)
      maximum        = optional(number, 2)
      cpu_percent    = optional(number, 70)
      memory_percent = optional(number, 80)
      schedules = optional(map(object({
        expression = string
        minimum    = number
        maximum    = number
        timezone   = optional(string, "UTC")
      })), {})
    }), {})
  }))
  nullable = false

  validation {
    condition     = alltrue([for service in var.services : service.spot_weight >= 0])
    error_message = "spot_weight is 0 or more; got ${jsonencode({ for key, service in var.services : key => service.spot_weight })}."
  }
}

variable "alarm_topic_arns" {
  description = "Topics that hear of each alarm and of its end."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "allow_destroy_with_images" {
  description = "Whether a repository that goes takes its images with it."
  type        = bool
  default     = false
  nullable    = false
}

variable "container_insights" {
  description = "Metrics of tasks and containers: enhanced (with single containers), enabled, or disabled."
  type        = string
  default     = "enhanced"
  nullable    = false
}

variable "environment" {
  description = "Environment variables of every service."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "kms_key" {
  description = "Key of images, secrets and shell sessions; null where AWS's own keys are used."
  type        = object({ arn = string })
  default     = null
}

variable "log_kms_key_arn" {
  description = "Key of the logs, whose policy admits CloudWatch Logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days for which CloudWatch keeps the logs."
  type        = number
  default     = 30
  nullable    = false
}

variable "secret_arns" {
  description = "Secrets of every service, keyed by the environment variable that gets the value."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "tags" {
  description = "Tags of everything in this pattern that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "task_statements" {
  description = "What the code of every service may do, keyed by Sid, as in security/iam-role."
  type = map(object({
    effect                   = optional(string, "Allow")
    actions                  = set(string)
    resources                = set(string)
    conditions               = optional(map(map(list(string))), {})
    allow_wildcard_actions   = optional(string)
    allow_wildcard_resources = optional(string)
  }))
  default  = {}
  nullable = false
}
