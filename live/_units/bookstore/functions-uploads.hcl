# The function behind POST /images: it lets a caller of the API upload one picture.
terraform {
  source = "${get_repo_root()}/modules//compute/lambda"

  before_hook "package" {
    commands = ["plan", "apply", "destroy", "refresh", "import", "validate"]
    execute  = ["python3", "${get_repo_root()}/scripts/package_function.py", "image_uploads"]
  }
}

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

dependency "iam" {
  config_path                             = "${get_terragrunt_dir()}/../iam"
  mock_outputs                            = { role_arns = { image-uploads = "arn:aws:iam::000000000000:role/mock-image-uploads" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "images" {
  config_path                             = "${get_terragrunt_dir()}/../images"
  mock_outputs                            = { bucket_name = "mock-images" }
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
  name            = "${local.context.name}-image-uploads"
  description     = "Lets a caller of the API upload one picture"
  package         = { filename = "artifacts/image_uploads.zip" }
  role_arn        = dependency.iam.outputs.role_arns["image-uploads"]
  log_kms_key_arn = dependency.platform_keys.outputs.key_arns["logs"]
  environment     = { BUCKET_NAME = dependency.images.outputs.bucket_name, ALLOW_ORIGIN = "https://bookstore.${local.context.domain}" }
}
