# Written down is what exists: without a service there is no cluster either.
module "cluster" {
  source = "../../compute/ecs-cluster"
  count  = length(var.services) > 0 ? 1 : 0

  name               = var.name
  container_insights = var.container_insights
  kms_key            = var.kms_key
  log_kms_key_arn    = var.log_kms_key_arn
  log_retention_days = var.log_retention_days
  tags               = var.tags
}

module "repositories" {
  source = "../../compute/container-registry"
  count  = length(var.services) > 0 ? 1 : 0

  name         = var.name
  kms_key_arn  = one(var.kms_key[*].arn)
  repositories = { for key in keys(var.services) : key => { allow_destroy_with_images = var.allow_destroy_with_images } }
  tags         = var.tags
}

module "service" {
  source   = "../web-service"
  for_each = var.services

  name       = "${var.name}-${each.key}"
  account_id = var.account_id
  cluster    = { arn = module.cluster[0].arn, name = module.cluster[0].name }
  repository = {
    arn = module.repositories[0].repository_arns[each.key]
    url = module.repositories[0].repository_urls[each.key]
  }

  container = {
    port           = each.value.port
    command        = each.value.command
    health_command = each.value.health_command
    secret_arns    = var.secret_arns
    writable_paths = ["/tmp"]
  }
  environment       = merge(var.environment, each.value.environment)
  task              = each.value.task
  scaling           = each.value.scaling
  capacity_strategy = each.value.spot_weight > 0 ? { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = each.value.spot_weight } } : { FARGATE = {} }
  task_statements   = var.task_statements

  network = {
    vpc_id             = var.network.vpc_id
    subnet_ids         = var.network.subnet_ids
    security_group_ids = var.network.security_group_ids
  }

  kms_key            = var.kms_key
  log_kms_key_arn    = var.log_kms_key_arn
  log_retention_days = var.log_retention_days
  alarm_topic_arns   = var.alarm_topic_arns
  tags               = var.tags
}
