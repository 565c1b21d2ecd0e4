module "given" {
  source = "./prerequisites"
  name   = "acme-service"
}

module "discovery" {
  source = "./modules/networking/service-discovery"

  name      = "acme-service"
  namespace = "service.internal"
  vpc_id    = module.given.vpc_id
  services  = { product = {} }
}

module "balancer" {
  source = "./modules/networking/load-balancer"

  name                 = "acme-service"
  allow_plain_http     = true
  allow_no_access_logs = true
  deletion_protection  = false
  vpc_id               = module.given.vpc_id
  subnet_ids           = module.given.subnet_ids
  security_group_ids   = [module.given.security_group_id]
  target_groups        = { product = { port = 8000 } }
  default_forward      = { product = 1 }
}

module "cluster" {
  source = "./modules/compute/ecs-cluster"

  name             = "acme-service"
  default_strategy = { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = 1 } }
}

module "product" {
  source = "./modules/compute/ecs-service"

  name    = "acme-service-product"
  cluster = { arn = module.cluster.arn, name = module.cluster.name }
  container = {
    image          = "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-service/product"
    port           = 8000
    environment    = { ENVIRONMENT = "dev" }
    writable_paths = ["/tmp"]
    health_command = "curl -fsS http://localhost:8000/healthz"
  }
  execution_role_arn = module.given.role_arn
  task_role_arn      = module.given.role_arn
  security_group_ids = [module.given.security_group_id]
  subnet_ids         = values(module.given.subnet_ids)
  service_registry   = { arn = module.discovery.service_arns["product"] }
  targets            = { web = { target_group_arn = module.balancer.target_group_arns["product"] } }

  capacity_strategy = { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = 3 } }
  scaling = {
    minimum = 1
    maximum = 4
    requests = {
      per_target     = 500
      resource_label = "${module.balancer.load_balancer_arn_suffix}/${module.balancer.target_group_arn_suffixes["product"]}"
    }
    schedules = {
      evening = { expression = "cron(0 20 ? * MON-FRI *)", minimum = 0, maximum = 0, timezone = "Europe/Berlin" }
      morning = { expression = "cron(0 7 ? * MON-FRI *)", minimum = 1, maximum = 4, timezone = "Europe/Berlin" }
    }
  }
}
