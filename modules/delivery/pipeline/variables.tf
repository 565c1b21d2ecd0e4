variable "artifact_bucket_name" {
  description = "Bucket that stages hand things on in."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.artifact_bucket_name))
    error_message = format("artifact_bucket_name must be the name of a bucket; got %s.", jsonencode(var.artifact_bucket_name))
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key of what stages hand on."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = format("kms_key_arn must be the ARN of a KMS key; got %s.", jsonencode(var.kms_key_arn))
  }
}

variable "name" {
  description = "Name of the pipeline, for example acme-prod-shop."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9.@_-]{1,64}$", var.name))
    error_message = format("name may have 64 letters, digits and . @ _ -; got %s.", jsonencode(var.name))
  }

  validation {
    # A connection's name is the shortest of the names made here.
    condition     = length(var.name) <= 32 || var.source_repository.connection != null
    error_message = format("name may have 32 characters where the pipeline makes its own connection; got %s.", length(var.name))
  }
}

variable "role_arn" {
  description = "Role of the pipeline: the connection, the bucket and its key, and starting what its actions name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", var.role_arn))
    error_message = format("role_arn must be the ARN of an IAM role; got %s.", jsonencode(var.role_arn))
  }
}

variable "source_repository" {
  description = <<-EOT
    Repository (owner/name) and branch whose pushes start the pipeline; paths narrows them down to changes
    of matching files. Without connection one is made, which a person accepts once.
  EOT
  type = object({
    name       = string
    branch     = optional(string, "main")
    connection = optional(object({ arn = string }))
    paths      = optional(list(string), [])
    provider   = optional(string, "GitHub")
  })
  nullable = false

  validation {
    # https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_Connection.html
    condition     = var.source_repository.connection == null ? true : can(regex("^arn:[a-z-]+:(codeconnections|codestar-connections):[a-z0-9-]+:[0-9]{12}:connection/[a-f0-9-]+$", var.source_repository.connection.arn))
    error_message = format("source_repository.connection.arn must be the ARN of a connection; got %s.", jsonencode(var.source_repository.connection))
  }

  validation {
    condition     = can(regex("^[^/ ]+(/[^/ ]+)+$", var.source_repository.name))
    error_message = format("source_repository.name is written owner/name; got %s.", jsonencode(var.source_repository.name))
  }

  validation {
    condition     = contains(["Bitbucket", "GitHub", "GitLab"], var.source_repository.provider)
    error_message = format("source_repository.provider must be GitHub, GitLab or Bitbucket; got %s.", jsonencode(var.source_repository.provider))
  }

  validation {
    condition     = length(var.source_repository.paths) <= 8
    error_message = format("source_repository.paths may be 8 patterns, the API's limit; got %s.", length(var.source_repository.paths))
  }
}

variable "stages" {
  description = <<-EOT
    What happens to a change, in order; actions of one run_order run side by side. An action is of one
    kind: build starts project_name (CodeBuild; plans and applies too) with variables, approve waits for a
    person, tells topic and shows message and link, sync unpacks its input into bucket_name under key_prefix, invoke
    calls function_name with variables. input is "source" or another action's output.
  EOT
  type = list(object({
    name = string
    actions = list(object({
      kind          = string
      name          = string
      bucket_name   = optional(string)
      function_name = optional(string)
      input         = optional(string, "source")
      key_prefix    = optional(string)
      link          = optional(string)
      message       = optional(string)
      output        = optional(string)
      project_name  = optional(string)
      run_order     = optional(number, 1)
      topic         = optional(object({ arn = string }))
      variables     = optional(map(string), {})
    }))
  }))
  nullable = false

  validation {
    condition     = length(var.stages) >= 1 && alltrue([for stage in var.stages : length(stage.actions) >= 1])
    error_message = format("A pipeline needs a stage after its source, and a stage an action; got %s.", jsonencode({ for stage in var.stages : stage.name => length(stage.actions) }))
  }

  validation {
    condition     = alltrue(flatten([for stage in var.stages : [for name in concat([stage.name], [for action in stage.actions : action.name]) : can(regex("^[A-Za-z0-9.@_-]{1,100}$", name))]]))
    error_message = format("A stage's and an action's name may have 100 letters, digits and . @ _ -; got %s.", jsonencode({ for stage in var.stages : stage.name => [for action in stage.actions : action.name] }))
  }

  validation {
    condition     = length(distinct(concat(["Source"], [for stage in var.stages : stage.name]))) == length(var.stages) + 1 && alltrue([for stage in var.stages : length(distinct([for action in stage.actions : action.name])) == length(stage.actions)])
    error_message = format("Names are given once: stages in a pipeline (Source is taken), actions in a stage; got %s.", jsonencode([for stage in var.stages : "${stage.name}: ${join(", ", [for action in stage.actions : action.name])}"]))
  }

  validation {
    condition     = alltrue(flatten([for stage in var.stages : [for action in stage.actions : contains(["approve", "build", "invoke", "sync"], action.kind)]]))
    error_message = format("kind must be build, approve, sync or invoke; got %s.", jsonencode(flatten([for stage in var.stages : [for action in stage.actions : action.kind]])))
  }

  validation {
    condition = alltrue(flatten([for stage in var.stages : [
      for action in stage.actions : (action.kind == "build") == (action.project_name != null) && (action.kind == "sync") == (action.bucket_name != null) && (action.kind == "invoke") == (action.function_name != null)
    ]]))
    error_message = format(
      "build needs project_name, sync bucket_name and invoke function_name, and no other kind takes them; got %s.",
      jsonencode(flatten([for stage in var.stages : [for action in stage.actions : "${stage.name}/${action.name} (${action.kind})"]]))
    )
  }

  validation {
    # https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html
    condition     = alltrue(flatten([for stage in var.stages : [for action in stage.actions : [for topic in action.topic[*] : action.kind == "approve" && can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+$", topic.arn))]]]))
    error_message = format("topic is of approve alone and has the ARN of an SNS topic; got %s.", jsonencode(flatten([for stage in var.stages : [for action in stage.actions : "${stage.name}/${action.name} (${action.kind}): ${action.topic.arn}" if action.topic != null]])))
  }

  validation {
    condition     = alltrue(flatten([for stage in var.stages : [for action in stage.actions : action.output == null || contains(["build", "invoke"], action.kind)]]))
    error_message = format("Only build and invoke have an output; got %s.", jsonencode(flatten([for stage in var.stages : [for action in stage.actions : "${stage.name}/${action.name} (${action.kind})" if action.output != null]])))
  }

  validation {
    condition = alltrue(flatten([for stage in var.stages : [
      for action in stage.actions : contains(concat(["source"], flatten([for other in var.stages : [for maker in other.actions : maker.output[*]]])), action.input)
    ]]))
    error_message = format(
      "input must be \"source\" or the output of an action of this pipeline; got %s.",
      jsonencode(distinct(flatten([for stage in var.stages : [for action in stage.actions : action.input]])))
    )
  }
}

variable "execution_mode" {
  description = "What becomes of a change that arrives during a run: QUEUED waits, SUPERSEDED replaces what waits, PARALLEL runs beside."
  type        = string
  default     = "QUEUED"
  nullable    = false

  validation {
    condition     = contains(["PARALLEL", "QUEUED", "SUPERSEDED"], var.execution_mode)
    error_message = format("execution_mode must be QUEUED, SUPERSEDED or PARALLEL; got %s.", jsonencode(var.execution_mode))
  }
}

variable "notification_topic_arns" {
  description = "SNS topics that hear of a success, a failure and an approval that waits; their policies admit codestar-notifications.amazonaws.com."
  type        = list(string) # not a set: its length is known even where an ARN is not yet
  default     = []
  nullable    = false

  validation {
    condition     = length(var.notification_topic_arns) <= 10 && alltrue([for arn in var.notification_topic_arns : can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+$", arn))])
    error_message = format("notification_topic_arns must be up to ten ARNs of SNS topics; got %s.", jsonencode(var.notification_topic_arns))
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
