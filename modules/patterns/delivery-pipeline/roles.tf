data "aws_partition" "current" {}

data "aws_region" "current" {}

# Named before they exist, so that a role stands before what needs it and each names exactly what belongs to it.
locals {
  bucket_name = "${var.name}-artifacts-${var.account_id}" # bucket names are shared by all of AWS
  bucket_arn  = "arn:${data.aws_partition.current.partition}:s3:::${local.bucket_name}"
  here        = "${data.aws_region.current.name}:${var.account_id}"

  project_arns = { for key in keys(var.projects) : key => "arn:${data.aws_partition.current.partition}:codebuild:${local.here}:project/${var.name}-${key}" }

  # Not distinct: how many there are is known before their names are, and a policy names each once.
  sync_buckets  = [for action in local._actions : action.bucket_name if action.kind == "sync"]
  topic_arns    = [for action in local._actions : action.topic.arn if action.topic != null]
  used_projects = distinct([for action in local._actions : action.project if action.project != null])
  _actions      = flatten([for stage in var.stages : stage.actions])

  hand_on = {
    HandOn = {
      actions                  = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
      resources                = ["${local.bucket_arn}/*"]
      allow_wildcard_resources = "CodePipeline names what stages hand on by the run; the bucket holds nothing else."
    }
    FindArtifacts = {
      actions   = ["s3:GetBucketVersioning", "s3:ListBucket"]
      resources = [local.bucket_arn]
    }
    UseArtifactKey = {
      actions    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
      resources  = [var.kms_key_arn]
      conditions = { StringEquals = { "kms:ViaService" = ["s3.${data.aws_region.current.name}.amazonaws.com"] } }
    }
  }

  # https://docs.aws.amazon.com/codepipeline/latest/userguide/security-iam.html
  pipeline_statements = merge(
    local.hand_on,
    {
      ReadSource = {
        actions                  = ["codeconnections:UseConnection", "codestar-connections:UseConnection"]
        resources                = var.source_repository.connection == null ? ["arn:${data.aws_partition.current.partition}:codestar-connections:${local.here}:connection/*"] : [var.source_repository.connection.arn]
        allow_wildcard_resources = "AWS gives a connection its id while the pipeline is made; the condition names the repository."
        conditions               = { StringEquals = { "codestar-connections:FullRepositoryId" = [var.source_repository.name] } }
      }
    },
    { for arns in [[for key in local.used_projects : local.project_arns[key]]] : "StartBuilds" => {
      actions   = ["codebuild:BatchGetBuilds", "codebuild:StartBuild"]
      resources = arns
    } if length(arns) > 0 },
    { for buckets in [local.sync_buckets] : "Publish" => {
      actions                  = ["s3:PutObject"]
      resources                = [for bucket in buckets : "arn:${data.aws_partition.current.partition}:s3:::${bucket}/*"]
      allow_wildcard_resources = "Which pages a change brings is known when it is built."
    } if length(buckets) > 0 },
    { for arns in [local.topic_arns] : "AskForApproval" => { actions = ["sns:Publish"], resources = arns } if length(arns) > 0 },
  )

  # https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
  push_statements = { for key, project in var.projects : key => {
    PushImage = {
      actions = [
        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
      ]
      # <account>.dkr.ecr.<region>.amazonaws.com/<repository>
      resources = [join("", [
        "arn:${data.aws_partition.current.partition}:ecr:${split(".", project.docker.repository_url)[3]}:",
        "${split(".", project.docker.repository_url)[0]}:repository/${join("/", slice(split("/", project.docker.repository_url), 1, length(split("/", project.docker.repository_url))))}",
      ])]
    }
    LogInToRegistry = {
      actions                  = ["ecr:GetAuthorizationToken"]
      resources                = ["*"]
      allow_wildcard_resources = "A token is for the whole registry; what it may do is decided by the other statements."
    }
  } if project.docker != null }

  project_statements = { for key, project in var.projects : key => merge(
    local.hand_on,
    {
      WriteOwnLog = {
        actions                  = ["logs:CreateLogStream", "logs:PutLogEvents"]
        resources                = ["arn:${data.aws_partition.current.partition}:logs:${local.here}:log-group:/aws/codebuild/${var.name}-${key}:*"]
        allow_wildcard_resources = "CodeBuild names the stream of each build of the project's own group."
      }
    },
    lookup(local.push_statements, key, {}),
    project.statements,
  ) }
}

module "roles" {
  source = "../../security/iam-role"

  name                     = var.name
  permissions_boundary_arn = var.permissions_boundary_arn
  tags                     = var.tags

  roles = merge(
    {
      for service in ["codepipeline"] : "pipeline" => {
        description = "Takes changes of ${var.source_repository.name} through the stages of ${var.name}"
        statements  = local.pipeline_statements
        trust = {
          services   = ["${service}.amazonaws.com"]
          conditions = { StringEquals = { "aws:SourceAccount" = [var.account_id] } }
        }
      }
    },
    {
      for key, project in var.projects : key => {
        description = project.description
        statements  = local.project_statements[key]
        trust = {
          services   = ["codebuild.amazonaws.com"]
          conditions = { StringEquals = { "aws:SourceAccount" = [var.account_id] } }
        }
      }
    },
  )
}
