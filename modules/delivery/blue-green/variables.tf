variable "name" {
  description = "Name of the application and its deployment group, for example acme-prod-shop-cart."
  type        = string
  nullable    = false

  validation {
    # The deployment configuration has 100 characters and adds the traffic shift.
    condition     = can(regex("^[A-Za-z0-9._+=@-]{1,76}$", var.name))
    error_message = format("name may have 76 letters, digits and . _ + = @ -; got %s.", jsonencode(var.name))
  }
}

variable "role_arn" {
  description = "Role of CodeDeploy: AWSCodeDeployRoleForECS or AWSCodeDeployRoleForLambda, or what you need of them."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", var.role_arn))
    error_message = format("role_arn must be the ARN of an IAM role; got %s.", jsonencode(var.role_arn))
  }
}

variable "alarm_names" {
  description = "Alarms that stop a deployment and roll it back when they ring."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    # The API's limit for a deployment group.
    condition     = length(var.alarm_names) <= 10
    error_message = format("alarm_names may be 10; got %s.", length(var.alarm_names))
  }
}

variable "ecs" {
  description = <<-EOT
    The service whose tasks are exchanged, and what brings it traffic: a listener and two target groups.
    With wait_for_approval_minutes a person looks at the new tasks, by test_listener, and continues
    within that time, or the deployment stops. keep_blue_minutes is how long the old tasks wait for a way
    back. Null deploys a Lambda alias.
  EOT
  type = object({
    blue_target_group_name    = string
    cluster_name              = string
    green_target_group_name   = string
    listener_arn              = string
    service_name              = string
    keep_blue_minutes         = optional(number, 15)
    test_listener             = optional(object({ arn = string }))
    wait_for_approval_minutes = optional(number, 0)
  })
  default = null

  validation {
    condition     = var.ecs == null ? true : var.ecs.blue_target_group_name != var.ecs.green_target_group_name
    error_message = format("Blue and green need a target group each; got %s for both.", jsonencode(one(var.ecs[*].blue_target_group_name)))
  }

  validation {
    # Two days is the API's limit of both.
    condition     = var.ecs == null ? true : alltrue([for minutes in [var.ecs.keep_blue_minutes, var.ecs.wait_for_approval_minutes] : minutes >= 0 && minutes <= 2880])
    error_message = format("keep_blue_minutes and wait_for_approval_minutes must be 0 to 2880; got %s.", jsonencode(var.ecs == null ? [] : [var.ecs.keep_blue_minutes, var.ecs.wait_for_approval_minutes]))
  }

  validation {
    condition     = var.ecs == null ? true : alltrue([for arn in concat([var.ecs.listener_arn], var.ecs.test_listener[*].arn) : can(regex("^arn:[a-z-]+:elasticloadbalancing:.+:listener/.+$", arn))])
    error_message = format("listener_arn and test_listener.arn must be ARNs of load balancer listeners; got %s.", jsonencode(var.ecs == null ? [] : concat([var.ecs.listener_arn], var.ecs.test_listener[*].arn)))
  }
}

variable "notification_topic" {
  description = "SNS topic that hears of every start, success, failure, stop and rollback; null tells nobody."
  type        = object({ arn = string })
  default     = null

  validation {
    condition     = var.notification_topic == null ? true : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+$", var.notification_topic.arn))
    error_message = format("notification_topic.arn must be the ARN of an SNS topic; got %s.", jsonencode(var.notification_topic))
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "traffic" {
  description = "How traffic moves: canary (percent, then the rest after minutes), linear (percent every minutes) or all-at-once."
  type = object({
    minutes = optional(number, 5)
    percent = optional(number, 10)
    shift   = optional(string, "canary")
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["all-at-once", "canary", "linear"], var.traffic.shift)
    error_message = format("traffic.shift must be canary, linear or all-at-once; got %s.", jsonencode(var.traffic.shift))
  }

  validation {
    condition     = var.traffic.percent >= 1 && var.traffic.percent <= 99 && var.traffic.minutes >= 1 && var.traffic.minutes <= 2880
    error_message = format("traffic.percent must be 1 to 99 and traffic.minutes 1 to 2880; got %s.", jsonencode([var.traffic.percent, var.traffic.minutes]))
  }
}
