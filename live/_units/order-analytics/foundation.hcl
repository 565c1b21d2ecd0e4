# Network of order-analytics: the two functions that run in the VPC, and the private ways they take to AWS.
terraform { source = "${get_repo_root()}/modules//patterns/network" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs = {
    key_arns = {
      data      = "arn:aws:kms:us-east-1:000000000000:key/mock-data"
      logs      = "arn:aws:kms:us-east-1:000000000000:key/mock-logs"
      messaging = "arn:aws:kms:us-east-1:000000000000:key/mock-messaging"
    }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  account_id     = local.context.account_id
  vpc_cidr_block = local.context.vpc_cidr
  kms_key_arn    = dependency.keys.outputs.key_arns["logs"]

  # Lambda sends a function's log and traces by itself, outside the VPC. The endpoint for logs is for code that writes
  # into groups of its own.
  gateway_endpoints   = { dynamodb = {}, s3 = {} }
  interface_endpoints = { events = {}, logs = {} }

  # Functions only call out, so no group lets anything in.
  security_groups = {
    order-processor = {
      egress = {
        orders = { description = "Store and read orders", from_port = 443, gateway_endpoint = "dynamodb" }
      }
    }
    report-generator = {
      egress = {
        orders  = { description = "Read the orders of a day", from_port = 443, gateway_endpoint = "dynamodb" }
        reports = { description = "Write reports", from_port = 443, gateway_endpoint = "s3" }
        aws     = { description = "Announce reports", from_port = 443, group = "endpoints" }
      }
    }
  }
}
