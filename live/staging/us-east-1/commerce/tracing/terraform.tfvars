# One in five, beside one a second.
sampling_rules = {
  api = { fixed_rate = 0.2, priority = 100, service_type = "AWS::ApiGateway::Stage", service_name = "acme-staging-commerce/live" }
}
