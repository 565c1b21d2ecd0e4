module "given" {
  source = "./prerequisites"
  name   = "acme-web"
}

module "balancer" {
  source = "./modules/networking/load-balancer"

  name                 = "acme-web"
  allow_plain_http     = true
  allow_no_access_logs = true
  deletion_protection  = false
  vpc_id               = module.given.vpc_id
  subnet_ids           = module.given.subnet_ids
  security_group_ids   = [module.given.security_group_id]
}

module "cluster" {
  source = "./modules/compute/ecs-cluster"

  name             = "acme-web"
  default_strategy = { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = 1 } }
}

module "images" {
  source = "./modules/compute/container-registry"

  name         = "acme-web"
  repositories = { api = {}, pages = {} }
}

module "rolling" {
  source = "./modules/patterns/web-service"

  name       = "acme-web-api"
  account_id = module.given.account_id
  cluster    = { arn = module.cluster.arn, name = module.cluster.name }
  repository = { arn = module.images.repository_arns["api"], url = module.images.repository_urls["api"] }
  container  = { port = 8443, protocol = "HTTPS", protocol_version = "HTTP2", writable_paths = ["/tmp"] }
  listener = {
    arn                      = module.balancer.main_listener_arn
    load_balancer_arn_suffix = module.balancer.load_balancer_arn_suffix
    rules                    = { everything = { priority = 100, paths = ["/*"] } }
  }
  network = {
    vpc_id     = module.given.vpc_id
    subnet_ids = values(module.given.subnet_ids)
    own_group  = { client_group_ids = { balancer = module.given.security_group_id } }
  }
  task              = { cpu = 512, memory_mb = 1024 }
  scaling           = { minimum = 2, maximum = 10, cpu_percent = 70, memory_percent = 80 }
  capacity_strategy = { FARGATE = { base = 1 }, FARGATE_SPOT = { weight = 1 } }
  deployment        = { rollback_on_alarm = true }
  alarm_topic_arns  = [module.given.topic_arn]

  allow_execute_command = true
  kms_key               = { arn = module.given.key_arn }
}

module "blue_green" {
  source = "./modules/patterns/web-service"

  name       = "acme-web-pages"
  account_id = module.given.account_id
  cluster    = { arn = module.cluster.arn, name = module.cluster.name }
  repository = { arn = module.images.repository_arns["pages"], url = module.images.repository_urls["pages"] }
  container  = { port = 8000 }
  listener = {
    arn                      = module.balancer.main_listener_arn
    load_balancer_arn_suffix = module.balancer.load_balancer_arn_suffix
    rules                    = { pages = { priority = 50, paths = ["/pages/*"] } }
  }
  network = {
    vpc_id             = module.given.vpc_id
    subnet_ids         = values(module.given.subnet_ids)
    security_group_ids = [module.given.security_group_id]
  }
  deployment = { blue_green = { traffic = { shift = "canary", percent = 10, minutes = 5 } } }
}
