resource "aws_codebuild_project" "this" {
  name           = var.name
  description    = var.description
  service_role   = var.role_arn
  build_timeout  = var.timeout_minutes
  queued_timeout = var.queued_timeout_minutes
  encryption_key = var.kms_key_arn

  concurrent_build_limit = var.concurrent_build_limit

  source {
    type                = var.repository == null ? "CODEPIPELINE" : var.repository.type
    location            = one(var.repository[*].url)
    git_clone_depth     = var.repository == null ? null : 1
    report_build_status = var.repository == null ? null : true
    buildspec           = coalesce(var.buildspec, local.buildspec)
  }
  source_version = one(var.repository[*].branch)

  artifacts {
    type = var.repository == null ? "CODEPIPELINE" : "NO_ARTIFACTS"
  }

  environment {
    type                        = var.machine.architecture == "arm64" ? "ARM_CONTAINER" : "LINUX_CONTAINER"
    compute_type                = var.machine.compute_type
    image                       = coalesce(var.machine.image, local.standard_images[var.machine.architecture])
    image_pull_credentials_type = "CODEBUILD"
    privileged_mode             = var.docker != null

    dynamic "environment_variable" {
      for_each = local.environment
      content {
        name  = environment_variable.key
        type  = environment_variable.value.type
        value = environment_variable.value.value
      }
    }
  }

  cache {
    type  = var.docker == null ? "NO_CACHE" : "LOCAL"
    modes = var.docker == null ? null : ["LOCAL_DOCKER_LAYER_CACHE"]
  }

  logs_config {
    cloudwatch_logs {
      status     = "ENABLED"
      group_name = aws_cloudwatch_log_group.this.name
    }
  }

  dynamic "vpc_config" {
    for_each = var.vpc[*]
    content {
      vpc_id             = vpc_config.value.vpc_id
      subnets            = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  tags = var.tags
}

locals {
  # The images that AWS keeps warm on its machines; they hold Docker, the AWS CLI and common runtimes.
  standard_images = {
    arm64  = "aws/codebuild/amazonlinux-aarch64-standard:3.0"
    x86_64 = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
  }

  environment = merge(
    { for name, value in var.environment : name => { type = "PLAINTEXT", value = value } },
    # By reference: CodeBuild reads the value when a build starts, and masks it in the log.
    { for name, arn in var.secret_arns : name => { type = "SECRETS_MANAGER", value = arn } },
    { for docker in var.docker[*] : "REPOSITORY_URL" => { type = "PLAINTEXT", value = docker.repository_url } },
  )
}
