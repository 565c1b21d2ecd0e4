variable "access_log" {
  description = "Bucket in which S3 records every request to the artifacts; null means that requests are not recorded."
  type        = object({ bucket_name = string })
}

variable "account_id" {
  description = "Account of the pipeline; ends the bucket's name, which all of AWS shares."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id has 12 digits; got ${jsonencode(var.account_id)}."
  }
}

variable "kms_key_arn" {
  description = "KMS key of what stages hand on and builds leave behind."
  type        = string
  nullable    = false
}

variable "name" {
  description = "Name of the pipeline and prefix of its projects, roles and bucket."
  type        = string
  nullable    = false
}

variable "projects" {
  description = <<-EOT
    CodeBuild projects, keyed by short name. buildspec is the text or path of what is done; docker (as in
    delivery/container-build) builds, tests and pushes an image instead. statements are what its role may do besides
    its log, the artifacts and its image, keyed by Sid as in security/iam-role.
  EOT
  type = map(object({
    description = string
    buildspec   = optional(string)
    docker = optional(object({
      repository_url = string
      context        = optional(string, ".")
      dockerfile     = optional(string, "Dockerfile")
      test_commands  = optional(list(string), [])
    }))
    environment = optional(map(string), {})
    machine = optional(object({
      architecture = optional(string, "arm64")
      compute_type = optional(string, "BUILD_GENERAL1_SMALL")
      image        = optional(string)
    }), {})
    statements = optional(map(object({
      effect                   = optional(string, "Allow")
      actions                  = set(string)
      resources                = set(string)
      conditions               = optional(map(map(list(string))), {})
      allow_wildcard_actions   = optional(string)
      allow_wildcard_resources = optional(string)
    })), {})
    timeout_minutes = optional(number, 30)
  }))
  nullable = false

  validation {
    condition     = !contains(keys(var.projects), "pipeline")
    error_message = "The key pipeline belongs to the pipeline's own role; got ${jsonencode(keys(var.projects))}."
  }
}

variable "source_repository" {
  description = "Repository (owner/name) and branch whose pushes start the pipeline, as in delivery/pipeline; paths narrows them down."
  type = object({
    name       = string
    branch     = optional(string, "main")
    connection = optional(object({ arn = string }))
    paths      = optional(list(string), [])
    provider   = optional(string, "GitHub")
  })
  nullable = false
}

variable "stages" {
  description = <<-EOT
    What happens to a change, in order; actions of one run_order run side by side. An action is of one kind: build
    runs a project (a key of projects) with variables, approve waits for a person and tells topic, sync unpacks its input into a bucket.
    input is "source" or another action's output.
  EOT
  type = list(object({
    name = string
    actions = list(object({
      kind        = string
      name        = string
      bucket_name = optional(string)
      input       = optional(string, "source")
      key_prefix  = optional(string)
      link        = optional(string)
      message     = optional(string)
      output      = optional(string)
      project     = optional(string)
      run_order   = optional(number, 1)
      topic       = optional(object({ arn = string }))
      variables   = optional(map(string), {})
    }))
  }))
  nullable = false

  validation {
    condition     = alltrue(flatten([for stage in var.stages : [for action in stage.actions : contains(["approve", "build", "sync"], action.kind)]]))
    error_message = "kind must be build, approve or sync; got ${jsonencode(flatten([for stage in var.stages : [for action in stage.actions : action.kind]]))}."
  }

  validation {
    condition     = alltrue(flatten([for stage in var.stages : [for action in stage.actions : action.project == null || contains(keys(var.projects), coalesce(action.project, "-"))]]))
    error_message = "project must be a key of projects (${join(", ", keys(var.projects))}); got ${jsonencode(flatten([for stage in var.stages : [for action in stage.actions : action.project if action.project != null]]))}."
  }
}

variable "artifact_retention_days" {
  description = "Days after which what stages handed on is deleted; a run that waits longer for its approval fails."
  type        = number
  default     = 30
  nullable    = false

  validation {
    # An approval that nobody gives ends by itself after seven days.
    condition     = var.artifact_retention_days >= 8
    error_message = "artifact_retention_days must be at least 8, because a run may wait seven days for its approval; got ${var.artifact_retention_days}."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key of the builds' logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days that CloudWatch keeps the builds' logs."
  type        = number
  default     = 30
  nullable    = false
}

variable "notification_topic_arns" {
  description = "SNS topics that hear of a success, a failure and an approval that waits; their policies admit codestar-notifications.amazonaws.com."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of every role; null sets none."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags for everything in this pattern that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
