data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  _region = data.aws_region.current.name
  _here   = "${local._region}:${var.account_id}"
  _arn    = "arn:${data.aws_partition.current.partition}"

  # One statement for secrets and parameters: what an ARN belongs to may be known only once it exists, and an action does
  # nothing to the other kind. A reference to a secret may end in :FIELD:STAGE:VERSION; a permission is for the secret.
  _secrets = [for arn in values(var.container.secret_arns) : join(":", slice(split(":", arn), 0, min(7, length(split(":", arn)))))]

  # Sessions are opened by the agent inside the task, with the task's own role.
  _shell = merge({
    OpenShell = {
      actions                  = ["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"]
      resources                = ["*"]
      allow_wildcard_resources = "Session channels have no ARN that a policy could name."
    }
    FindShellLog = {
      actions                  = ["logs:DescribeLogGroups"]
      resources                = ["*"]
      allow_wildcard_resources = "Log groups are listed for the whole account or not at all."
    }
    WriteShellLog = {
      actions                  = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      resources                = ["${local._arn}:logs:${local._here}:log-group:/aws/ecs/${var.cluster.name}/execute-command:*"]
      allow_wildcard_resources = "The agent names the stream of each session at run time."
    }
    }, { for sid, key in { UseShellKey = var.kms_key } : sid => {
      actions                          = ["kms:Decrypt"]
      resources                        = [key.arn]
  } if key != null })

  _tracing = {
    SendTraces = {
      actions                  = ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"]
      resources                = ["*"]
      allow_wildcard_resources = "X-Ray has no resource-level permissions for writing traces."
    }
  }

  _execution = merge(
    {
      PullImage = {
        actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        resources = [var.repository.arn]
      }
      LogInToRegistry = {
        actions                  = ["ecr:GetAuthorizationToken"]
        resources                = ["*"]
        allow_wildcard_resources = "A token is for the account's registry, which is no resource of IAM."
      }
      WriteLog = {
        actions                  = ["logs:CreateLogStream", "logs:PutLogEvents"]
        resources                = ["${local._arn}:logs:${local._here}:log-group:/aws/ecs/${var.name}:*"]
        allow_wildcard_resources = "ECS names the streams of the service's own group at run time."
      }
    },
    { for sid, arns in { ReadSecrets = local._secrets } : sid => {
      actions                        = distinct([for arn in arns : strcontains(arn, ":ssm:") ? "ssm:GetParameters" : "secretsmanager:GetSecretValue"])
      resources                      = arns
    } if length(arns) > 0 },
    { for sid, key in { DecryptSecrets = var.kms_key } : sid => {
      actions                          = ["kms:Decrypt"]
      resources                        = [key.arn]
      conditions                       = { StringEquals = { "kms:ViaService" = ["secretsmanager.${local._region}.amazonaws.com", "ssm.${local._region}.amazonaws.com"] } }
    } if key != null && length(var.container.secret_arns) > 0 },
  )

  _task = merge(
    { for sid, statement in local._shell : sid => statement if var.allow_execute_command },
    { for sid, statement in local._tracing : sid => statement if var.tracing != null },
    var.task_statements,
  )

  # Only tasks of this account may take the roles: the service principal alone would be anybody's tasks.
  _trust = {
    services = ["ecs-tasks.amazonaws.com"]
    conditions = {
      ArnLike      = { "aws:SourceArn" = ["${local._arn}:ecs:${local._here}:*"] }
      StringEquals = { "aws:SourceAccount" = [var.account_id] }
    }
  }
}

module "roles" {
  source = "../../security/iam-role"

  name = var.name
  roles = {
    execution = {
      description = "Starts the tasks of ${var.name}: pulls the image, reads the secrets, writes the log"
      trust       = local._trust
      statements  = local._execution
    }
    task = {
      description = "What the code of ${var.name} may do"
      trust       = local._trust
      statements  = local._task
    }
  }
  tags = var.tags
}
