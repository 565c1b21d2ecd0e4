# One service of tasks with everything that lives and dies with it: its targets and rules at the load balancer, its
# roles, its log and its alarms. Cluster, network, load balancer and database are others' and outlive it.
module "service" {
  source = "../../compute/ecs-service"

  name    = var.name
  cluster = { arn = var.cluster.arn, name = var.cluster.name }
  container = merge(var.container, {
    image       = var.repository.url
    environment = merge(var.container.environment, var.environment)
  })
  task     = var.task
  sidecars = var.sidecars
  tracing  = var.tracing

  execution_role_arn = module.roles.role_arns["execution"]
  task_role_arn      = module.roles.role_arns["task"]

  initial_image_tag = var.image_tag.initial
  pinned_image_tag  = var.image_tag.pinned

  subnet_ids         = var.network.subnet_ids
  security_group_ids = local.security_group_ids
  assign_public_ip   = var.allow_public_address

  targets                    = local.targets
  health_check_grace_seconds = var.deployment.grace_seconds
  service_registry           = var.service_registry
  allow_execute_command      = var.allow_execute_command
  capacity_strategy          = var.capacity_strategy

  deployment = {
    type                    = local.blue_green ? "blue_green" : "rolling"
    alarm_names             = local.blue_green || !var.deployment.rollback_on_alarm ? [] : values(module.alarms.alarm_names)
    circuit_breaker         = local.blue_green ? null : true
    maximum_percent         = var.deployment.maximum_percent
    minimum_healthy_percent = var.deployment.minimum_healthy_percent
  }

  scaling = {
    minimum                    = var.scaling.minimum
    maximum                    = var.scaling.maximum
    cpu_percent                = var.scaling.cpu_percent
    memory_percent             = var.scaling.memory_percent
    scale_in_cooldown_seconds  = var.scaling.scale_in_cooldown_seconds
    scale_out_cooldown_seconds = var.scaling.scale_out_cooldown_seconds
    schedules                  = var.scaling.schedules
    requests = var.scaling.requests_per_target == null ? null : {
      per_target     = var.scaling.requests_per_target
      resource_label = "${one(var.listener[*].load_balancer_arn_suffix)}/${aws_lb_target_group.this[local.first_target].arn_suffix}"
    }
  }

  log_kms_key_arn    = var.log_kms_key_arn
  log_retention_days = var.log_retention_days
  tags               = var.tags
}
