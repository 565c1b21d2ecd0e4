# Who notices that the shop is ill: one dashboard over everything, the alarms that no part of it has by itself, and one that
# says that nobody can buy.
terraform { source = "${get_repo_root()}/modules//patterns/observability" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "product" {
  config_path = "${get_terragrunt_dir()}/../services-product"
  mock_outputs = {
    log_group_name            = "/aws/ecs/mock-product"
    service_name              = "mock-product"
    target_group_arn_suffixes = { tasks = "targetgroup/mock-product/0000000000000000" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "cart" {
  config_path = "${get_terragrunt_dir()}/../services-cart"
  mock_outputs = {
    log_group_name            = "/aws/ecs/mock-cart"
    service_name              = "mock-cart"
    target_group_arn_suffixes = { tasks = "targetgroup/mock-cart/0000000000000000" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "checkout" {
  config_path = "${get_terragrunt_dir()}/../services-checkout"
  mock_outputs = {
    log_group_name            = "/aws/ecs/mock-checkout"
    service_name              = "mock-checkout"
    target_group_arn_suffixes = { tasks = "targetgroup/mock-checkout/0000000000000000" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "load_balancer" {
  config_path                             = "${get_terragrunt_dir()}/../load-balancer"
  mock_outputs                            = { load_balancer_arn_suffix = "app/mock/0000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "database" {
  config_path                             = "${get_terragrunt_dir()}/../database"
  mock_outputs                            = { identifier = "mock-database" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "frontend" {
  config_path                             = "${get_terragrunt_dir()}/../frontend"
  mock_outputs                            = { distribution_id = "EMOCK" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "pipeline" {
  config_path                             = "${get_terragrunt_dir()}/../pipeline"
  mock_outputs                            = { log_group_names = { validate = "/aws/codebuild/mock-validate" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "alerts" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/alerts"
  mock_outputs                            = { topic_arns = { alerts = "arn:aws:sns:us-east-1:000000000000:mock-alerts" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id       = local.context.account_id
  alarm_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]
  log_group_names  = [dependency.product.outputs.log_group_name, dependency.cart.outputs.log_group_name, dependency.checkout.outputs.log_group_name]

  alarms = merge(
    {
      pages-5xx = {
        description         = "CloudFront fails one page in a hundred: the bucket is closed to it, or gone."
        comparison          = ">"
        threshold           = 1
        evaluation_periods  = 3
        datapoints_to_alarm = 2
        # Measured for the whole world, and filed in us-east-1.
        metric = {
          namespace  = "AWS/CloudFront"
          name       = "5xxErrorRate"
          dimensions = { DistributionId = dependency.frontend.outputs.distribution_id, Region = "Global" }
          statistic  = "Average"
        }
      }
      api-5xx-share = {
        description         = "The API fails more than two requests in a hundred, whichever service it is."
        comparison          = ">"
        threshold           = 2
        evaluation_periods  = 3
        datapoints_to_alarm = 2
        math = {
          expression = "100 * (targets + balancer) / requests"
          label      = "failed requests (%)"
          metrics = { for id, metric in { targets = "HTTPCode_Target_5XX_Count", balancer = "HTTPCode_ELB_5XX_Count", requests = "RequestCount" } : id => {
            namespace  = "AWS/ApplicationELB"
            name       = metric
            dimensions = { LoadBalancer = dependency.load_balancer.outputs.load_balancer_arn_suffix }
          } }
        }
      }
      cannot-buy = {
        description = "Pages or API fail: nobody can buy. Look at the dashboard, then at what was released last."
        composite   = { any_of = ["api-5xx-share", "pages-5xx"] }
      }
    },
    # What is usual is only known where people buy every day; elsewhere any test would be unusual.
    { for size in ["large"] : "requests-unusual" => {
      description         = "The shop gets far more or far fewer requests than at this hour on other days."
      comparison          = "outside"
      missing_data        = "breaching"
      evaluation_periods  = 3
      datapoints_to_alarm = 3
      anomaly = {
        band_width = 3
        metric     = { namespace = "AWS/ApplicationELB", name = "RequestCount", dimensions = { LoadBalancer = dependency.load_balancer.outputs.load_balancer_arn_suffix } }
      }
    } if local.context.size == size },
  )

  # Read from left to right: do customers notice, which service is it, is it the database, was it a release.
  widgets = flatten([for services in [{ product = dependency.product.outputs, cart = dependency.cart.outputs, checkout = dependency.checkout.outputs }] : [
    { title = "Requests", width = 8, metrics = [
      { namespace = "AWS/ApplicationELB", name = "RequestCount", dimensions = { LoadBalancer = dependency.load_balancer.outputs.load_balancer_arn_suffix }, label = "API" },
      { namespace = "AWS/CloudFront", name = "Requests", dimensions = { DistributionId = dependency.frontend.outputs.distribution_id, Region = "Global" }, label = "pages" },
    ] },
    { title = "Failed requests", width = 8, metrics = [for key, service in services : {
      namespace  = "AWS/ApplicationELB"
      name       = "HTTPCode_Target_5XX_Count"
      dimensions = { LoadBalancer = dependency.load_balancer.outputs.load_balancer_arn_suffix, TargetGroup = service.target_group_arn_suffixes["tasks"] }
      label      = key
    }] },
    { title = "Time of one request in twenty (s)", width = 8, metrics = [for key, service in services : {
      namespace  = "AWS/ApplicationELB"
      name       = "TargetResponseTime"
      dimensions = { LoadBalancer = dependency.load_balancer.outputs.load_balancer_arn_suffix, TargetGroup = service.target_group_arn_suffixes["tasks"] }
      statistic  = "p95"
      label      = key
    }] },
    [for measure, title in { CPUUtilization = "Processor of the services (%)", MemoryUtilization = "Memory of the services (%)" } : {
      title                                 = title
      width                                 = 12
      metrics = [for key, service in services : {
        namespace  = "AWS/ECS"
        name       = measure
        dimensions = { ClusterName = local.context.name, ServiceName = service.service_name }
        statistic  = "Average"
        label      = key
      }]
    }],
    [for measure, title in { CPUUtilization = "Processor of the database (%)", DatabaseConnections = "Connections to the database", FreeStorageSpace = "Free space of the database (bytes)" } : {
      title                                 = title
      width                                 = 8
      metrics                               = [{ namespace = "AWS/RDS", name = measure, dimensions = { DBInstanceIdentifier = dependency.database.outputs.identifier }, statistic = "Average", label = "database" }]
    }],
    {
      title      = "What failed in builds and releases"
      kind       = "logs"
      width      = 24
      log_groups = values(dependency.pipeline.outputs.log_group_names)
      query      = "fields @timestamp, @log, @message | filter @message like /(?i)(error|failed)/ | sort @timestamp desc | limit 50"
    },
  ]])
}
