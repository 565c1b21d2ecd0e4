locals {
  # Keyed by both names, so that neither another topic nor another subscription moves it.
  subscriptions = merge([
    for topic_key, topic in var.topics : {
      for key, subscription in topic.subscriptions : "${topic_key}/${key}" => merge(subscription, { topic = topic_key })
    }
  ]...)
}

resource "aws_sns_topic_subscription" "this" {
  for_each = local.subscriptions

  topic_arn            = aws_sns_topic.this[each.value.topic].arn
  protocol             = each.value.protocol
  endpoint             = each.value.endpoint
  raw_message_delivery = each.value.raw_message_delivery
  filter_policy        = each.value.filter_policy
  filter_policy_scope  = each.value.filter_policy == null ? null : each.value.filter_policy_scope
  redrive_policy       = each.value.dead_letter_arn == null ? null : jsonencode({ deadLetterTargetArn = each.value.dead_letter_arn })
}
