# One service behind the load balancer: the catalog of books, with prices and the search over it, which partners read too;
# orders, taken once, paid, told to everybody who has to know; reviews, written often, kept in a table whose every change
# leaves an audit record; users, what a person told us beside signing in, and their sessions.
# All of them share this text: a unit's folder says by its name, services-<name>, which of them it is. Notifications takes
# its work from a queue and has a definition of its own.
terraform { source = "${get_repo_root()}/modules//patterns/web-service" }

locals {
  context    = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  service    = trimprefix(local.context.unit, "services-")
  search_arn = "arn:aws:es:${local.context.region}:${local.context.account_id}:domain/${local.context.name}"

  # What tells one service from another: which paths lead to it, and what it uses beside the cache and the bus.
  own = {
    # Before the catalog's rule for books, whose paths these are too.
    reviews = { rules = { reviews = { priority = 100, paths = ["/books/*/reviews", "/books/*/reviews/*"] } }, uses = ["tables"] }
    catalog = { rules = { books = { priority = 200, paths = ["/books", "/books/*"] } }, uses = ["database", "flags", "search"] }
    orders  = { rules = { orders = { priority = 300, paths = ["/orders", "/orders/*"] } }, uses = ["database", "flags"] }
    users   = { rules = { users = { priority = 400, paths = ["/users/*"] } }, uses = ["database"] }
  }[local.service]

  uses_database = contains(local.own.uses, "database")
  uses_flags    = contains(local.own.uses, "flags")
  uses_search   = contains(local.own.uses, "search")
  uses_tables   = contains(local.own.uses, "tables")

  # Nobody reaches what it does not use.
  groups = concat(["services"], local.uses_database ? ["database-clients"] : [], local.uses_search ? ["search-clients"] : [])
}

dependency "network" {
  config_path                             = "${get_terragrunt_dir()}/../network"
  mock_outputs                            = { subnet_ids = { private = { us-east-1a = "subnet-00000000000000000" } }, vpc_id = "vpc-00000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "security_groups" {
  config_path                             = "${get_terragrunt_dir()}/../security-groups"
  mock_outputs                            = { security_group_ids = { services = "sg-00000000000000000", database-clients = "sg-00000000000000001", search-clients = "sg-00000000000000002" } }
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
  mock_outputs                            = { repository_arns = { (local.service) = "arn:aws:ecr:us-east-1:000000000000:repository/mock/${local.service}" }, repository_urls = { (local.service) = "000000000000.dkr.ecr.us-east-1.amazonaws.com/mock/${local.service}" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "names" {
  config_path                             = "${get_terragrunt_dir()}/../service-discovery"
  mock_outputs                            = { service_arns = { (local.service) = "arn:aws:servicediscovery:us-east-1:000000000000:service/srv-mock" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../keys"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "load_balancer" {
  config_path                             = "${get_terragrunt_dir()}/../load-balancer"
  mock_outputs                            = { load_balancer_arn_suffix = "app/mock/0000000000000000", main_listener_arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/mock/0000000000000000/0000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "database" {
  config_path                             = "${get_terragrunt_dir()}/../database"
  enabled                                 = local.uses_database
  mock_outputs                            = { connection_secret_arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:mock-connection-AbCdEf" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "cache" {
  config_path                             = "${get_terragrunt_dir()}/../cache"
  mock_outputs                            = { arn = "arn:aws:elasticache:us-east-1:000000000000:replicationgroup:mock", primary_endpoint = "mock.cache.amazonaws.com", user_arns = { services = "arn:aws:elasticache:us-east-1:000000000000:user:mock-services" }, user_names = { services = "mock-services" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "flags" {
  config_path                             = "${get_terragrunt_dir()}/../feature-flags"
  enabled                                 = local.uses_flags
  mock_outputs                            = { application_id = "mock", configuration_arn = "arn:aws:appconfig:us-east-1:000000000000:application/mock/environment/mock/configuration/mock", environment_id = "mock", profile_id = "mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "tables" {
  config_path                             = "${get_terragrunt_dir()}/../tables"
  enabled                                 = local.uses_tables
  mock_outputs                            = { table_arns = { reviews = "arn:aws:dynamodb:us-east-1:000000000000:table/mock-reviews" }, table_names = { reviews = "mock-reviews" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "events" {
  config_path                             = "${get_terragrunt_dir()}/../events"
  mock_outputs                            = { bus_arn = "arn:aws:events:us-east-1:000000000000:event-bus/mock", bus_name = "mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
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
  name             = "${local.context.name}-${local.service}"
  account_id       = local.context.account_id
  cluster          = { arn = dependency.cluster.outputs.arn, name = dependency.cluster.outputs.name }
  repository       = { arn = dependency.registry.outputs.repository_arns[local.service], url = dependency.registry.outputs.repository_urls[local.service] }
  service_registry = { arn = dependency.names.outputs.service_arns[local.service] }
  kms_key          = { arn = dependency.keys.outputs.key_arns["data"] }
  log_kms_key_arn  = dependency.platform_keys.outputs.key_arns["logs"]
  alarm_topic_arns = [dependency.alerts.outputs.topic_arns["alerts"]]

  network = {
    vpc_id             = dependency.network.outputs.vpc_id
    subnet_ids         = values(dependency.network.outputs.subnet_ids["private"])
    security_group_ids = [for group in local.groups : dependency.security_groups.outputs.security_group_ids[group]]
  }

  container = {
    port           = 8000
    secret_arns    = local.uses_database ? { DATABASE_URL = "${dependency.database.outputs.connection_secret_arn}:DATABASE_URL::" } : {}
    writable_paths = ["/tmp"]
    environment = merge(
      {
        CACHE_HOST   = dependency.cache.outputs.primary_endpoint
        CACHE_USER   = dependency.cache.outputs.user_names["services"]
        BUS_NAME     = dependency.events.outputs.bus_name
        EVENT_SOURCE = "${local.context.project}.bookstore"
      },
      local.uses_flags ? { FLAGS = "${dependency.flags.outputs.application_id}/${dependency.flags.outputs.environment_id}/${dependency.flags.outputs.profile_id}" } : {},
      local.uses_search ? { SEARCH_DOMAIN = local.context.name } : {},
      local.uses_tables ? { TABLE_NAME = dependency.tables.outputs.table_names["reviews"] } : {},
    )
  }

  listener = {
    arn                      = dependency.load_balancer.outputs.main_listener_arn
    load_balancer_arn_suffix = dependency.load_balancer.outputs.load_balancer_arn_suffix
    rules                    = local.own.rules
  }

  task_statements = merge(
    {
      UseCache = {
        actions   = ["elasticache:Connect"]
        resources = [dependency.cache.outputs.arn, dependency.cache.outputs.user_arns["services"]]
      }
      PublishEvents = {
        actions    = ["events:PutEvents"]
        resources  = [dependency.events.outputs.bus_arn]
        conditions = { StringEquals = { "events:source" = ["${local.context.project}.bookstore"] } }
      }
    },
    local.uses_flags ? {
      ReadFlags = {
        actions   = ["appconfig:GetLatestConfiguration", "appconfig:StartConfigurationSession"]
        resources = [dependency.flags.outputs.configuration_arn]
      }
    } : {},
    # The domain is found by its name: it takes AWS a quarter of an hour to make, and nothing else waits for it.
    local.uses_search ? {
      Search = {
        actions                  = ["es:DescribeDomain", "es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"]
        resources                = [local.search_arn, "${local.search_arn}/*"]
        allow_wildcard_resources = "Every path of this one domain; what the role may do inside, the domain's own access control says."
      }
    } : {},
    local.uses_tables ? {
      KeepReviews = {
        actions   = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
        resources = [dependency.tables.outputs.table_arns["reviews"], "${dependency.tables.outputs.table_arns["reviews"]}/index/by-user"]
      }
    } : {},
    local.uses_tables ? {
      UseDataKey = {
        actions    = ["kms:Decrypt", "kms:GenerateDataKey"]
        resources  = [dependency.keys.outputs.key_arns["data"]]
        conditions = { StringEquals = { "kms:ViaService" = ["dynamodb.${local.context.region}.amazonaws.com"] } }
      }
    } : {},
  )
}
