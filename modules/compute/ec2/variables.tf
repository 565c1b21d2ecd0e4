variable "name" {
  description = "Name of launch template, group and instances."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{3,125}$", var.name))
    error_message = "name must have 3 to 125 letters, digits, dashes or underscores; got \"${var.name}\" (${length(var.name)} characters)."
  }
}

variable "ami" {
  description = "The image: an id, or the SSM parameter that holds the latest (as compute/golden-image writes it). With a parameter, a new image reaches running instances with the next instance refresh."
  type = object({
    id             = optional(string)
    parameter_name = optional(string)
  })
  nullable = false

  validation {
    condition     = (var.ami.id == null) != (var.ami.parameter_name == null)
    error_message = "ami must have exactly one of id and parameter_name; got ${jsonencode(var.ami)}."
  }
  validation {
    condition     = var.ami.id == null || can(regex("^ami-[0-9a-f]{8,17}$", var.ami.id))
    error_message = "ami.id must be an image id; got \"${coalesce(var.ami.id, "null")}\"."
  }
}

variable "instance_profile_name" {
  description = "Instance profile, whose role has at least AmazonSSMManagedInstanceCore: there is no other way in."
  type        = string
  nullable    = false
}

variable "instance_types" {
  description = "Types of one architecture that will do, the preferred first. With Spot, several make an interruption rarer."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.instance_types) > 0 && alltrue([for type in var.instance_types : can(regex("^[a-z0-9-]+\\.[a-z0-9-]+$", type))])
    error_message = "instance_types must name at least one type such as t4g.small; got ${jsonencode(var.instance_types)}."
  }
  validation {
    condition     = length(distinct(var.instance_types)) == length(var.instance_types)
    error_message = "instance_types must name each type once; got ${jsonencode(var.instance_types)}."
  }
}

variable "security_group_ids" {
  description = "Security groups of the instances."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) > 0
    error_message = "security_group_ids must be at least one group, as the VPC's default group admits nothing; got ${length(var.security_group_ids)}."
  }
}

variable "subnet_ids" {
  description = "Subnets of the instances, one per availability zone."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) > 0
    error_message = "subnet_ids must be at least one subnet; got ${length(var.subnet_ids)}."
  }
}

variable "capacity" {
  description = "Fewest and most instances; in between, scaling decides."
  type = object({
    minimum = optional(number, 1)
    maximum = optional(number, 2)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.capacity.minimum >= 0 && var.capacity.minimum <= var.capacity.maximum
    error_message = "capacity.minimum must be at least 0 and at most capacity.maximum; got ${var.capacity.minimum} and ${var.capacity.maximum}."
  }
}

variable "data_volumes" {
  description = "Further encrypted gp3 volumes, keyed by device name such as /dev/sdf."
  type = map(object({
    size_gb       = number
    iops          = optional(number, 3000)
    throughput_mb = optional(number, 125)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for device in keys(var.data_volumes) : can(regex("^/dev/(sd[f-p]|xvd[f-p])$", device))])
    error_message = "data_volumes keys must be devices /dev/sdf to /dev/sdp, which EC2 leaves free; got ${jsonencode([for device in keys(var.data_volumes) : device if !can(regex("^/dev/(sd[f-p]|xvd[f-p])$", device))])}."
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of the volumes, which the Auto Scaling service-linked role may use; null encrypts with the key that EBS manages."
  type        = string
  default     = null
}

variable "maximum_lifetime_days" {
  description = "Age at which an instance is replaced, so that none goes unpatched; null lets them run."
  type        = number
  default     = 30

  validation {
    condition     = var.maximum_lifetime_days == null || try(var.maximum_lifetime_days >= 1 && var.maximum_lifetime_days <= 365, false)
    error_message = "maximum_lifetime_days must be 1 to 365 or null; got ${jsonencode(var.maximum_lifetime_days)}."
  }
}

variable "refresh" {
  description = "How many instances stay healthy, in percent, while a change reaches the others."
  type = object({
    minimum_healthy_percent = optional(number, 100)
    maximum_healthy_percent = optional(number, 200)
  })
  default  = {}
  nullable = false

  validation {
    # AWS: at most 100 apart.
    condition     = var.refresh.minimum_healthy_percent >= 0 && var.refresh.minimum_healthy_percent <= 100 && var.refresh.maximum_healthy_percent >= 100 && var.refresh.maximum_healthy_percent <= 200 && var.refresh.maximum_healthy_percent - var.refresh.minimum_healthy_percent <= 100
    error_message = "refresh: minimum_healthy_percent must be 0 to 100, maximum_healthy_percent 100 to 200, at most 100 apart; got ${var.refresh.minimum_healthy_percent} and ${var.refresh.maximum_healthy_percent}."
  }
}

variable "root_device_name" {
  description = "Device of the image's root volume; Amazon Linux has /dev/xvda."
  type        = string
  default     = "/dev/xvda"
  nullable    = false
}

variable "root_volume" {
  description = "Root volume, encrypted gp3."
  type = object({
    size_gb       = optional(number, 20)
    iops          = optional(number, 3000)
    throughput_mb = optional(number, 125)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.root_volume.size_gb >= 8 && var.root_volume.iops >= 3000 && var.root_volume.iops <= 16000 && var.root_volume.throughput_mb >= 125 && var.root_volume.throughput_mb <= 1000
    error_message = "root_volume: size_gb must be at least 8, iops 3000 to 16000 and throughput_mb 125 to 1000, gp3's limits; got ${jsonencode(var.root_volume)}."
  }
}

variable "scaling_cpu_percent" {
  description = "Processor use that the group is kept at; null leaves the number alone."
  type        = number
  default     = 60

  validation {
    condition     = var.scaling_cpu_percent == null || try(var.scaling_cpu_percent >= 10 && var.scaling_cpu_percent <= 100, false)
    error_message = "scaling_cpu_percent must be 10 to 100 or null; got ${jsonencode(var.scaling_cpu_percent)}."
  }
}

variable "schedules" {
  description = "Other bounds by the clock, keyed by short name: recurrence is cron (minute hour day month weekday)."
  type = map(object({
    recurrence = string
    minimum    = number
    maximum    = number
    timezone   = optional(string, "Etc/UTC")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for schedule in var.schedules : schedule.minimum <= schedule.maximum && length(split(" ", schedule.recurrence)) == 5])
    error_message = "schedules: recurrence must have five fields and minimum be at most maximum; got ${jsonencode({ for key, schedule in var.schedules : key => schedule if schedule.minimum > schedule.maximum || length(split(" ", schedule.recurrence)) != 5 })}."
  }
}

variable "snapshots" {
  description = "Regular snapshots of all volumes by Data Lifecycle Manager, with the role that it takes; null for none."
  type = object({
    role_arn       = string
    interval_hours = optional(number, 24)
    keep           = optional(number, 7)
    start_time     = optional(string, "03:00")
  })
  default = null

  validation {
    condition     = var.snapshots == null || try(contains([1, 2, 3, 4, 6, 8, 12, 24], var.snapshots.interval_hours), false)
    error_message = "snapshots.interval_hours must be 1, 2, 3, 4, 6, 8, 12 or 24; got ${try(var.snapshots.interval_hours, "null")}."
  }
  validation {
    condition     = var.snapshots == null || try(var.snapshots.keep >= 1 && var.snapshots.keep <= 1000, false)
    error_message = "snapshots.keep must be 1 to 1000; got ${try(var.snapshots.keep, "null")}."
  }
  validation {
    condition     = var.snapshots == null || can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", var.snapshots.start_time))
    error_message = "snapshots.start_time must be HH:MM (UTC); got \"${try(var.snapshots.start_time, "null")}\"."
  }
}

variable "spot" {
  description = "Share of Spot: the first on_demand_base instances are on demand, of the rest that percentage. Null takes no Spot."
  type = object({
    on_demand_base    = optional(number, 0)
    on_demand_percent = optional(number, 0)
  })
  default = null

  validation {
    condition     = var.spot == null || try(var.spot.on_demand_percent >= 0 && var.spot.on_demand_percent < 100 && var.spot.on_demand_base >= 0, false)
    error_message = "spot: on_demand_percent must be 0 to 99 (without Spot, leave spot null) and on_demand_base not negative; got ${jsonencode(var.spot)}."
  }
}

variable "tags" {
  description = "Tags for everything taggable here, passed on unchanged."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "target_group_arns" {
  description = "Target groups that the instances join; their health check then decides whether an instance lives."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "user_data" {
  description = "Script of the first start; null for none. No secrets: everybody on the instance can read it."
  type        = string
  default     = null

  validation {
    condition     = length(coalesce(var.user_data, "-")) <= 16384
    error_message = "user_data takes at most 16384 characters, EC2's limit; got ${length(coalesce(var.user_data, "-"))}."
  }
}

variable "warmup_seconds" {
  description = "How long an instance takes from its start until it counts."
  type        = number
  default     = 300
  nullable    = false
}
