# From a push to what runs: images and pages are built and tested, the tree is validated, a person reads the plan, Terraform
# lets the services run the new images, the pages are published and CloudFront forgets the old ones.
terraform { source = "${get_repo_root()}/modules//patterns/delivery-pipeline" }

locals {
  context  = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  name     = local.context.name
  here     = "${local.context.region}:${local.context.account_id}"
  invoke   = "./invoke"
  services = "--env ${local.context.environment} --system ${local.context.system} --unit 'services-*'"

  # A release changes what the services run and nothing else: whoever takes over the repository cannot reach the network,
  # the database or a policy by it. Other changes of the tree are applied with the environment's own role (platform/ci-access).
  read = {
    ReadState = {
      actions                  = ["s3:GetObject", "s3:ListBucket"]
      resources                = ["arn:aws:s3:::${local.context.state_bucket}", "arn:aws:s3:::${local.context.state_bucket}/*"]
      allow_wildcard_resources = "A unit's state is read by every unit that depends on it; states lie in one bucket."
    }
    LockState = {
      actions                  = ["s3:DeleteObject", "s3:PutObject"]
      resources                = ["arn:aws:s3:::${local.context.state_bucket}/${local.context.system}/services-*.tflock"]
      allow_wildcard_resources = "Which services there are is what a release may change; a lock is no state."
    }
    UseStateKey = {
      actions                  = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources                = ["arn:aws:kms:${local.here}:key/*"]
      conditions               = { "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = [split(":", local.context.state_key_arn)[5]] } }
      allow_wildcard_resources = "The key of the states is known by its alias, which the condition names."
    }
    ReadTags = {
      actions                  = ["ssm:GetParameter", "ssm:GetParameters", "ssm:ListTagsForResource"]
      resources                = ["arn:aws:ssm:${local.here}:parameter/${local.name}-*"]
      allow_wildcard_resources = "One parameter a service; which services there are is what a release may change."
    }
    ReadServices = {
      actions = [
        "application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScalingPolicies", "application-autoscaling:DescribeScheduledActions",
        "application-autoscaling:ListTagsForResource", "cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource", "ecs:DescribeClusters", "ecs:DescribeServices",
        "ecs:DescribeTaskDefinition", "ecs:ListTagsForResource", "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups", "logs:DescribeLogGroups", "logs:ListTagsForResource", "ssm:DescribeParameters",
      ]
      resources                = ["*"]
      allow_wildcard_resources = "Most of these describe a whole account or nothing; none of them reads data or changes anything."
    }
    ReadRoles = {
      actions                  = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"]
      resources                = ["arn:aws:iam::${local.context.account_id}:role/${local.name}-*"]
      allow_wildcard_resources = "Two roles a service; which services there are is what a release may change."
    }
  }
  release = {
    WriteState = {
      actions                  = ["s3:PutObject"]
      resources                = ["arn:aws:s3:::${local.context.state_bucket}/${local.context.system}/services-*"]
      allow_wildcard_resources = "The states of the services alone; which services there are is what a release may change."
    }
    NameImages = {
      actions                  = ["ssm:PutParameter"]
      resources                = ["arn:aws:ssm:${local.here}:parameter/${local.name}-*/image-tag"]
      allow_wildcard_resources = "The image tag of each service and no other parameter."
    }
    RegisterTasks = {
      actions                  = ["ecs:DeregisterTaskDefinition", "ecs:RegisterTaskDefinition", "ecs:TagResource"]
      resources                = ["*"]
      allow_wildcard_resources = "A task definition's revision has no name before it exists; what it may run as is decided by PassRoles."
    }
    RunTasks = {
      actions                  = ["ecs:UpdateService"]
      resources                = ["arn:aws:ecs:${local.here}:service/${local.name}/${local.name}-*"]
      allow_wildcard_resources = "The services of this cluster."
    }
    PassRoles = {
      actions                  = ["iam:PassRole"]
      resources                = ["arn:aws:iam::${local.context.account_id}:role/${local.name}-*-execution", "arn:aws:iam::${local.context.account_id}:role/${local.name}-*-task"]
      conditions               = { StringEquals = { "iam:PassedToService" = ["ecs-tasks.amazonaws.com"] } }
      allow_wildcard_resources = "The two roles of each service, which only tasks may take."
    }
  }
}

dependency "keys" {
  config_path = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs = {
    key_arns = {
      data = "arn:aws:kms:us-east-1:000000000000:key/mock-data"
      logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs"
    }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "log_archive" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/log-archive"
  mock_outputs                            = { bucket_name = "mock-platform-logs" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "alerts" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/alerts"
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "registry" {
  config_path = "${get_terragrunt_dir()}/../registry"
  mock_outputs = {
    repository_urls = {
      cart     = "000000000000.dkr.ecr.us-east-1.amazonaws.com/mock/cart"
      checkout = "000000000000.dkr.ecr.us-east-1.amazonaws.com/mock/checkout"
      product  = "000000000000.dkr.ecr.us-east-1.amazonaws.com/mock/product"
    }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "frontend" {
  config_path = "${get_terragrunt_dir()}/../frontend"
  mock_outputs = {
    bucket_name      = "mock-pages"
    distribution_arn = "arn:aws:cloudfront::000000000000:distribution/EMOCK"
    distribution_id  = "EMOCK"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id              = local.context.account_id
  kms_key_arn             = dependency.keys.outputs.key_arns["data"]
  log_kms_key_arn         = dependency.keys.outputs.key_arns["logs"]
  access_log              = { bucket_name = dependency.log_archive.outputs.bucket_name }
  notification_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]

  projects = merge(
    { for service, url in dependency.registry.outputs.repository_urls : "build-${service}" => {
      description = "Builds and tests the image of ${service} and pushes it, called by its commit"
      docker = {
        repository_url = url
        context        = "services/${service}"
        dockerfile     = "services/${service}/Dockerfile"
        test_commands  = ["/app/test"]
      }
    } },
    {
      pages = {
        description = "Builds and tests the pages"
        buildspec = jsonencode({
          version   = 0.2
          phases    = { build = { commands = ["cd frontend", "npm ci", "npm test", "npm run build"] } }
          artifacts = { base-directory = "frontend/dist", files = ["**/*"] }
        })
      }
      validate = {
        description = "Checks everything that needs no cloud: format, types, values, addresses, policies"
        buildspec   = jsonencode({ version = 0.2, phases = { build = { commands = ["./invoke lint", "./invoke validate --env ${local.context.environment}"] } } })
      }
      plan = {
        description = "Shows what the apply would change"
        buildspec   = jsonencode({ version = 0.2, env = { shell = "bash" }, phases = { build = { commands = ["${local.invoke} plan ${local.services} || [ $? -eq 2 ]"] } } }) # 2: there are changes
        statements  = local.read
      }
      apply = {
        description = "Lets the services run the images of a commit"
        buildspec = jsonencode({
          version = 0.2
          env     = { shell = "bash" }
          phases = { build = { commands = [
            "for service in $SERVICES; do aws ssm put-parameter --overwrite --name \"/${local.name}-$service/image-tag\" --value \"$${COMMIT:0:12}\"; done",
            "${local.invoke} apply ${local.services} --yes",
          ] } }
        })
        environment     = { SERVICES = join(" ", sort(keys(dependency.registry.outputs.repository_urls))) }
        statements      = merge(local.read, local.release)
        timeout_minutes = 60
      }
      invalidate = {
        description = "Makes CloudFront forget the pages it has"
        buildspec   = jsonencode({ version = 0.2, phases = { build = { commands = ["aws cloudfront create-invalidation --distribution-id \"$DISTRIBUTION_ID\" --paths '/*'"] } } })
        environment = { DISTRIBUTION_ID = dependency.frontend.outputs.distribution_id }
        statements  = { ForgetPages = { actions = ["cloudfront:CreateInvalidation"], resources = [dependency.frontend.outputs.distribution_arn] } }
      }
    },
  )

  stages = [
    {
      name = "Build"
      actions = concat(
        [for service in sort(keys(dependency.registry.outputs.repository_urls)) : { kind = "build", name = "image-${service}", project = "build-${service}" }],
        [
          { kind = "build", name = "pages", project = "pages", output = "pages" },
          { kind = "build", name = "validate", project = "validate" },
        ],
      )
    },
    {
      name = "Approve"
      actions = [
        { kind = "build", name = "plan", project = "plan" },
        { kind = "approve", name = "read-the-plan", run_order = 2, message = "Read the plan in the log of the action before this one." },
      ]
    },
    {
      name = "Deploy"
      actions = [
        { kind = "build", name = "apply", project = "apply", variables = { COMMIT = "#{Source.CommitId}" } },
        { kind = "sync", name = "pages", input = "pages", bucket_name = dependency.frontend.outputs.bucket_name, run_order = 2 },
        { kind = "build", name = "invalidate", project = "invalidate", run_order = 3 },
      ]
    },
  ]
}
