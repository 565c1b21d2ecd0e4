# AWS's account for load balancer logs in this region; the table is inside the provider, nothing is asked of AWS.
data "aws_elb_service_account" "current" {
  count = contains(var.log_writers, "load-balancers") ? 1 : 0
}

locals {
  _source_account = { StringEquals = { "aws:SourceAccount" = [coalesce(var.account_id, "none")] } }
  _owner_control  = { StringEquals = merge(local._source_account.StringEquals, { "s3:x-amz-acl" = ["bucket-owner-full-control"] }) }
  _account_paths  = ["${local.arn}/AWSLogs/${coalesce(var.account_id, "none")}/*", "${local.arn}/*/AWSLogs/${coalesce(var.account_id, "none")}/*"]

  # Each service's own documentation:
  # S3 https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
  # ELB https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
  # vended logs https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
  # CloudTrail https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
  # Config https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
  _log_statements = {
    s3-access-logs = {
      S3AccessLogsWrite = { services = ["logging.s3.amazonaws.com"], actions = ["s3:PutObject"], resources = ["${local.arn}/*"], conditions = local._source_account }
    }
    load-balancers = {
      # AWS's own policy for these principals has no condition; the path names the account.
      LoadBalancersWrite = { services = ["logdelivery.elasticloadbalancing.amazonaws.com"], actions = ["s3:PutObject"], resources = local._account_paths, conditions = {} }
    }
    log-delivery = {
      LogDeliveryWrite = { services = ["delivery.logs.amazonaws.com"], actions = ["s3:PutObject"], resources = ["${local.arn}/*"], conditions = local._owner_control }
      LogDeliveryCheck = { services = ["delivery.logs.amazonaws.com"], actions = ["s3:GetBucketAcl", "s3:ListBucket"], resources = [local.arn], conditions = local._source_account }
    }
    cloudtrail = {
      CloudTrailWrite = { services = ["cloudtrail.amazonaws.com"], actions = ["s3:PutObject"], resources = local._account_paths, conditions = local._owner_control }
      CloudTrailCheck = { services = ["cloudtrail.amazonaws.com"], actions = ["s3:GetBucketAcl"], resources = [local.arn], conditions = local._source_account }
    }
    config = {
      ConfigWrite = { services = ["config.amazonaws.com"], actions = ["s3:PutObject"], resources = local._account_paths, conditions = local._owner_control }
      ConfigCheck = { services = ["config.amazonaws.com"], actions = ["s3:GetBucketAcl", "s3:ListBucket"], resources = [local.arn], conditions = local._source_account }
    }
  }
}

data "aws_iam_policy_document" "log_writers" {
  dynamic "statement" {
    for_each = merge([for writer, statements in local._log_statements : statements if contains(var.log_writers, writer)]...)

    content {
      sid       = statement.key
      actions   = statement.value.actions
      resources = statement.value.resources

      principals {
        type        = "Service"
        identifiers = statement.value.services
      }

      dynamic "principals" {
        for_each = statement.key == "LoadBalancersWrite" ? data.aws_elb_service_account.current[*].arn : []

        content {
          type        = "AWS"
          identifiers = [principals.value]
        }
      }

      dynamic "condition" {
        for_each = merge([
          for test, variables in statement.value.conditions : {
            for variable, values in variables : "${test}/${variable}" => { test = test, variable = variable, values = values }
          }
        ]...)

        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}
