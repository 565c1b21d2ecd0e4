variable "deployment" {
  description = "How a new version replaces the old one. rolling: task by task, back again when tasks fail (circuit_breaker, on unless said otherwise) or alarm_names ring. blue_green: by CodeDeploy, between two target groups."
  type = object({
    type                    = optional(string, "rolling")
    alarm_names             = optional(set(string), [])
    circuit_breaker         = optional(bool)
    maximum_percent         = optional(number, 200)
    minimum_healthy_percent = optional(number, 100)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["rolling", "blue_green"], var.deployment.type)
    error_message = "deployment.type must be rolling or blue_green; got \"${var.deployment.type}\"."
  }
  validation {
    condition     = var.deployment.type != "blue_green" || !coalesce(var.deployment.circuit_breaker, false)
    error_message = "deployment.circuit_breaker is for rolling deployments: with blue_green CodeDeploy rolls back, and ECS refuses both; got ${jsonencode(var.deployment.circuit_breaker)} with \"${var.deployment.type}\"."
  }
  validation {
    condition     = var.deployment.type != "blue_green" || length(var.deployment.alarm_names) == 0
    error_message = "deployment.alarm_names are for rolling deployments: with blue_green they belong to the CodeDeploy group; got ${jsonencode(var.deployment.alarm_names)}."
  }
  validation {
    condition     = var.deployment.type != "blue_green" || length(var.targets) == 1
    error_message = "deployment.type blue_green moves one target group's traffic, so targets must have exactly one entry; got ${length(var.targets)}."
  }
  validation {
    condition     = var.deployment.minimum_healthy_percent >= 0 && var.deployment.minimum_healthy_percent <= 100 && var.deployment.maximum_percent >= 100 && var.deployment.maximum_percent > var.deployment.minimum_healthy_percent
    error_message = "deployment: minimum_healthy_percent must be 0 to 100 and maximum_percent at least 100 and above it, or no task could ever be exchanged; got ${var.deployment.minimum_healthy_percent} and ${var.deployment.maximum_percent}."
  }
}

variable "health_check_grace_seconds" {
  description = "How long a starting task may fail the load balancer's health check."
  type        = number
  default     = 60
  nullable    = false
}

variable "initial_image_tag" {
  description = "Tag for the very first tasks; afterwards deployments write it into the parameter."
  type        = string
  default     = "initial"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", var.initial_image_tag))
    error_message = "initial_image_tag must be an image tag; got \"${var.initial_image_tag}\"."
  }
}

variable "log_kms_key_arn" {
  description = "Key of the log group, whose policy admits CloudWatch Logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the log."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a period that CloudWatch offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653); got ${var.log_retention_days}."
  }
}

variable "pinned_image_tag" {
  description = "Tag that runs whatever the parameter holds, to keep a service still; null runs what deployments wrote."
  type        = string
  default     = null

  validation {
    condition     = var.pinned_image_tag == null || can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", coalesce(var.pinned_image_tag, "-")))
    error_message = "pinned_image_tag must be an image tag or null; got ${jsonencode(var.pinned_image_tag)}."
  }
}

variable "scaling" {
  description = "How many tasks run: between minimum and maximum by processor, memory and, if given, requests, and other bounds by the clock, for example none at night. requests.resource_label is <load balancer suffix>/<target group suffix>."
  type = object({
    minimum                    = optional(number, 2)
    maximum                    = optional(number, 10)
    cpu_percent                = optional(number, 70)
    memory_percent             = optional(number, 80)
    scale_in_cooldown_seconds  = optional(number, 300)
    scale_out_cooldown_seconds = optional(number, 60)
    requests = optional(object({
      per_target     = number
      resource_label = string
    }))
    schedules = optional(map(object({
      expression = string
      minimum    = number
      maximum    = number
      timezone   = optional(string, "UTC")
    })), {})
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.scaling.minimum >= 0 && var.scaling.minimum <= var.scaling.maximum
    error_message = "scaling.minimum must be at least 0 and at most scaling.maximum; got ${var.scaling.minimum} and ${var.scaling.maximum}."
  }
  validation {
    condition     = alltrue([for percent in [var.scaling.cpu_percent, var.scaling.memory_percent] : percent >= 10 && percent <= 100])
    error_message = "scaling.cpu_percent and scaling.memory_percent must be 10 to 100; got ${jsonencode([var.scaling.cpu_percent, var.scaling.memory_percent])}."
  }
  validation {
    condition     = alltrue([for schedule in var.scaling.schedules : schedule.minimum <= schedule.maximum && can(regex("^(cron|rate|at)\\(.+\\)$", schedule.expression))])
    error_message = "scaling.schedules: minimum must be at most maximum and expression be cron(...), rate(...) or at(...); got ${jsonencode({ for key, schedule in var.scaling.schedules : key => schedule if schedule.minimum > schedule.maximum || !can(regex("^(cron|rate|at)\\(.+\\)$", schedule.expression)) })}."
  }
}

variable "service_registry" {
  description = "Cloud Map service that lists the tasks' addresses; null for none."
  type        = object({ arn = string })
  default     = null
}

variable "sidecars" {
  description = "Further containers of each task, keyed by name; with essential, the task ends when one does."
  type = map(object({
    image       = string
    command     = optional(list(string))
    cpu         = optional(number, 32)
    environment = optional(map(string), {})
    essential   = optional(bool, false)
    memory_mb   = optional(number, 128)
    ports = optional(list(object({
      number   = number
      protocol = optional(string, "tcp")
    })), [])
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(setintersection(keys(var.sidecars), ["app", "adot", "xray"])) == 0
    error_message = "sidecars must not be called app, adot or xray, which this module names itself; got ${jsonencode(setintersection(keys(var.sidecars), ["app", "adot", "xray"]))}."
  }
  validation {
    condition     = sum(concat([0], [for sidecar in var.sidecars : sidecar.memory_mb])) < var.task.memory_mb
    error_message = "sidecars must leave memory for the application: they reserve ${sum(concat([0], [for sidecar in var.sidecars : sidecar.memory_mb]))} of the task's ${var.task.memory_mb} MB."
  }
}

variable "tags" {
  description = "Tags for everything taggable here, passed on unchanged."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "targets" {
  description = "Target groups that the tasks join, keyed by short name; without container_port, with the container's port. They must belong to a listener already."
  type = map(object({
    target_group_arn = string
    container_port   = optional(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(var.targets) <= 5
    error_message = "targets takes at most 5 target groups, ECS's limit; got ${length(var.targets)}."
  }
}

variable "task" {
  description = "Size of a task. Fargate offers certain pairs of processor (1024 = one) and memory only; scratch_gb is the tasks' disk."
  type = object({
    cpu          = optional(number, 256)
    memory_mb    = optional(number, 512)
    architecture = optional(string, "ARM64")
    scratch_gb   = optional(number, 21)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(lookup(local.fargate_sizes, tostring(var.task.cpu), []), var.task.memory_mb)
    error_message = "task.memory_mb must fit task.cpu as Fargate offers it: ${contains(keys(local.fargate_sizes), tostring(var.task.cpu)) ? "with ${var.task.cpu}, ${join(", ", local.fargate_sizes[tostring(var.task.cpu)])}" : "cpu is one of 256, 512, 1024, 2048, 4096, 8192, 16384"}; got ${var.task.cpu} and ${var.task.memory_mb}."
  }
  validation {
    condition     = contains(["ARM64", "X86_64"], var.task.architecture)
    error_message = "task.architecture must be ARM64 or X86_64; got \"${var.task.architecture}\"."
  }
  validation {
    condition     = var.task.scratch_gb >= 21 && var.task.scratch_gb <= 200
    error_message = "task.scratch_gb must be 21 to 200; got ${var.task.scratch_gb}."
  }
}

variable "tracing" {
  description = "Sidecar that passes traces on to X-Ray: xray, adot (OpenTelemetry), or null for none."
  type        = string
  default     = "xray"

  validation {
    condition     = var.tracing == null || try(contains(["xray", "adot"], var.tracing), false)
    error_message = "tracing must be xray, adot or null; got \"${coalesce(var.tracing, "null")}\"."
  }
}

locals {
  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
  fargate_sizes = {
    "256"   = [512, 1024, 2048]
    "512"   = range(1024, 4097, 1024)
    "1024"  = range(2048, 8193, 1024)
    "2048"  = range(4096, 16385, 1024)
    "4096"  = range(8192, 30721, 1024)
    "8192"  = range(16384, 61441, 4096)
    "16384" = range(32768, 122881, 8192)
  }
}
