# Reviews: written often, kept in a table whose every change leaves an audit record.
terraform { source = "${get_repo_root()}/modules//patterns/web-service" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "network" {
  config_path                             = "${get_terragrunt_dir()}/../network"
  mock_outputs                            = { subnet_ids = { private = { us-east-1a = "subnet-00000000000000000" } }, vpc_id = "vpc-00000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "security_groups" {
  config_path                             = "${get_terragrunt_dir()}/../security-groups"
  mock_outputs                            = { security_group_ids = { services = "sg-00000000000000000" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "cluster" {
  config_path                             = "${get_terragrunt_dir()}/../cluster"
  mock_outputs                            = { arn = "arn:aws:ecs:us-east-1:000000000000:cluster/mock", name = "mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "registry" {
  config_path                             = "${get_terragrunt_dir()}/../registry"
  mock_outputs                            = { repository_arns = { reviews = "arn:aws:ecr:us-east-1:000000000000:repository/mock/reviews" }, repository_urls = { reviews = "000000000000.dkr.ecr.us-east-1.amazonaws.com/mock/reviews" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "names" {
  config_path                             = "${get_terragrunt_dir()}/../service-discovery"
  mock_outputs                            = { service_arns = { reviews = "arn:aws:servicediscovery:us-east-1:000000000000:service/srv-mock" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../keys"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "load_balancer" {
  config_path                             = "${get_terragrunt_dir()}/../load-balancer"
  mock_outputs                            = { load_balancer_arn_suffix = "app/mock/0000000000000000", main_listener_arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/mock/0000000000000000/0000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "tables" {
  config_path                             = "${get_terragrunt_dir()}/../tables"
  mock_outputs                            = { table_arns = { reviews = "arn:aws:dynamodb:us-east-1:000000000000:table/mock-reviews" }, table_names = { reviews = "mock-reviews" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "cache" {
  config_path                             = "${get_terragrunt_dir()}/../cache"
  mock_outputs                            = { arn = "arn:aws:elasticache:us-east-1:000000000000:replicationgroup:mock", primary_endpoint = "mock.cache.amazonaws.com", user_arns = { services = "arn:aws:elasticache:us-east-1:000000000000:user:mock-services" }, user_names = { services = "mock-services" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "events" {
  config_path                             = "${get_terragrunt_dir()}/../events"
  mock_outputs                            = { bus_arn = "arn:aws:events:us-east-1:000000000000:event-bus/mock", bus_name = "mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
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
  name                 = "${local.context.name}-reviews"
  account_id           = local.context.account_id
  cluster              = { arn = dependency.cluster.outputs.arn, name = dependency.cluster.outputs.name }
  repository           = { arn = dependency.registry.outputs.repository_arns["reviews"], url = dependency.registry.outputs.repository_urls["reviews"] }
  service_registry_arn = dependency.names.outputs.service_arns["reviews"]
  kms_key_arn          = dependency.keys.outputs.key_arns["data"]
  log_kms_key_arn      = dependency.platform_keys.outputs.key_arns["logs"]
  alarm_topic_arns     = [dependency.alerts.outputs.topic_arns["alerts"]]

  network = {
    vpc_id             = dependency.network.outputs.vpc_id
    subnet_ids         = values(dependency.network.outputs.subnet_ids["private"])
    security_group_ids = [dependency.security_groups.outputs.security_group_ids["services"]]
  }

  container = {
    port           = 8000
    writable_paths = ["/tmp"]
    environment = {
      TABLE_NAME   = dependency.tables.outputs.table_names["reviews"]
      CACHE_HOST   = dependency.cache.outputs.primary_endpoint
      CACHE_USER   = dependency.cache.outputs.user_names["services"]
      BUS_NAME     = dependency.events.outputs.bus_name
      EVENT_SOURCE = "${local.context.project}.bookstore"
    }
  }

  listener = {
    arn                      = dependency.load_balancer.outputs.main_listener_arn
    load_balancer_arn_suffix = dependency.load_balancer.outputs.load_balancer_arn_suffix
    rules = {
      # Before the catalog's rule for books, whose paths these are too.
      reviews = { priority = 100, paths = ["/books/*/reviews", "/books/*/reviews/*"] }
    }
  }

  task_statements = {
    KeepReviews = {
      actions   = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
      resources = [dependency.tables.outputs.table_arns["reviews"], "${dependency.tables.outputs.table_arns["reviews"]}/index/by-user"]
    }
    UseDataKey = {
      actions    = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources  = [dependency.keys.outputs.key_arns["data"]]
      conditions = { StringEquals = { "kms:ViaService" = ["dynamodb.${local.context.region}.amazonaws.com"] } }
    }
    UseCache = {
      actions   = ["elasticache:Connect"]
      resources = [dependency.cache.outputs.arn, dependency.cache.outputs.user_arns["services"]]
    }
    PublishEvents = {
      actions    = ["events:PutEvents"]
      resources  = [dependency.events.outputs.bus_arn]
      conditions = { StringEquals = { "events:source" = ["${local.context.project}.bookstore"] } }
    }
  }
}
