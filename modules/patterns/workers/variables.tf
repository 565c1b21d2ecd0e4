variable "fleets" {
  description = "Groups of instances, keyed by short name: an empty map makes nothing. ami, instance_types, capacity, spot and schedules are those of compute/ec2; script runs at an instance's first start, after the agent, and holds no secrets; snapshots_kept is how many daily snapshots stay, null makes none."
  type = map(object({
    ami            = object({ id = optional(string), parameter_name = optional(string) })
    instance_types = list(string)
    capacity       = optional(object({ minimum = optional(number, 1), maximum = optional(number, 2) }), {})
    spot           = optional(object({ on_demand_base = optional(number, 0), on_demand_percent = optional(number, 0) }))
    script         = optional(string, "")
    snapshots_kept = optional(number)
    schedules = optional(map(object({
      recurrence = string
      minimum    = number
      maximum    = number
      timezone   = optional(string, "Etc/UTC")
    })), {})
  }))
  nullable = false

  validation {
    condition     = alltrue([for fleet in var.fleets : fleet.snapshots_kept == null || var.snapshot_role_arn != null])
    error_message = "snapshots_kept needs snapshot_role_arn; got none for ${jsonencode([for key, fleet in var.fleets : key if fleet.snapshots_kept != null])}."
  }
}

variable "instance_profile_name" {
  description = "Instance profile of the workers, whose role has AmazonSSMManagedInstanceCore and CloudWatchAgentServerPolicy."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Prefix of every fleet, of the agent's parameter and of the alarms."
  type        = string
  nullable    = false
}

variable "security_group_ids" {
  description = "Security groups of the workers."
  type        = set(string)
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets of the workers, one per availability zone."
  type        = set(string)
  nullable    = false
}

variable "alarm_topic_arns" {
  description = "Topics that hear when memory or disk run out, and when they no longer do."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key of the volumes, which the Auto Scaling service-linked role may use; null encrypts with the key that EBS manages."
  type        = string
  default     = null
}

variable "snapshot_role_arn" {
  description = "Role that Data Lifecycle Manager takes snapshots with; null where no fleet asks for snapshots."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags for everything in this pattern that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "thresholds" {
  description = "Above what share of memory and of the root volume an alarm rings, for two of three periods of five minutes."
  type = object({
    memory_percent = optional(number, 85)
    disk_percent   = optional(number, 80)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for percent in values(var.thresholds) : percent > 0 && percent < 100])
    error_message = "thresholds are between 0 and 100 percent; got ${jsonencode(var.thresholds)}."
  }
}
