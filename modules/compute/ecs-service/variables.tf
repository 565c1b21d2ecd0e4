variable "name" {
  description = "Name of the service, its task family, and the first part of its parameter and log group."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,255}$", var.name))
    error_message = "name must have 1 to 255 letters, digits, dashes or underscores; got \"${var.name}\" (${length(var.name)} characters)."
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
  description = "The application: image without its tag (the tag is a parameter, see image_tag_parameter_name), port, environment, secrets by ARN. The root is read-only; writable_paths are scratch folders. health_command is a shell line whose exit code 0 means healthy."
  type = object({
    image                = string
    port                 = number
    allow_writable_root  = optional(bool, false)
    command              = optional(list(string))
    environment          = optional(map(string), {})
    health_command       = optional(string)
    secret_arns          = optional(map(string), {})
    stop_timeout_seconds = optional(number, 30)
    user                 = optional(string)
    writable_paths       = optional(set(string), [])
  })
  nullable = false

  validation {
    condition     = !can(regex("(:[^/]+|@sha256:.*)$", var.container.image))
    error_message = "container.image must name no tag, since deployments write the tag into a parameter; got \"${var.container.image}\"."
  }
  validation {
    condition     = var.container.port >= 1 && var.container.port <= 65535
    error_message = "container.port must be 1 to 65535; got ${var.container.port}."
  }
  validation {
    condition     = alltrue([for arn in values(var.container.secret_arns) : can(regex("^arn:[a-z-]+:(secretsmanager|ssm):", arn))])
    error_message = "container.secret_arns must be ARNs of Secrets Manager secrets or SSM parameters, never a value; wrong under ${jsonencode([for key, arn in var.container.secret_arns : key if !can(regex("^arn:[a-z-]+:(secretsmanager|ssm):", arn))])}."
  }
  validation {
    condition     = length(setintersection(keys(var.container.secret_arns), keys(var.container.environment))) == 0
    error_message = "container.secret_arns and container.environment must not share a key; both have ${jsonencode(setintersection(keys(var.container.secret_arns), keys(var.container.environment)))}."
  }
  validation {
    condition     = alltrue([for path in var.container.writable_paths : startswith(path, "/") && path != "/"])
    error_message = "container.writable_paths must be folders below the root, such as /tmp; got ${jsonencode([for path in var.container.writable_paths : path if !startswith(path, "/") || path == "/"])}."
  }
  validation {
    condition     = var.container.stop_timeout_seconds >= 2 && var.container.stop_timeout_seconds <= 120
    error_message = "container.stop_timeout_seconds must be 2 to 120, Fargate's limits; got ${var.container.stop_timeout_seconds}."
  }
}

variable "execution_role_arn" {
  description = "Role with which ECS pulls the image, reads the secrets and writes the log."
  type        = string
  nullable    = false
}

variable "security_group_ids" {
  description = "Security groups of the tasks."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) >= 1 && length(var.security_group_ids) <= 5
    error_message = "security_group_ids must be 1 to 5 groups, as the VPC's default group admits nothing; got ${length(var.security_group_ids)}."
  }
}

variable "subnet_ids" {
  description = "Subnets of the tasks, one per availability zone."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 1 && length(var.subnet_ids) <= 16
    error_message = "subnet_ids must be 1 to 16 subnets; got ${length(var.subnet_ids)}."
  }
}

variable "task_role_arn" {
  description = "Role with which the application itself acts."
  type        = string
  nullable    = false
}

variable "allow_execute_command" {
  description = "Lets people with the permission open a shell in a running task."
  type        = bool
  default     = false
  nullable    = false
}

variable "assign_public_ip" {
  description = "Gives each task a public address: for public subnets without a NAT gateway."
  type        = bool
  default     = false
  nullable    = false
}

variable "capacity_strategy" {
  description = "Mix of FARGATE and FARGATE_SPOT: the first base tasks go there, the rest by weight."
  type = map(object({
    base   = optional(number, 0)
    weight = optional(number, 1)
  }))
  default  = { FARGATE = {} }
  nullable = false

  validation {
    condition     = length(var.capacity_strategy) > 0 && length(setsubtract(keys(var.capacity_strategy), ["FARGATE", "FARGATE_SPOT"])) == 0
    error_message = "capacity_strategy must name FARGATE, FARGATE_SPOT or both; got ${jsonencode(keys(var.capacity_strategy))}."
  }
  validation {
    condition     = length([for provider in var.capacity_strategy : provider if provider.base > 0]) <= 1
    error_message = "capacity_strategy: only one provider may have a base, ECS refuses two; got ${jsonencode({ for key, provider in var.capacity_strategy : key => provider.base })}."
  }
}
