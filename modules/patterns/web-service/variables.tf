variable "account_id" {
  description = "Account of the service: its roles serve tasks of this account alone."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "cluster" {
  description = "Cluster that the service runs in."
  type = object({
    arn  = string
    name = string
  })
  nullable = false
}

variable "container" {
  description = <<-EOT
    The application as its code demands it; what an engineer tunes is `environment`. protocol is what it speaks to the
    load balancer, HTTP or HTTPS (which does not check its certificate, so a self-signed one serves), protocol_version
    HTTP1, HTTP2 or GRPC. secret_arns are ARNs of secrets or parameters, keyed by the environment variable that gets
    their value; a secret's ARN may end in :FIELD:: for one field of a JSON document.
  EOT
  type = object({
    port                 = number
    allow_writable_root  = optional(bool)
    command              = optional(list(string))
    environment          = optional(map(string), {})
    health_command       = optional(string)
    protocol             = optional(string, "HTTP")
    protocol_version     = optional(string, "HTTP1")
    secret_arns          = optional(map(string), {})
    stop_timeout_seconds = optional(number)
    user                 = optional(string)
    writable_paths       = optional(set(string))
  })
  nullable = false

  validation {
    condition     = contains(["HTTP", "HTTPS"], var.container.protocol) && contains(["GRPC", "HTTP1", "HTTP2"], var.container.protocol_version)
    error_message = "container.protocol must be HTTP or HTTPS, container.protocol_version GRPC, HTTP1 or HTTP2; got ${jsonencode([var.container.protocol, var.container.protocol_version])}."
  }
}

variable "name" {
  description = "Name of the service and prefix of everything that is its own, for example acme-dev-pyshop-api."
  type        = string
  nullable    = false

  validation {
    # A role's name has 64 characters, and the longer role is called <name>-execution.
    condition     = can(regex("^[a-zA-Z0-9](-?[a-zA-Z0-9])*$", var.name)) && length(var.name) <= 54
    error_message = "name must have at most 54 letters, digits and single inner hyphens, since <name>-execution names a role; got ${jsonencode(var.name)} (${length(var.name)} characters)."
  }
}

variable "network" {
  description = "Where the tasks stand: VPC, one subnet per zone, and groups of another unit. own_group makes a group that admits client_group_ids (keyed by who they are) to the container's port, and lets out what egress says, as in security/security-group."
  type = object({
    subnet_ids         = set(string)
    vpc_id             = string
    security_group_ids = optional(set(string), [])
    own_group = optional(object({
      client_group_ids = optional(map(string), {})
      egress = optional(map(object({
        description       = string
        cidr_ipv4         = optional(string)
        from_port         = optional(number)
        open_to_world     = optional(bool)
        prefix_list_id    = optional(string)
        protocol          = optional(string)
        security_group_id = optional(string)
        to_port           = optional(number)
      })), {})
    }))
  })
  nullable = false

  validation {
    condition     = length(var.network.security_group_ids) > 0 || var.network.own_group != null
    error_message = "network must name security_group_ids or ask for own_group, or nothing reaches the tasks; got ${jsonencode(var.network.security_group_ids)}."
  }
}

variable "repository" {
  description = "Repository of the image: its ARN for the permission to pull, its address without a tag for the tasks."
  type = object({
    arn = string
    url = string
  })
  nullable = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:ecr:[a-z0-9-]+:[0-9]{12}:repository/.+$", var.repository.arn))
    error_message = "repository.arn must be the ARN of an ECR repository; got ${jsonencode(var.repository.arn)}."
  }
}

variable "alarm_topic_arns" {
  description = "Topics that hear of each alarm and of its end; the first one hears of blue/green deployments too."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "alarms" {
  description = "When the service counts as ill; minutes is how long it must last. null makes no alarms."
  type = object({
    cpu_percent       = optional(number, 90)
    errors_per_minute = optional(number, 10)
    memory_percent    = optional(number, 90)
    minutes           = optional(number, 5)
    response_seconds  = optional(number, 1)
  })
  default = {}

  validation {
    condition = var.alarms == null || try(alltrue([
      for percent in [var.alarms.cpu_percent, var.alarms.memory_percent] : percent > 0 && percent <= 100
    ]) && var.alarms.errors_per_minute >= 0 && var.alarms.minutes >= 1 && var.alarms.response_seconds > 0, false)
    error_message = "alarms must have percentages above 0 and up to 100, errors_per_minute of at least 0, minutes of at least 1 and response_seconds above 0; got ${jsonencode(var.alarms)}."
  }
}

variable "allow_execute_command" {
  description = "Lets people with the permission open a shell in a running task; what they type goes to the cluster's own log."
  type        = bool
  default     = false
  nullable    = false
}

variable "allow_public_address" {
  description = "Gives each task a public address: for public subnets without a NAT gateway."
  type        = bool
  default     = false
  nullable    = false
}

variable "capacity_strategy" {
  description = "Mix of FARGATE and FARGATE_SPOT: the first base tasks go there, the rest by weight. Spot tasks cost a third and may be stopped with two minutes' notice."
  type = map(object({
    base   = optional(number)
    weight = optional(number)
  }))
  default  = { FARGATE = {} }
  nullable = false
}

variable "environment" {
  description = "Environment variables that an engineer decides; they join those of container.environment."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setintersection(keys(var.environment), keys(var.container.environment))) == 0
    error_message = "environment must leave what the unit itself sets (${jsonencode(keys(var.container.environment))}); got ${jsonencode(setintersection(keys(var.environment), keys(var.container.environment)))} in both."
  }
}

variable "kms_key" {
  description = "Key of the secrets in container.secret_arns and of the cluster's shell sessions; null where AWS's own keys are used."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.kms_key == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key.arn))
    error_message = "kms_key.arn must be the ARN of a KMS key; got ${jsonencode(var.kms_key)}."
  }
}

variable "service_registry" {
  description = "Cloud Map service that lists the tasks' addresses; null for none."
  type        = object({ arn = string })
  default     = null
}

variable "tags" {
  description = "Tags of everything in this pattern that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "task_statements" {
  description = "What the code itself may do, keyed by Sid, as in security/iam-role: for example objects of one bucket."
  type = map(object({
    actions                  = set(string)
    resources                = set(string)
    effect                   = optional(string)
    conditions               = optional(map(map(list(string))))
    allow_wildcard_actions   = optional(string)
    allow_wildcard_resources = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(setintersection(keys(var.task_statements), ["FindShellLog", "OpenShell", "SendTraces", "UseShellKey", "WriteShellLog"])) == 0
    error_message = "task_statements must not be called FindShellLog, OpenShell, SendTraces, UseShellKey or WriteShellLog, which this pattern adds itself; got ${jsonencode(keys(var.task_statements))}."
  }
}
