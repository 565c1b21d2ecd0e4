data "aws_partition" "current" {}

# In a key policy the resource "*" is the key that carries the policy, nothing else.
data "aws_iam_policy_document" "this" {
  for_each = var.keys

  # Without this statement IAM policies mean nothing for the key, and a lost administrator makes it unmanageable:
  # https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
  statement {
    sid       = "AccountDecidesByIamPolicies"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${var.account_id}:root"]
    }
  }

  dynamic "statement" {
    for_each = each.value.services

    content {
      sid       = "Service${replace(title(replace(statement.key, "/[^a-z0-9]/", " ")), " ", "")}"
      actions   = statement.value.actions
      resources = ["*"]

      principals {
        type        = "Service"
        identifiers = [statement.key]
      }

      dynamic "condition" {
        for_each = merge([
          for test, variables in coalesce(statement.value.conditions, { StringEquals = { "aws:SourceAccount" = [var.account_id] } }) : {
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

  # https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/access-control-managing-permissions.html#KMS-key-policy-for-DNSSEC
  dynamic "statement" {
    for_each = each.value.signs_dns_zones ? [1] : []

    content {
      sid       = "Route53Signs"
      actions   = ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]
      resources = ["*"]

      principals {
        type        = "Service"
        identifiers = ["dnssec-route53.amazonaws.com"]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [var.account_id]
      }

      condition {
        test     = "ArnLike"
        variable = "aws:SourceArn"
        values   = ["arn:${data.aws_partition.current.partition}:route53:::hostedzone/*"]
      }
    }
  }

  # A grant names no zone and no account; it must be one that Route 53 hands to itself.
  dynamic "statement" {
    for_each = each.value.signs_dns_zones ? [1] : []

    content {
      sid       = "Route53GrantsItself"
      actions   = ["kms:CreateGrant"]
      resources = ["*"]

      principals {
        type        = "Service"
        identifiers = ["dnssec-route53.amazonaws.com"]
      }

      condition {
        test     = "Bool"
        variable = "kms:GrantIsForAWSResource"
        values   = ["true"]
      }
    }
  }

  # Who asks through such a service need not hold KMS permissions: a service-linked role never does, and Auto Scaling
  # could not start an instance with an encrypted volume. AWS's own aws/ebs key says the same:
  # https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
  dynamic "statement" {
    for_each = each.value.via_services

    content {
      sid       = "Via${replace(title(replace(statement.value, "/[^a-z0-9]/", " ")), " ", "")}"
      actions   = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
      resources = ["*"]

      principals {
        type        = "AWS"
        identifiers = ["*"]
      }

      condition {
        test     = "StringEquals"
        variable = "kms:CallerAccount"
        values   = [var.account_id]
      }

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = [statement.value]
      }
    }
  }

  # The other account's own IAM policies must allow the use as well.
  dynamic "statement" {
    for_each = length(each.value.user_account_ids) > 0 ? [each.value.user_account_ids] : []

    content {
      sid       = "OtherAccountsUse"
      actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
      resources = ["*"]

      principals {
        type        = "AWS"
        identifiers = [for account in statement.value : "arn:${data.aws_partition.current.partition}:iam::${account}:root"]
      }
    }
  }
}
