# The keys of the account and region: one for what is stored, one for logs, one for messages, one for backups, so that
# whoever may read logs or publish messages cannot read data. Where zones are signed, one for that, too.
terraform { source = "${get_repo_root()}/modules//security/kms-key" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  here    = "${local.context.region}:${local.context.account_id}"

  # Zones belong to no region, and Route 53 signs with keys of this one alone.
  signs_zones = local.context.size == "large" && local.context.region == "us-east-1"

  # The services that put messages into encrypted topics and queues by themselves.
  publishers = ["backup", "budgets", "cloudwatch", "codestar-notifications", "costalerts", "s3", "scheduler", "ses", "sns"]
}

inputs = {
  account_id = local.context.account_id

  keys = merge(local.signs_zones ? { dnssec = { description = "Answers of the systems' DNS zones", signs_dns_zones = true } } : {}, {
    data = {
      description  = "Tables, buckets, volumes, databases and secrets; used through the services by roles that IAM allows"
      via_services = ["ec2.${local.context.region}.amazonaws.com"] # the role with which Auto Scaling starts instances holds no KMS permission
    }
    logs = {
      description = "CloudWatch log groups and the audit trail"
      services = {
        # https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
        "cloudtrail.amazonaws.com" = {
          conditions = { StringEquals = { "aws:SourceArn" = ["arn:aws:cloudtrail:${local.here}:trail/${local.context.name}"] } }
        }
        "logs.${local.context.region}.amazonaws.com" = {
          actions = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
          # https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
          conditions = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = ["arn:aws:logs:${local.here}:*"] } }
        }
      }
    }
    backup = {
      description = "Backups: under a key of their own, so that they outlive the key of what they are copies of"
    }
    messaging = {
      description = "Topics, queues and event buses"
      services = merge(
        { for publisher in local.publishers : "${publisher}.amazonaws.com" => {} },
        # EventBridge does not say for which account it uses the key of a topic, only for which topic, queue or bus:
        # https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
        { "events.amazonaws.com" = { conditions = { ArnLikeIfExists = {
          "kms:EncryptionContext:aws:events:event-bus:arn" = ["arn:aws:events:${local.here}:event-bus/*"]
          "kms:EncryptionContext:aws:sns:topicArn"         = ["arn:aws:sns:${local.here}:*"]
          "kms:EncryptionContext:aws:sqs:arn"              = ["arn:aws:sqs:${local.here}:*"]
        } } } },
      )
    }
  })
}
