# Notifications: mails what happened to an order. Nobody calls it; it takes its work from a queue.
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
  mock_outputs                            = { security_group_ids = { workers = "sg-00000000000000000" } }
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
  mock_outputs                            = { repository_arns = { notifications = "arn:aws:ecr:us-east-1:000000000000:repository/mock/notifications" }, repository_urls = { notifications = "000000000000.dkr.ecr.us-east-1.amazonaws.com/mock/notifications" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "names" {
  config_path                             = "${get_terragrunt_dir()}/../service-discovery"
  mock_outputs                            = { service_arns = { notifications = "arn:aws:servicediscovery:us-east-1:000000000000:service/srv-mock" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../keys"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "queues" {
  config_path                             = "${get_terragrunt_dir()}/../queues"
  mock_outputs                            = { queue_arns = { notifications = "arn:aws:sqs:us-east-1:000000000000:mock-notifications" }, queue_urls = { notifications = "https://sqs.us-east-1.amazonaws.com/000000000000/mock-notifications" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs", messaging = "arn:aws:kms:us-east-1:000000000000:key/mock-messaging" } }
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
  name             = "${local.context.name}-notifications"
  account_id       = local.context.account_id
  cluster          = { arn = dependency.cluster.outputs.arn, name = dependency.cluster.outputs.name }
  repository       = { arn = dependency.registry.outputs.repository_arns["notifications"], url = dependency.registry.outputs.repository_urls["notifications"] }
  service_registry = { arn = dependency.names.outputs.service_arns["notifications"] }
  kms_key          = { arn = dependency.keys.outputs.key_arns["data"] }
  log_kms_key_arn  = dependency.platform_keys.outputs.key_arns["logs"]
  alarm_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]

  network = {
    vpc_id             = dependency.network.outputs.vpc_id
    subnet_ids         = values(dependency.network.outputs.subnet_ids["private"])
    security_group_ids = [dependency.security_groups.outputs.security_group_ids["workers"]]
  }

  container = {
    port           = 8000
    writable_paths = ["/tmp"]
    environment = {
      QUEUE_URL = dependency.queues.outputs.queue_urls["notifications"]
      SENDER    = "bookstore@${local.context.domain}"
    }
  }

  task_statements = {
    TakeNotifications = {
      actions   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
      resources = [dependency.queues.outputs.queue_arns["notifications"]]
    }
    UseMessagingKey = {
      actions    = ["kms:Decrypt"]
      resources  = [dependency.platform_keys.outputs.key_arns["messaging"]]
      conditions = { StringEquals = { "kms:ViaService" = ["sqs.${local.context.region}.amazonaws.com"] } }
    }
    MailReaders = {
      actions    = ["ses:SendEmail"]
      resources  = ["arn:aws:ses:${local.context.region}:${local.context.account_id}:identity/${local.context.domain}"]
      conditions = { StringEquals = { "ses:FromAddress" = ["bookstore@${local.context.domain}"] } }
    }
  }
}
