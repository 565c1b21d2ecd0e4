# The network load balancer between the API and the load balancer of the services: the only thing that the VPC link
# of a REST API reaches. It passes TLS on unopened.
terraform { source = "${get_repo_root()}/modules//networking/load-balancer" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "network" {
  config_path                             = "${get_terragrunt_dir()}/../network"
  mock_outputs                            = { subnet_ids = { private = { us-east-1a = "subnet-00000000000000000", us-east-1b = "subnet-00000000000000001" } }, vpc_id = "vpc-00000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "security_groups" {
  config_path                             = "${get_terragrunt_dir()}/../security-groups"
  mock_outputs                            = { security_group_ids = { link = "sg-00000000000000000" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "load_balancer" {
  config_path                             = "${get_terragrunt_dir()}/../load-balancer"
  mock_outputs                            = { load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/mock/0000000000000000" }
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
  name               = "${local.context.name}-link"
  type               = "network"
  vpc_id             = dependency.network.outputs.vpc_id
  subnet_ids         = dependency.network.outputs.subnet_ids["private"]
  security_group_ids = [dependency.security_groups.outputs.security_group_ids["link"]]
  alarm_topic_arns   = [dependency.alerts.outputs.topic_arns["alerts"]]
  network_listeners  = { https = { port = 443, target_group = "services" } }

  target_groups = {
    services = {
      port              = 443
      protocol          = "TCP"
      target_type       = "alb"
      load_balancer_arn = dependency.load_balancer.outputs.load_balancer_arn
      # 404 is what the other load balancer answers by itself: it is up, whatever its services do.
      health_check = { protocol = "HTTPS", path = "/", matcher = "404" }
    }
  }
}
