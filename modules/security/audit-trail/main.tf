data "aws_partition" "current" {}

locals {
  # The provider reads a topic of the trail's own account and region back by its name, and any other by its ARN:
  # https://github.com/hashicorp/terraform-provider-aws/pull/41279
  _own_topics     = "arn:${data.aws_partition.current.partition}:sns:${data.aws_region.current.name}:${var.account_id}:"
  delivery_topics = [for topic in var.delivery_topic[*] : trimprefix(topic.arn, local._own_topics)]
}

resource "aws_cloudtrail" "this" {
  name                          = var.name
  s3_bucket_name                = var.bucket_name
  s3_key_prefix                 = var.bucket_prefix
  kms_key_id                    = var.kms_key_arn
  is_multi_region_trail         = true
  is_organization_trail         = var.organization_trail
  include_global_service_events = true
  # A digest an hour, signed by AWS: whoever changes or removes a log file is found out.
  enable_log_file_validation = true
  enable_logging             = true
  cloud_watch_logs_group_arn = one([for group in aws_cloudwatch_log_group.this : "${group.arn}:*"])
  cloud_watch_logs_role_arn  = one(aws_iam_role.logs[*].arn)
  sns_topic_name             = one(local.delivery_topics)
  tags                       = var.tags

  advanced_event_selector {
    name = "Management events"

    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
  }

  dynamic "advanced_event_selector" {
    for_each = var.data_events

    content {
      name = advanced_event_selector.key

      field_selector {
        field  = "eventCategory"
        equals = ["Data"]
      }

      field_selector {
        field  = "resources.type"
        equals = [advanced_event_selector.value.resource_type]
      }

      dynamic "field_selector" {
        for_each = length(advanced_event_selector.value.arn_prefixes) > 0 ? [advanced_event_selector.value.arn_prefixes] : []

        content {
          field       = "resources.ARN"
          starts_with = field_selector.value
        }
      }

      dynamic "field_selector" {
        for_each = advanced_event_selector.value.writes_only ? [1] : []

        content {
          field  = "readOnly"
          equals = ["false"]
        }
      }
    }
  }

  dynamic "insight_selector" {
    for_each = var.insights

    content {
      insight_type = insight_selector.value
    }
  }
}
