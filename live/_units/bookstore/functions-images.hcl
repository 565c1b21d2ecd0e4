# The function that makes the sizes of a picture once it was uploaded.
terraform {
  source = "${get_repo_root()}/modules//compute/lambda"

  before_hook "package" {
    commands = ["plan", "apply", "destroy", "refresh", "import", "validate"]
    execute  = ["python3", "${get_repo_root()}/scripts/package_function.py", "image_resizer"]
  }
}

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "iam" {
  config_path                             = "${get_terragrunt_dir()}/../iam"
  mock_outputs                            = { role_arns = { image-resizer = "arn:aws:iam::000000000000:role/mock-image-resizer" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "images" {
  config_path                             = "${get_terragrunt_dir()}/../images"
  mock_outputs                            = { bucket_name = "mock-images" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "queues" {
  config_path                             = "${get_terragrunt_dir()}/../queues"
  mock_outputs                            = { queue_arns = { images = "arn:aws:sqs:us-east-1:000000000000:mock-images" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { logs = "arn:aws:kms:us-east-1:000000000000:key/mock-logs" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  name            = "${local.context.name}-image-resizer"
  description     = "Makes the sizes of a picture that was uploaded"
  package         = { filename = "artifacts/image_resizer.zip" }
  role_arn        = dependency.iam.outputs.role_arns["image-resizer"]
  log_kms_key_arn = dependency.platform_keys.outputs.key_arns["logs"]
  environment     = { BUCKET_NAME = dependency.images.outputs.bucket_name, WIDTHS = "160,640" } # a list's thumbnail and a page's cover

  # One picture at a time: a batch of large ones would outlast the function.
  event_sources = { uploads = { arn = dependency.queues.outputs.queue_arns["images"], batch_size = 1 } }
}
