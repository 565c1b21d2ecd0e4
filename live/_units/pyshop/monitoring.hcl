# How pyshop is doing, on one page: customers first, then tasks, then the database. The alarms stand in the units that they
# watch and tell the platform's topic; here are the one that needs several of them, and a list of all.
terraform { source = "${get_repo_root()}/modules//patterns/observability" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  here    = "arn:aws:cloudwatch:${local.context.region}:${local.context.account_id}:alarm"
}

dependency "load_balancer" {
  config_path                             = "${get_terragrunt_dir()}/../load-balancer"
  mock_outputs                            = { load_balancer_arn_suffix = "app/mock/0000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "cluster" {
  config_path                             = "${get_terragrunt_dir()}/../cluster"
  mock_outputs                            = { name = "mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "service" {
  config_path = "${get_terragrunt_dir()}/../service"
  mock_outputs = {
    alarm_names               = { cpu = "mock-cpu" }
    log_group_name            = "/aws/ecs/mock"
    service_name              = "mock"
    target_group_arn_suffixes = { tasks = "targetgroup/mock/0000000000000000" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "database" {
  config_path = "${get_terragrunt_dir()}/../database"
  mock_outputs = {
    alarm_arns       = { "primary/cpu" = "arn:aws:cloudwatch:us-east-1:000000000000:alarm:mock" }
    metric_dimension = { DBInstanceIdentifier = "mock" }
  }
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
  log_group_names  = [dependency.service.outputs.log_group_name]

  alarms = {
    nobody-answers = {
      description        = "${local.context.name} has no healthy task left: customers get errors only."
      comparison         = "<"
      threshold          = 1
      evaluation_periods = 3
      missing_data       = "notBreaching" # dev sleeps at night, and then counts nothing
      metric = {
        namespace      = "AWS/ApplicationELB"
        name           = "HealthyHostCount"
        dimensions     = { LoadBalancer = dependency.load_balancer.outputs.load_balancer_arn_suffix, TargetGroup = dependency.service.outputs.target_group_arn_suffixes["tasks"] }
        period_seconds = 60
        statistic      = "Maximum"
      }
    }
  }

  widgets = concat(
    [{
      title  = "Alarms of all units"
      kind   = "alarms"
      height = 4
      width  = 24
      alarm_arns = concat(
        values(dependency.database.outputs.alarm_arns),
        [for alarm in values(dependency.service.outputs.alarm_names) : "${local.here}:${alarm}"],
        ["${local.here}:${local.context.name}-balancer-5xx"],
      )
    }],
    [for widget in [
      { title = "Requests", metrics = { RequestCount = "Sum" } },
      { title = "Errors", metrics = { HTTPCode_ELB_5XX_Count = "Sum", HTTPCode_Target_5XX_Count = "Sum", HTTPCode_Target_4XX_Count = "Sum" } },
      { title = "Response time of one request in twenty (s)", metrics = { TargetResponseTime = "p95" } },
      ] : {
      title = widget.title
      metrics = [for metric, statistic in widget.metrics : {
        namespace  = "AWS/ApplicationELB"
        name       = metric
        dimensions = { LoadBalancer = dependency.load_balancer.outputs.load_balancer_arn_suffix }
        statistic  = statistic
      }]
    }],
    [for widget in [
      { title = "Processor of the tasks (%)", namespace = "AWS/ECS", metric = "CPUUtilization", statistic = "Average" },
      { title = "Memory of the tasks (%)", namespace = "AWS/ECS", metric = "MemoryUtilization", statistic = "Average" },
      { title = "Tasks that run", namespace = "ECS/ContainerInsights", metric = "RunningTaskCount", statistic = "Average" },
      ] : {
      title = widget.title
      metrics = [{
        namespace  = widget.namespace
        name       = widget.metric
        dimensions = { ClusterName = dependency.cluster.outputs.name, ServiceName = dependency.service.outputs.service_name }
        statistic  = widget.statistic
      }]
    }],
    [for widget in [
      { title = "Processor of the database (%)", metric = "CPUUtilization" },
      { title = "Connections to the database", metric = "DatabaseConnections" },
      { title = "Free storage of the database (bytes)", metric = "FreeStorageSpace" },
      ] : {
      title = widget.title
      metrics = [{
        namespace  = "AWS/RDS"
        name       = widget.metric
        dimensions = dependency.database.outputs.metric_dimension
        statistic  = "Average"
      }]
    }],
  )
}
