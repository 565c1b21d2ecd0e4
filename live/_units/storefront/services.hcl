# One service of the shop: product shows what it sells, cart keeps what a customer is about to buy, checkout takes the order
# and the payment. Tasks on Fargate with an X-Ray daemon beside them, from the image that the pipeline pushed.
# All of them share this text: a unit's folder says by its name, services-<name>, which of them it is.
terraform { source = "${get_repo_root()}/modules//patterns/web-service" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  service = trimprefix(local.context.unit, "services-")

  # Which paths lead to this service; the load balancer tries the lowest priority first.
  rule = {
    product  = { priority = 10, paths = ["/products*"] }
    cart     = { priority = 20, paths = ["/cart*"] }
    checkout = { priority = 30, paths = ["/checkout*"] }
  }[local.service]
}

dependency "network" {
  config_path = "${get_terragrunt_dir()}/../network"
  mock_outputs = {
    subnet_ids = { private = { us-east-1a = "subnet-00000000000000000", us-east-1b = "subnet-00000000000000001" } }
    vpc_id     = "vpc-00000000000000000"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "security_groups" {
  config_path                             = "${get_terragrunt_dir()}/../security-groups"
  mock_outputs                            = { security_group_ids = { services = "sg-00000000000000003" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "registry" {
  config_path = "${get_terragrunt_dir()}/../registry"
  mock_outputs = {
    repository_arns = { (local.service) = "arn:aws:ecr:us-east-1:000000000000:repository/mock/${local.service}" }
    repository_urls = { (local.service) = "000000000000.dkr.ecr.us-east-1.amazonaws.com/mock/${local.service}" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "cluster" {
  config_path = "${get_terragrunt_dir()}/../cluster"
  mock_outputs = {
    arn  = "arn:aws:ecs:us-east-1:000000000000:cluster/mock"
    name = "mock"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "discovery" {
  config_path                             = "${get_terragrunt_dir()}/../service-discovery"
  mock_outputs                            = { service_arns = { (local.service) = "arn:aws:servicediscovery:us-east-1:000000000000:service/srv-mock${local.service}" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "zone" {
  config_path                             = "${get_terragrunt_dir()}/../dns-zone"
  mock_outputs                            = { domain_name = "mock.example.com" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "load_balancer" {
  config_path = "${get_terragrunt_dir()}/../load-balancer"
  mock_outputs = {
    load_balancer_arn_suffix = "app/mock/0000000000000000"
    main_listener_arn        = "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/mock/0000000000000000/0000000000000000"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "database" {
  config_path                             = "${get_terragrunt_dir()}/../database"
  mock_outputs                            = { database_name = "mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "proxy" {
  config_path = "${get_terragrunt_dir()}/../proxy"
  mock_outputs = {
    endpoint  = "mock.proxy-000000000000.us-east-1.rds.amazonaws.com"
    proxy_arn = "arn:aws:rds:us-east-1:000000000000:db-proxy:prx-00000000000000000"
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "keys" {
  config_path = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs = {
    key_arns = {
      data = "arn:aws:kms:us-east-1:000000000000:key/mock-data"
      logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs"
    }
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
  name       = "${local.context.name}-${local.service}"
  account_id = local.context.account_id
  cluster    = { arn = dependency.cluster.outputs.arn, name = dependency.cluster.outputs.name }
  repository = { arn = dependency.registry.outputs.repository_arns[local.service], url = dependency.registry.outputs.repository_urls[local.service] }

  network = {
    vpc_id             = dependency.network.outputs.vpc_id
    subnet_ids         = values(dependency.network.outputs.subnet_ids["private"])
    security_group_ids = [dependency.security_groups.outputs.security_group_ids["services"]]
  }

  listener = {
    arn                      = dependency.load_balancer.outputs.main_listener_arn
    load_balancer_arn_suffix = dependency.load_balancer.outputs.load_balancer_arn_suffix
    rules                    = { api = merge(local.rule, { hosts = ["api.${dependency.zone.outputs.domain_name}"] }) }
  }
  service_registry = { arn = dependency.discovery.outputs.service_arns[local.service] }

  # No password: the code asks RDS for a token with its role, and the proxy takes it.
  container = {
    port           = 8080
    writable_paths = ["/tmp"]
    environment = {
      DATABASE_HOST   = dependency.proxy.outputs.endpoint
      DATABASE_NAME   = dependency.database.outputs.database_name
      DATABASE_PORT   = "5432"
      DATABASE_USER   = local.context.system
      SERVICES_DOMAIN = "${local.context.system}.internal" # http://cart.<domain>:8080 is the cart
    }
  }
  task_statements = {
    SignInToDatabase = {
      actions   = ["rds-db:connect"]
      resources = ["arn:aws:rds-db:${local.context.region}:${local.context.account_id}:dbuser:${split(":", dependency.proxy.outputs.proxy_arn)[6]}/${local.context.system}"]
    }
  }

  kms_key          = { arn = dependency.keys.outputs.key_arns["data"] }
  log_kms_key_arn  = dependency.keys.outputs.key_arns["logs"]
  alarm_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]
}
