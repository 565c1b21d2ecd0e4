# The pictures of books: originals as they were uploaded, and the sizes that image-resizer makes of them.
terraform { source = "${get_repo_root()}/modules//storage/s3" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../keys"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "queues" {
  config_path                             = "${get_terragrunt_dir()}/../queues"
  mock_outputs                            = { queue_arns = { images = "arn:aws:sqs:us-east-1:000000000000:mock-images" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "log_archive" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/log-archive"
  mock_outputs                            = { bucket_name = "mock-platform-logs" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  name        = "${local.context.name}-images-${local.context.account_id}" # a bucket's full name, shared by all of AWS
  kms_key_arn = dependency.keys.outputs.key_arns["data"]
  access_log  = { bucket_name = dependency.log_archive.outputs.bucket_name }

  # Browsers send pictures here themselves, with an address that the API signed for one upload.
  cors_rules = {
    uploads = { allowed_origins = ["https://bookstore.${local.context.domain}"], allowed_methods = ["PUT"], allowed_headers = ["content-type"] }
  }

  notifications = {
    queues = {
      uploads = { arn = dependency.queues.outputs.queue_arns["images"], events = ["s3:ObjectCreated:*"], prefix = "originals/" }
    }
  }
}
