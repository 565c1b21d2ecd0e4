module "given" {
  source = "./prerequisites"
  name   = "acme-deploy"
}

module "balancer" {
  source = "./modules/networking/load-balancer"

  name                 = "acme-deploy"
  allow_plain_http     = true
  allow_no_access_logs = true
  deletion_protection  = false
  vpc_id               = module.given.vpc_id
  subnet_ids           = module.given.subnet_ids
  security_group_ids   = [module.given.security_group_id]
  target_groups        = { cart = { port = 8000, blue_green = true } }
  default_forward      = { cart-blue = 1 }
}

module "cluster" {
  source = "./modules/compute/ecs-cluster"

  name = "acme-deploy"
}

module "cart" {
  source = "./modules/compute/ecs-service"

  name               = "acme-deploy-cart"
  cluster            = { arn = module.cluster.arn, name = module.cluster.name }
  container          = { image = "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-deploy/cart", port = 8000 }
  execution_role_arn = module.given.role_arn
  task_role_arn      = module.given.role_arn
  security_group_ids = [module.given.security_group_id]
  subnet_ids         = values(module.given.subnet_ids)
  targets            = { web = { target_group_arn = module.balancer.target_group_arns["cart-blue"] } }
  deployment         = { type = "blue_green" }
}

module "deploy" {
  source = "./modules/delivery/blue-green"

  name     = "acme-deploy-cart"
  role_arn = module.given.role_arn
  ecs = {
    cluster_name            = module.cluster.name
    service_name            = module.cart.name
    listener_arn            = module.balancer.main_listener_arn
    blue_target_group_name  = module.balancer.target_group_names["cart-blue"]
    green_target_group_name = module.balancer.target_group_names["cart-green"]
    keep_blue_minutes       = 60
  }
  traffic            = { shift = "canary", percent = 10, minutes = 10 }
  notification_topic = { arn = module.given.topic_arn }
}

module "function_deploy" {
  source = "./modules/delivery/blue-green"

  name     = "acme-deploy-function"
  role_arn = module.given.role_arn
  traffic  = { shift = "linear", percent = 20, minutes = 2 }
}
