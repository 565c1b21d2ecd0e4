# Who notices that bookstore is ill: alarms for its functions, its API and what failed for good, and one dashboard for
# all of it. Services, load balancers, database and cache bring their own alarms.
terraform { source = "${get_repo_root()}/modules//patterns/observability" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  name    = local.context.name
}

dependency "api" {
  config_path                             = "${get_terragrunt_dir()}/../api"
  mock_outputs                            = { name = "mock-api", stage_name = "mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "audit" {
  config_path                             = "${get_terragrunt_dir()}/../functions-audit"
  mock_outputs                            = { log_group_name = "/aws/lambda/mock-audit-writer", name = "mock-audit-writer", timeout_seconds = 30 }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "images" {
  config_path                             = "${get_terragrunt_dir()}/../functions-images"
  mock_outputs                            = { log_group_name = "/aws/lambda/mock-image-resizer", name = "mock-image-resizer", timeout_seconds = 60 }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "uploads" {
  config_path                             = "${get_terragrunt_dir()}/../functions-uploads"
  mock_outputs                            = { log_group_name = "/aws/lambda/mock-image-uploads", name = "mock-image-uploads", timeout_seconds = 10 }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "queues" {
  config_path                             = "${get_terragrunt_dir()}/../queues"
  mock_outputs                            = { dead_letter_queue_names = { audit = "mock-audit-dlq", images = "mock-images-dlq", notifications = "mock-notifications-dlq" }, queue_names = { audit-failures = "mock-audit-failures", event-failures = "mock-event-failures" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "cluster" {
  config_path                             = "${get_terragrunt_dir()}/../cluster"
  mock_outputs                            = { name = "mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "database" {
  config_path                             = "${get_terragrunt_dir()}/../database"
  mock_outputs                            = { identifier = "mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "cache" {
  config_path                             = "${get_terragrunt_dir()}/../cache"
  mock_outputs                            = { node_ids = ["mock-001"] }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "catalog" {
  config_path                             = "${get_terragrunt_dir()}/../services-catalog"
  mock_outputs                            = { log_group_name = "/ecs/mock-catalog", service_name = "mock-catalog" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "notifications" {
  config_path                             = "${get_terragrunt_dir()}/../services-notifications"
  mock_outputs                            = { log_group_name = "/ecs/mock-notifications", service_name = "mock-notifications" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "orders" {
  config_path                             = "${get_terragrunt_dir()}/../services-orders"
  mock_outputs                            = { log_group_name = "/ecs/mock-orders", service_name = "mock-orders" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "reviews" {
  config_path                             = "${get_terragrunt_dir()}/../services-reviews"
  mock_outputs                            = { log_group_name = "/ecs/mock-reviews", service_name = "mock-reviews" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "users" {
  config_path                             = "${get_terragrunt_dir()}/../services-users"
  mock_outputs                            = { log_group_name = "/ecs/mock-users", service_name = "mock-users" }
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

  apis = { bookstore = { name = dependency.api.outputs.name, stage = dependency.api.outputs.stage_name } }

  functions = {
    audit-writer  = { name = dependency.audit.outputs.name, timeout_seconds = dependency.audit.outputs.timeout_seconds, reads_stream = true }
    image-resizer = { name = dependency.images.outputs.name, timeout_seconds = dependency.images.outputs.timeout_seconds }
    image-uploads = { name = dependency.uploads.outputs.name, timeout_seconds = dependency.uploads.outputs.timeout_seconds }
  }

  dead_letter_queues = merge(
    dependency.queues.outputs.dead_letter_queue_names,
    { for key in ["audit-failures", "event-failures"] : key => dependency.queues.outputs.queue_names[key] },
  )

  log_group_names = [
    dependency.audit.outputs.log_group_name,
    dependency.images.outputs.log_group_name,
    dependency.uploads.outputs.log_group_name,
    dependency.catalog.outputs.log_group_name,
    dependency.notifications.outputs.log_group_name,
    dependency.orders.outputs.log_group_name,
    dependency.reviews.outputs.log_group_name,
    dependency.users.outputs.log_group_name,
  ]

  widgets = concat(
    [for title, metric in {
      "Services: processor" = { namespace = "AWS/ECS", name = "CPUUtilization" }
      "Services: memory"    = { namespace = "AWS/ECS", name = "MemoryUtilization" }
      "Services: network"   = { namespace = "ECS/ContainerInsights", name = "NetworkTxBytes" }
      "Services: disk"      = { namespace = "ECS/ContainerInsights", name = "EphemeralStorageUtilized" }
      } : {
      title = title
      metrics = [for service in [
        dependency.catalog.outputs.service_name,
        dependency.notifications.outputs.service_name,
        dependency.orders.outputs.service_name,
        dependency.reviews.outputs.service_name,
        dependency.users.outputs.service_name,
        ] : {
        namespace  = metric.namespace
        name       = metric.name
        label      = service
        statistic  = "Average"
        dimensions = { ClusterName = dependency.cluster.outputs.name, ServiceName = service }
      }]
    }],
    [{
      title = "Database"
      metrics = [for name in ["CPUUtilization", "DatabaseConnections", "FreeStorageSpace"] : {
        namespace  = "AWS/RDS"
        name       = name
        axis       = name == "FreeStorageSpace" ? "right" : "left"
        statistic  = "Average"
        dimensions = { DBInstanceIdentifier = dependency.database.outputs.identifier }
      }]
    }],
    [{
      title = "Cache"
      metrics = [for node in dependency.cache.outputs.node_ids : {
        namespace  = "AWS/ElastiCache"
        name       = "EngineCPUUtilization"
        label      = node
        statistic  = "Average"
        dimensions = { CacheClusterId = node }
      }]
    }],
    [{
      title = "Search"
      metrics = [for name in ["CPUUtilization", "JVMMemoryPressure"] : {
        namespace  = "AWS/ES"
        name       = name
        statistic  = "Maximum"
        dimensions = { ClientId = local.context.account_id, DomainName = local.name }
      }]
    }],
  )
}
