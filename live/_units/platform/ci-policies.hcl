# What a run of the pipeline that applies may do: the services our systems are made of, in the environment's regions, and
# roles that carry the project's name; never users, keys of users, or its own roles.
terraform { source = "${get_repo_root()}/modules//security/iam-policy" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals

  account = "arn:aws:iam::${local.context.account_id}"
  prefix  = "${local.context.project}-${local.context.environment}-"

  regional = [
    "acm", "apigateway", "appconfig", "application-autoscaling", "athena", "autoscaling", "backup", "cloudtrail", "cloudwatch",
    "codebuild", "codedeploy", "codepipeline", "codestar-connections", "codestar-notifications", "cognito-idp", "config", "dlm",
    "dynamodb", "ec2", "ecr", "ecs", "elasticache", "elasticloadbalancing", "es", "events", "glue", "guardduty", "imagebuilder",
    "kms", "lambda", "logs", "rds", "s3", "scheduler", "secretsmanager", "servicediscovery", "ses", "sns", "sqs", "ssm",
    "synthetics", "wafv2", "xray",
  ]
  # Answered from us-east-1 whatever the region.
  global = ["budgets", "ce", "chatbot", "cloudfront", "route53", "shield"]

  change_roles = [
    "iam:AddRoleToInstanceProfile", "iam:AttachRolePolicy", "iam:CreateInstanceProfile", "iam:CreatePolicy",
    "iam:CreatePolicyVersion", "iam:CreateRole", "iam:DeleteInstanceProfile", "iam:DeletePolicy", "iam:DeletePolicyVersion",
    "iam:DeleteRole", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PassRole",
    "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:RemoveRoleFromInstanceProfile", "iam:SetDefaultPolicyVersion",
    "iam:TagInstanceProfile", "iam:TagPolicy", "iam:TagRole", "iam:UntagInstanceProfile", "iam:UntagPolicy", "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription",
  ]
  own_roles = [for kind in ["role", "policy", "instance-profile"] : "${local.account}:${kind}/${local.prefix}*"]
}

inputs = {
  policies = {
    ci-apply = {
      description = "What the pipeline may change in this environment"
      statements = {
        ChangeServices = {
          actions                  = [for service in local.regional : "${service}:*"]
          resources                = ["*"]
          conditions               = { StringEquals = { "aws:RequestedRegion" = distinct(compact([local.context.region, local.context.copies_to])) } }
          allow_wildcard_actions   = "A run creates, changes and removes whatever a unit may hold; services that no unit uses are left out."
          allow_wildcard_resources = "Most of what a run creates has no ARN before it exists."
        }
        ChangeGlobalServices = {
          actions                  = [for service in local.global : "${service}:*"]
          resources                = ["*"]
          allow_wildcard_actions   = "As ChangeServices, for services without regions."
          allow_wildcard_resources = "Distributions, zones and budgets get their ids when they are made."
        }
        ReadRoles = {
          actions                  = ["iam:Get*", "iam:List*", "sts:GetCallerIdentity"]
          resources                = ["*"]
          allow_wildcard_actions   = "A plan reads what is there; nothing of it is secret."
          allow_wildcard_resources = "Account settings and service-linked roles are read by name or as a list."
        }
        ChangeOwnRoles = {
          actions                  = local.change_roles
          resources                = local.own_roles
          allow_wildcard_resources = "Every role and policy of this environment begins with the project's and the environment's name."
        }
        MakeServiceRoles = {
          actions                  = ["iam:CreateServiceLinkedRole", "iam:UpdateAccountPasswordPolicy"]
          resources                = ["*"]
          allow_wildcard_resources = "AWS names service-linked roles itself, and the password policy has no ARN."
        }
        # The way out of all of the above: a run that could change its own rights would have every right.
        DenyOwnRights = {
          effect    = "Deny"
          actions   = local.change_roles
          resources = ["${local.account}:role/${local.context.name}-ci-*", "${local.account}:policy/${local.context.name}-ci-*"]
        }
        DenyAdministrators = {
          effect     = "Deny"
          actions    = ["iam:AttachRolePolicy"]
          resources  = ["*"]
          conditions = { ArnEquals = { "iam:PolicyARN" = ["arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/IAMFullAccess"] } }
        }
      }
    }
  }
}
