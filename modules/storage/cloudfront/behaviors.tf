locals {
  # What a behaviour that names an origin asks: the origin, or its group.
  targets = { for key, origin in var.origins : key => origin.failover == null ? key : "${key}-failover" }

  methods = {
    read = ["GET", "HEAD", "OPTIONS"]
    all  = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
  }

  # AWS's managed policies: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
  cache_policies = {
    files = "658327ea-f89d-4fab-a63d-7e88639e58f6" # CachingOptimized
    none  = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" # CachingDisabled
  }

  # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
  request_policies = {
    files = null
    none  = "b689b0a8-53d0-40ab-baf2-68738e2966ac" # AllViewerExceptHostHeader: an API is called by its own name
  }

  _behavior_keys    = [for entry in sort([for key, behavior in var.behaviors : format("%06d %s", behavior.order, key)]) : substr(entry, 7, -1)]
  ordered_behaviors = [for key in local._behavior_keys : var.behaviors[key]]
}
