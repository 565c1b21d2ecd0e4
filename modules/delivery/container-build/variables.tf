variable "kms_key_arn" {
  description = "Customer-managed key of what a build leaves behind."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = format("kms_key_arn must be the ARN of a KMS key; got %s.", jsonencode(var.kms_key_arn))
  }
}

variable "name" {
  description = "Name of the project; its log group is /aws/codebuild/<name>."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{1,149}$", var.name))
    error_message = format("name must have 2 to 150 letters, digits, hyphens and underscores; got %s.", jsonencode(var.name))
  }
}

variable "role_arn" {
  description = "Role that builds run with: its log group, the image repository, the pipeline's bucket, and what the commands do."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", var.role_arn))
    error_message = format("role_arn must be the ARN of an IAM role; got %s.", jsonencode(var.role_arn))
  }
}

variable "buildspec" {
  description = "Path of a build specification in the source, or its text. Null builds, tests and pushes the image that docker describes."
  type        = string
  default     = null

  validation {
    condition     = var.buildspec != null || var.docker != null
    error_message = format("Give buildspec or docker: a build needs something to do; got %s.", jsonencode(var.buildspec))
  }
}

variable "concurrent_build_limit" {
  description = "Most builds at once; null is the account's limit."
  type        = number
  default     = null

  validation {
    condition     = var.concurrent_build_limit == null ? true : var.concurrent_build_limit >= 1
    error_message = format("concurrent_build_limit must be at least 1; got %s.", jsonencode(var.concurrent_build_limit))
  }
}

variable "description" {
  description = "What the project builds."
  type        = string
  default     = "Managed by Terraform."
  nullable    = false

  validation {
    condition     = length(var.description) <= 255
    error_message = format("description may have 255 characters; got %s.", length(var.description))
  }
}

variable "docker" {
  description = <<-EOT
    The image: where it goes (repository_url), what it is made of (dockerfile and context, paths in the
    source) and what proves it (test_commands run inside it). Docker needs a privileged build container,
    so null is for projects that build none.
  EOT
  type = object({
    repository_url = string
    context        = optional(string, ".")
    dockerfile     = optional(string, "Dockerfile")
    test_commands  = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.docker == null ? true : can(regex("^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?/[a-z0-9/._-]+$", var.docker.repository_url))
    error_message = format("docker.repository_url must be that of an ECR repository, without a tag; got %s.", jsonencode(one(var.docker[*].repository_url)))
  }
}

variable "environment" {
  description = "Environment variables of the commands. No secrets: they would stand in the state; name them in secret_arns."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = !contains(keys(var.environment), "REPOSITORY_URL") && alltrue([for name in keys(var.environment) : !startswith(name, "CODEBUILD_")])
    error_message = format("environment must not hold REPOSITORY_URL (docker gives it) or names that start with CODEBUILD_; got %s.", jsonencode(keys(var.environment)))
  }
}

variable "log_kms_key_arn" {
  description = "Customer-managed key of the log, whose policy admits CloudWatch Logs; null encrypts with a key that AWS owns."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the builds' log."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = format("log_retention_days must be a period that CloudWatch offers (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653); got %s.", var.log_retention_days)
  }
}

variable "machine" {
  description = "What builds run on; image null is AWS's standard image of the architecture."
  type = object({
    architecture = optional(string, "arm64")
    compute_type = optional(string, "BUILD_GENERAL1_SMALL")
    image        = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["arm64", "x86_64"], var.machine.architecture)
    error_message = format("machine.architecture must be arm64 or x86_64; got %s.", jsonencode(var.machine.architecture))
  }

  validation {
    condition     = contains(["BUILD_GENERAL1_SMALL", "BUILD_GENERAL1_MEDIUM", "BUILD_GENERAL1_LARGE", "BUILD_GENERAL1_XLARGE", "BUILD_GENERAL1_2XLARGE"], var.machine.compute_type)
    error_message = format("machine.compute_type must be BUILD_GENERAL1_SMALL, _MEDIUM, _LARGE, _XLARGE or _2XLARGE; got %s.", jsonencode(var.machine.compute_type))
  }
}

variable "queued_timeout_minutes" {
  description = "How long a build may wait for a machine."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.queued_timeout_minutes >= 5 && var.queued_timeout_minutes <= 480
    error_message = format("queued_timeout_minutes must be 5 to 480; got %s.", var.queued_timeout_minutes)
  }
}

variable "repository" {
  description = "Source of a project that no pipeline feeds; the account needs a connection to it. Null takes what a pipeline hands over."
  type = object({
    url    = string
    branch = optional(string, "main")
    type   = optional(string, "GITHUB")
  })
  default = null

  validation {
    condition     = var.repository == null ? true : startswith(var.repository.url, "https://")
    error_message = format("repository.url must start with https://; got %s.", jsonencode(one(var.repository[*].url)))
  }

  validation {
    condition     = var.repository == null ? true : contains(["BITBUCKET", "GITHUB", "GITHUB_ENTERPRISE", "GITLAB"], var.repository.type)
    error_message = format("repository.type must be GITHUB, GITHUB_ENTERPRISE, GITLAB or BITBUCKET; got %s.", jsonencode(one(var.repository[*].type)))
  }
}

variable "secret_arns" {
  description = "Environment variables whose value is a Secrets Manager secret's, by ARN; CodeBuild reads it when a build starts and masks it in the log."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secret_arns) : can(regex("^arn:[a-z-]+:secretsmanager:", arn))])
    error_message = format("secret_arns must be ARNs of Secrets Manager secrets, never a value; wrong under %s.", jsonencode([for name, arn in var.secret_arns : name if !can(regex("^arn:[a-z-]+:secretsmanager:", arn))]))
  }

  validation {
    condition     = length(setintersection(keys(var.secret_arns), keys(var.environment))) == 0
    error_message = format("secret_arns and environment must not share a name; got %s.", jsonencode(setintersection(keys(var.secret_arns), keys(var.environment))))
  }
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "timeout_minutes" {
  description = "Longest build."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.timeout_minutes >= 5 && var.timeout_minutes <= 2160
    error_message = format("timeout_minutes must be 5 to 2160 (36 hours); got %s.", var.timeout_minutes)
  }
}

variable "vpc" {
  description = "Where builds run that reach into a VPC, for example to migrate a database; null keeps them outside."
  type = object({
    vpc_id             = string
    subnet_ids         = set(string)
    security_group_ids = set(string)
  })
  default = null

  validation {
    condition     = var.vpc == null ? true : length(var.vpc.subnet_ids) > 0 && length(var.vpc.security_group_ids) > 0
    error_message = format("vpc needs subnets and security groups; got %s.", jsonencode(var.vpc))
  }
}
