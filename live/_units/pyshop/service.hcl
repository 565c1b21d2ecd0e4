# The application: tasks on Fargate behind the load balancer, with the database's secrets by reference. Which image runs
# is said by a parameter that releases write; how many tasks, and how large, stands in the tfvars.
terraform { source = "${get_repo_root()}/modules//patterns/web-service" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

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
  mock_outputs                            = { security_group_ids = { tasks = "sg-00000000000000002" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "registry" {
  config_path = "${get_terragrunt_dir()}/../registry"
  mock_outputs = {
    repository_arns = { api = "arn:aws:ecr:us-east-1:000000000000:repository/mock/api" }
    repository_urls = { api = "000000000000.dkr.ecr.us-east-1.amazonaws.com/mock/api" }
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

dependency "database" {
  config_path = "${get_terragrunt_dir()}/../database"
  mock_outputs = {
    secret_references = {
      DATABASE_URL = "arn:aws:secretsmanager:us-east-1:000000000000:secret:mock-connection-abcdef:DATABASE_URL::"
      SECRET_KEY   = "arn:aws:secretsmanager:us-east-1:000000000000:secret:mock-SECRET_KEY-abcdef"
    }
  }
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
  name       = "${local.context.name}-api"
  account_id = local.context.account_id
  cluster    = { arn = dependency.cluster.outputs.arn, name = dependency.cluster.outputs.name }
  repository = {
    arn = dependency.registry.outputs.repository_arns["api"]
    url = dependency.registry.outputs.repository_urls["api"]
  }

  container = {
    port           = 8000
    secret_arns    = dependency.database.outputs.secret_references
    writable_paths = ["/tmp"]
  }
  listener = {
    arn                      = dependency.load_balancer.outputs.main_listener_arn
    load_balancer_arn_suffix = dependency.load_balancer.outputs.load_balancer_arn_suffix
    rules                    = { everything = { priority = 100, paths = ["/*"] } }
  }
  network = {
    vpc_id             = dependency.network.outputs.vpc_id
    subnet_ids         = values(dependency.network.outputs.subnet_ids["private"])
    security_group_ids = [dependency.security_groups.outputs.security_group_ids["tasks"]]
  }

  kms_key          = { arn = dependency.keys.outputs.key_arns["data"] }
  log_kms_key_arn  = dependency.keys.outputs.key_arns["logs"]
  alarm_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]
}
