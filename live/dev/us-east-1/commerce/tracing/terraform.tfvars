# Every request: there are few, and each is somebody's try.
sampling_rules = {
  api = { fixed_rate = 1, priority = 100, service_type = "AWS::ApiGateway::Stage", service_name = "acme-dev-commerce/live" }
}
