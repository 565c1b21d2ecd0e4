# One in twenty, beside one a second: enough to see a pattern, at a twentieth of the price.
sampling_rules = {
  api = { fixed_rate = 0.05, priority = 100, service_type = "AWS::ApiGateway::Stage", service_name = "acme-prod-commerce/live" }
}
