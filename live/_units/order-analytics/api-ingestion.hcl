# The orders API and the function behind it, which stores each order once.
terraform {
  source = "${get_repo_root()}/modules//patterns/serverless-api"

  before_hook "package" {
    commands = ["plan", "apply", "destroy", "refresh", "import", "validate"]
    execute  = ["python3", "${get_repo_root()}/scripts/package_function.py", "order_processor"]
  }
}

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "foundation" {
  config_path = "${get_terragrunt_dir()}/../foundation"
  mock_outputs = {
    subnet_ids         = { private = { us-east-1a = "subnet-00000000000000000" } }
    security_group_ids = { order-processor = "sg-00000000000000000" }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "iam" {
  config_path                             = "${get_terragrunt_dir()}/../iam"
  mock_outputs                            = { role_arns = { order-processor = "arn:aws:iam::000000000000:role/mock-order-processor" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "storage" {
  config_path                             = "${get_terragrunt_dir()}/../storage"
  mock_outputs                            = { table_names = { orders = "mock-orders" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

# The role with which API Gateway writes its logs exists once per account: without it no stage can be made that logs.
dependencies { paths = ["${get_terragrunt_dir()}/../../platform/account-settings"] }

inputs = {
  account_id      = local.context.account_id
  description     = "Takes orders, each once, and gives them back"
  log_kms_key_arn = dependency.keys.outputs.key_arns["logs"]
  openapi         = file("${get_repo_root()}/live/_units/order-analytics/openapi.yaml")
  subnet_ids      = values(dependency.foundation.outputs.subnet_ids["private"])

  functions = {
    order-processor = {
      description        = "Stores each order once and reads it back"
      filename           = "artifacts/order_processor.zip"
      role_arn           = dependency.iam.outputs.role_arns["order-processor"]
      security_group_ids = [dependency.foundation.outputs.security_group_ids["order-processor"]]
      environment        = { TABLE_NAME = dependency.storage.outputs.table_names["orders"] }
    }
  }
}
