variable "name" {
  description = "Name of pipeline, recipe and images."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9-]{1,99}$", var.name))
    error_message = "name must have 2 to 100 letters, digits or dashes; got \"${var.name}\" (${length(var.name)} characters)."
  }
}

variable "execution_role_arn" {
  description = "Role with which the pipeline works: the Image Builder service's permissions and ssm:PutParameter on the parameter of the latest image."
  type        = string
  nullable    = false
}

variable "instance_profile_name" {
  description = "Instance profile of the build machine, whose role has EC2InstanceProfileForImageBuilder and AmazonSSMManagedInstanceCore."
  type        = string
  nullable    = false
}

variable "parent_image" {
  description = "What the image starts from: an Image Builder image ARN with x.x.x for the latest, or an AMI id."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(arn:[a-z-]+:imagebuilder:.+:image/.+|ami-[0-9a-f]{8,17})$", var.parent_image))
    error_message = "parent_image must be the ARN of an Image Builder image or an AMI id; got \"${var.parent_image}\"."
  }
}

variable "regions" {
  description = "Regions that get the image, with its key there and the other accounts that may launch it."
  type = map(object({
    kms_key_arn        = optional(string)
    launch_account_ids = optional(set(string), [])
  }))
  nullable = false

  validation {
    condition     = length(var.regions) > 0 && alltrue([for region in keys(var.regions) : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", region))])
    error_message = "regions must name at least one region such as us-east-1; got ${jsonencode(keys(var.regions))}."
  }
  validation {
    condition     = alltrue([for region in var.regions : alltrue([for account in region.launch_account_ids : can(regex("^[0-9]{12}$", account))])])
    error_message = "regions: launch_account_ids must have 12 digits each; got ${jsonencode({ for key, region in var.regions : key => region.launch_account_ids if length(region.launch_account_ids) > 0 })}."
  }
  validation {
    # An image that is encrypted with the key AWS manages can be shared with nobody.
    condition     = alltrue([for region in var.regions : length(region.launch_account_ids) == 0 || region.kms_key_arn != null])
    error_message = "regions with launch_account_ids need kms_key_arn, because an image under AWS's own key cannot be shared; got none for ${jsonencode([for key, region in var.regions : key if length(region.launch_account_ids) > 0 && region.kms_key_arn == null])}."
  }
}

variable "components" {
  description = "Own steps, keyed by short name: Image Builder component documents (YAML, schemaVersion 1.0). They run after the managed ones, by name."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for document in values(var.components) : can(yamldecode(document).phases)])
    error_message = "components must be component documents in YAML with phases; wrong are ${jsonencode([for key, document in var.components : key if !can(yamldecode(document).phases)])}."
  }
}

variable "instance_types" {
  description = "Types of build machine that will do; of the image's architecture."
  type        = set(string)
  default     = ["t4g.medium"]
  nullable    = false
}

variable "kms_key_arn" {
  description = "Key of the image's volume and of own components in this region; null encrypts with the keys that AWS manages."
  type        = string
  default     = null
}

variable "log_bucket_name" {
  description = "Bucket for the logs of each build, under imagebuilder/<name>; null leaves them to CloudWatch alone."
  type        = string
  default     = null
}

variable "managed_components" {
  description = "AWS's own components by name, in this order, each in its latest version."
  type        = list(string)
  default     = ["update-linux"]
  nullable    = false

  validation {
    condition     = length(var.managed_components) + length(var.components) > 0
    error_message = "managed_components and components must name at least one component together, or the image equals its parent; got ${length(var.managed_components)} and ${length(var.components)}."
  }
}

variable "paused" {
  description = "Stops the schedule without deleting anything."
  type        = bool
  default     = false
  nullable    = false
}

variable "root_volume" {
  description = "Root volume of the image, encrypted gp3."
  type = object({
    device_name = optional(string, "/dev/xvda")
    size_gb     = optional(number, 20)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.root_volume.size_gb >= 8 && var.root_volume.size_gb <= 1024
    error_message = "root_volume.size_gb must be 8 to 1024; got ${var.root_volume.size_gb}."
  }
}

variable "scanning_enabled" {
  description = "Scans each image with Inspector, which must be switched on in the account."
  type        = bool
  default     = false
  nullable    = false
}

variable "schedule" {
  description = "When to look whether parent or components moved, and then to build; null builds by hand only."
  type = object({
    expression = optional(string, "cron(0 4 ? * sun)")
    timezone   = optional(string, "Etc/UTC")
  })
  default = {}

  validation {
    condition     = var.schedule == null || can(regex("^(cron|rate)\\(.+\\)$", var.schedule.expression))
    error_message = "schedule.expression must be cron(...) or rate(...); got \"${try(var.schedule.expression, "null")}\"."
  }
}

variable "security_group_ids" {
  description = "Security groups of the build machine; given together with subnet_id."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = (length(var.security_group_ids) > 0) == (var.subnet_id != null)
    error_message = "security_group_ids and subnet_id must be given together or not at all; got ${length(var.security_group_ids)} groups and ${var.subnet_id == null ? "no subnet" : var.subnet_id}."
  }
}

variable "sns_topic_arn" {
  description = "Topic that hears how each build ended; null for none."
  type        = string
  default     = null
}

variable "subnet_id" {
  description = "Subnet of the build machine, with a way to the package sources; null takes the account's default VPC."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags for everything taggable here, the images included, passed on unchanged."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "test_timeout_minutes" {
  description = "How long the tests of a new image may take; it goes nowhere before they pass."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.test_timeout_minutes >= 60 && var.test_timeout_minutes <= 1440
    error_message = "test_timeout_minutes must be 60 to 1440; got ${var.test_timeout_minutes}."
  }
}
