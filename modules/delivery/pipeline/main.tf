resource "aws_codepipeline" "this" {
  name           = var.name
  role_arn       = var.role_arn
  pipeline_type  = "V2"
  execution_mode = var.execution_mode

  artifact_store {
    type     = "S3"
    location = var.artifact_bucket_name

    encryption_key {
      type = "KMS"
      id   = var.kms_key_arn
    }
  }

  stage {
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      namespace        = "Source"
      output_artifacts = ["source"]
      configuration = {
        BranchName       = var.source_repository.branch
        ConnectionArn    = local.connection_arn
        DetectChanges    = "false" # the trigger below does, and knows paths
        FullRepositoryId = var.source_repository.name
      }
    }
  }

  dynamic "stage" {
    for_each = var.stages
    content {
      name = stage.value.name

      dynamic "action" {
        for_each = stage.value.actions
        content {
          name             = action.value.name
          category         = local.kinds[action.value.kind].category
          owner            = "AWS"
          provider         = local.kinds[action.value.kind].provider
          version          = "1"
          run_order        = action.value.run_order
          input_artifacts  = action.value.kind == "approve" ? [] : [action.value.input]
          output_artifacts = action.value.output[*]
          configuration    = local.configurations["${stage.value.name}/${action.value.name}"]
        }
      }
    }
  }

  trigger {
    provider_type = "CodeStarSourceConnection"
    git_configuration {
      source_action_name = "Source"
      push {
        branches {
          includes = [var.source_repository.branch]
        }
        dynamic "file_paths" {
          for_each = length(var.source_repository.paths) > 0 ? [var.source_repository.paths] : []
          content {
            includes = file_paths.value
          }
        }
      }
    }
  }

  tags = var.tags
}

locals {
  connection_arn = one(concat(var.source_repository.connection[*].arn, aws_codestarconnections_connection.this[*].arn))
}

# A person accepts it once in the console; until then the pipeline cannot read its source.
resource "aws_codestarconnections_connection" "this" {
  count = var.source_repository.connection == null ? 1 : 0

  name          = var.name
  provider_type = var.source_repository.provider

  tags = var.tags
}
