module "blue_green" {
  source = "../../delivery/blue-green"
  count  = local.blue_green ? 1 : 0

  name     = var.name
  role_arn = module.deploy_role[0].role_arns["deploy"]
  ecs = {
    blue_target_group_name    = aws_lb_target_group.this["blue"].name
    green_target_group_name   = aws_lb_target_group.this["green"].name
    cluster_name              = var.cluster.name
    service_name              = module.service.name
    listener_arn              = var.listener.arn
    keep_blue_minutes         = var.deployment.blue_green.keep_blue_minutes
    test_listener             = var.deployment.blue_green.test_listener
    wait_for_approval_minutes = var.deployment.blue_green.wait_for_approval_minutes
  }
  traffic            = var.deployment.blue_green.traffic
  alarm_names        = var.deployment.rollback_on_alarm ? values(module.alarms.alarm_names) : []
  notification_topic = length(var.alarm_topic_arns) == 0 ? null : { arn = sort(var.alarm_topic_arns)[0] }
  tags               = var.tags
}

module "deploy_role" {
  source = "../../security/iam-role"
  count  = local.blue_green ? 1 : 0

  name = var.name
  roles = {
    deploy = {
      description = "Lets CodeDeploy exchange the tasks of ${var.name}"
      trust = {
        services   = ["codedeploy.amazonaws.com"]
        conditions = { StringEquals = { "aws:SourceAccount" = [var.account_id] } }
      }
      managed_policy_arns = { deploy = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AWSCodeDeployRoleForECS" }
    }
  }
  tags = var.tags
}
