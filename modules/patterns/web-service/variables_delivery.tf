variable "deployment" {
  description = <<-EOT
    How a new version replaces the old one. Task by task, and back again by itself when tasks do not come up or, with
    rollback_on_alarm, when an alarm of the service rings; or, with blue_green, by CodeDeploy between two target groups,
    with traffic, approval and way back as in delivery/blue-green. grace_seconds is how long a starting task may fail
    its health check.
  EOT
  type = object({
    grace_seconds           = optional(number)
    maximum_percent         = optional(number)
    minimum_healthy_percent = optional(number)
    rollback_on_alarm       = optional(bool, false)
    blue_green = optional(object({
      keep_blue_minutes         = optional(number)
      test_listener             = optional(object({ arn = string }))
      wait_for_approval_minutes = optional(number)
      traffic = optional(object({
        minutes = optional(number)
        percent = optional(number)
        shift   = optional(string)
      }), {})
    }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.deployment.blue_green == null || var.listener != null
    error_message = "deployment.blue_green moves a listener's traffic, so listener must be given; got ${jsonencode(var.deployment.blue_green)} without one."
  }

  validation {
    condition     = !var.deployment.rollback_on_alarm || var.alarms != null
    error_message = "deployment.rollback_on_alarm needs alarms; got ${var.deployment.rollback_on_alarm} with alarms ${jsonencode(var.alarms)}."
  }
}

variable "image_tag" {
  description = "initial is the tag of the very first tasks; afterwards releases write the tag into an SSM parameter, and plans read it there. pinned holds the service at one tag whatever releases write; null lets releases decide."
  type = object({
    initial = optional(string)
    pinned  = optional(string)
  })
  default  = {}
  nullable = false
}

variable "listener" {
  description = <<-EOT
    The load balancer's listener that brings requests, and which of them: rules are keyed by purpose and tried in the
    order of their priority over all services of the listener; hosts, paths and headers must all match. null is a
    service that nobody calls through a load balancer.
  EOT
  type = object({
    arn                      = string
    load_balancer_arn_suffix = string
    deregistration_seconds   = optional(number, 30)
    slow_start_seconds       = optional(number, 0)
    stickiness_seconds       = optional(number)
    health_check = optional(object({
      healthy_count    = optional(number, 2)
      interval_seconds = optional(number, 15)
      matcher          = optional(string, "200")
      path             = optional(string, "/healthz")
      timeout_seconds  = optional(number, 5)
      unhealthy_count  = optional(number, 3)
    }), {})
    rules = map(object({
      priority = number
      headers  = optional(map(list(string)), {})
      hosts    = optional(list(string), [])
      paths    = optional(list(string), [])
    }))
  })
  default = null

  validation {
    condition     = var.listener == null ? true : length(var.listener.rules) > 0
    error_message = "listener.rules must say which requests are this service's; got ${jsonencode(var.listener)}."
  }

  validation {
    condition = var.listener == null ? true : alltrue([
      for rule in values(var.listener.rules) : rule.priority >= 1 && rule.priority <= 50000 && floor(rule.priority) == rule.priority
    ]) && length(var.listener.rules) == length(distinct([for rule in values(var.listener.rules) : rule.priority]))
    error_message = "listener.rules must have different whole priorities from 1 to 50000; got ${jsonencode({ for key, rule in try(var.listener.rules, {}) : key => rule.priority })}."
  }

  validation {
    # Elastic Load Balancing takes five values in a rule, over all its conditions.
    condition = var.listener == null ? true : alltrue([
      for rule in values(var.listener.rules) : length(concat(rule.hosts, rule.paths, flatten(values(rule.headers)))) >= 1 &&
      length(concat(rule.hosts, rule.paths, flatten(values(rule.headers)))) <= 5
    ])
    error_message = "A rule of the listener needs from 1 to 5 hosts, paths and header values together; got ${jsonencode({
      for key, rule in try(var.listener.rules, {}) : key => length(concat(rule.hosts, rule.paths, flatten(values(rule.headers))))
    })}."
  }

  validation {
    condition     = var.listener == null ? true : startswith(var.listener.health_check.path, "/") && var.listener.health_check.timeout_seconds < var.listener.health_check.interval_seconds
    error_message = "listener.health_check needs a path that begins with a slash and a timeout below its interval; got ${jsonencode(try(var.listener.health_check, null))}."
  }

  validation {
    # https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html
    condition = var.listener == null ? true : can(regex("^[0-9]+([,-][0-9]+)*$", var.listener.health_check.matcher)) && alltrue([
      for code in regexall("[0-9]+", var.listener.health_check.matcher) :
      var.container.protocol_version == "GRPC" ? tonumber(code) <= 99 : tonumber(code) >= 200 && tonumber(code) <= 499
    ])
    error_message = "listener.health_check.matcher must be codes such as \"200\" or \"200-299,404\": from 200 to 499, with container.protocol_version GRPC from 0 to 99; got ${jsonencode(try(var.listener.health_check.matcher, null))}."
  }
}

variable "log_kms_key_arn" {
  description = "Key of the service's log, whose policy admits CloudWatch Logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the service's log."
  type        = number
  default     = 30
  nullable    = false
}

variable "scaling" {
  description = "How many tasks run: between minimum and maximum, by processor, memory and, if given, requests, and between other bounds by the clock, for example none at night."
  type = object({
    minimum                    = optional(number)
    maximum                    = optional(number)
    cpu_percent                = optional(number)
    memory_percent             = optional(number)
    requests_per_target        = optional(number)
    scale_in_cooldown_seconds  = optional(number)
    scale_out_cooldown_seconds = optional(number)
    schedules = optional(map(object({
      expression = string
      minimum    = number
      maximum    = number
      timezone   = optional(string)
    })))
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.scaling.requests_per_target == null || var.listener != null
    error_message = "scaling.requests_per_target counts requests of a listener, so listener must be given; got ${jsonencode(var.scaling.requests_per_target)} without one."
  }
}

variable "sidecars" {
  description = "Further containers of each task, keyed by name, as in compute/ecs-service."
  type = map(object({
    image       = string
    command     = optional(list(string))
    cpu         = optional(number)
    environment = optional(map(string))
    essential   = optional(bool)
    memory_mb   = optional(number)
    ports = optional(list(object({
      number   = number
      protocol = optional(string)
    })))
  }))
  default  = {}
  nullable = false
}

variable "task" {
  description = "Size of a task. Fargate offers certain pairs of processor (1024 = one) and memory only; the image is built for architecture, ARM64 or X86_64."
  type = object({
    architecture = optional(string)
    cpu          = optional(number)
    memory_mb    = optional(number)
    scratch_gb   = optional(number)
  })
  default  = {}
  nullable = false
}

variable "tracing" {
  description = "Sidecar that passes traces on to X-Ray: xray, adot (OpenTelemetry), or null for none."
  type        = string
  default     = "xray"
}
