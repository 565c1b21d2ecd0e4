# The two roles of the golden image: the one that its pipeline works with, and the one of the machine that it builds on.
terraform { source = "${get_repo_root()}/modules//security/iam-role" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  here    = "${local.context.region}:${local.context.account_id}"
}

dependency "keys" {
  config_path = "${get_terragrunt_dir()}/../kms"
  mock_outputs = {
    key_arns = {
      data      = "arn:aws:kms:us-east-1:000000000000:key/mock-data"
      messaging = "arn:aws:kms:us-east-1:000000000000:key/mock-messaging"
    }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "alerts" {
  config_path                             = "${get_terragrunt_dir()}/../alerts"
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  roles = {
    image-pipeline = {
      description = "Builds the golden image, hands it out and says how it went"
      trust = {
        services   = ["imagebuilder.amazonaws.com"]
        conditions = { StringEquals = { "aws:SourceAccount" = [local.context.account_id] } }
      }
      # https://docs.aws.amazon.com/imagebuilder/latest/userguide/security-iam-awsmanpol.html#sec-iam-manpol-AWSServiceRoleForImageBuilder
      statements = {
        BuildOnMachines = {
          actions = [
            "ec2:CopyImage", "ec2:CreateImage", "ec2:CreateLaunchTemplate", "ec2:CreateSnapshot", "ec2:CreateTags",
            "ec2:DeregisterImage", "ec2:DescribeImages", "ec2:DescribeInstanceAttribute", "ec2:DescribeInstanceStatus",
            "ec2:DescribeInstances", "ec2:DescribeInstanceTypeOfferings", "ec2:DescribeInstanceTypes", "ec2:DescribeSnapshots",
            "ec2:DescribeSubnets", "ec2:DescribeTags", "ec2:DescribeVolumes", "ec2:ModifyImageAttribute", "ec2:RunInstances",
            "ec2:StopInstances", "ec2:TerminateInstances", "ssm:DescribeInstanceInformation", "ssm:GetCommandInvocation",
            "ssm:ListCommandInvocations", "ssm:ListCommands", "ssm:SendCommand", "tag:GetResources",
          ]
          resources                = ["*"]
          conditions               = { StringEquals = { "aws:RequestedRegion" = distinct(compact([local.context.region, local.context.copies_to])) } }
          allow_wildcard_resources = "Machines, images and snapshots of a build have no ARN before it begins, and describing has no resource level."
        }
        HandOverMachineRole = {
          actions    = ["iam:PassRole"]
          resources  = ["arn:aws:iam::${local.context.account_id}:role/${local.context.name}-image-machine"]
          conditions = { StringEquals = { "iam:PassedToService" = ["ec2.amazonaws.com"] } }
        }
        WriteLatestImage = {
          actions                  = ["ssm:AddTagsToResource", "ssm:GetParameter", "ssm:PutParameter"]
          resources                = ["arn:aws:ssm:*:${local.context.account_id}:parameter/${local.context.name}-*/latest-image"]
          allow_wildcard_resources = "The parameter stands in every region that gets the image."
        }
        TellPeople = {
          actions   = ["sns:Publish"]
          resources = [dependency.alerts.outputs.topic_arns["alerts"]]
        }
        UseKeys = {
          actions   = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
          resources = [dependency.keys.outputs.key_arns["data"], dependency.keys.outputs.key_arns["messaging"]]
        }
      }
    }
    image-machine = {
      description      = "The machine on which the golden image is built and tested"
      instance_profile = true
      trust            = { services = ["ec2.amazonaws.com"] }
      managed_policy_arns = {
        builder = "arn:aws:iam::aws:policy/EC2InstanceProfileForImageBuilder"
        session = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
      }
    }
  }
}
