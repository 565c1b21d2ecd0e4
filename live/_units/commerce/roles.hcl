# Who may do what in commerce: a role for each function, one for the machines, one for their snapshots, and the one that
# administers the search. The containers' roles come with their services.
terraform { source = "${get_repo_root()}/modules//security/iam-role" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  name    = local.context.name
  here    = "${local.context.region}:${local.context.account_id}"

  functions = {
    product-search = { description = "Asks the product search", policies = ["search-products"] }
    session-store  = { description = "Keeps sessions and carts", policies = ["keep-sessions"] }
  }
  vpc_functions = ["product-search"]

  interface_actions = [
    "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
  ]

  every_function = { for function in keys(local.functions) : function => {
    WriteOwnLog = {
      actions                  = ["logs:CreateLogStream", "logs:PutLogEvents"]
      resources                = ["arn:aws:logs:${local.here}:log-group:/aws/lambda/${local.name}-${function}:*"]
      allow_wildcard_resources = "Lambda names the streams of the function's own group at run time."
    }
    SendTraces = {
      actions                  = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
      resources                = ["*"]
      allow_wildcard_resources = "X-Ray has no resource-level permissions for writing traces."
    }
  } }

  # https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
  every_vpc_function = { for function in local.vpc_functions : function => {
    AttachToVpc = {
      actions                  = local.interface_actions
      resources                = ["*"]
      allow_wildcard_resources = "Lambda attaches functions to a VPC with interfaces that have no ARN yet; describing has no resource level."
    }
    # The permissions above are Lambda's, not the code's: without this the function itself could make interfaces.
    DenyAttachByOwnCode = {
      effect     = "Deny"
      actions    = local.interface_actions
      resources  = ["*"]
      conditions = { ArnEquals = { "lambda:SourceFunctionArn" = ["arn:aws:lambda:${local.here}:function:${local.name}-${function}"] } }
    }
  } }
}

dependency "policies" {
  config_path = "${get_terragrunt_dir()}/../policies"
  mock_outputs = {
    policy_arns = {
      keep-sessions   = "arn:aws:iam::000000000000:policy/mock-keep-sessions"
      search-products = "arn:aws:iam::000000000000:policy/mock-search-products"
    }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  roles = merge(
    { for function, role in local.functions : function => {
      description         = role.description
      trust               = { services = ["lambda.amazonaws.com"] }
      managed_policy_arns = { for policy in role.policies : policy => dependency.policies.outputs.policy_arns[policy] }
      statements          = merge(local.every_function[function], lookup(local.every_vpc_function, function, {}))
    } },
    {
      search-master = {
        description = "Administers the product search, inside the domain; people and pipelines of the account take it"
        trust       = { accounts = [local.context.account_id] }
        statements = {
          Administer = {
            actions                  = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"]
            resources                = ["arn:aws:es:${local.here}:domain/${local.name}-search/*"]
            allow_wildcard_resources = "Every index and setting of the one domain."
          }
        }
      }
      worker = {
        description      = "The machines: reached by Session Manager, watched by the CloudWatch agent"
        instance_profile = true
        trust            = { services = ["ec2.amazonaws.com"] }
        managed_policy_arns = {
          search   = dependency.policies.outputs.policy_arns["search-products"]
          session  = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
          sessions = dependency.policies.outputs.policy_arns["keep-sessions"]
        }
        statements = {
          ReportMemoryAndDisk = {
            actions                  = ["cloudwatch:PutMetricData"]
            resources                = ["*"]
            conditions               = { StringEquals = { "cloudwatch:namespace" = ["${local.name}-workers"] } }
            allow_wildcard_resources = "Metrics have no ARN; the namespace is what is granted."
          }
          FindOwnGroup = {
            actions                  = ["ec2:DescribeTags"]
            resources                = ["*"]
            allow_wildcard_resources = "Describing tags has no resource level; the agent reads its group's name from them."
          }
          ReadAgentSettings = {
            actions   = ["ssm:GetParameter"]
            resources = ["arn:aws:ssm:${local.here}:parameter/${local.name}-workers/cloudwatch-agent"]
          }
        }
      }
      snapshots = {
        description = "Takes and removes the snapshots of the machines' volumes"
        trust       = { services = ["dlm.amazonaws.com"] }
        managed_policy_arns = {
          lifecycle = "arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole"
        }
      }
    },
  )
}
