# The root of every unit: where its state lives, which provider it gets, which account it may touch.
# Units include it by path; see live/_units for what a unit is made of.

locals {
  context   = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  rehearsal = local.context.rehearsal

  # The warm provider leaves one file a unit here (scripts/warm_provider); no file, or no folder: plain Terraform.
  warm_directory = get_env("STAGECRAFT_WARM", "")
  warm_file      = "${local.warm_directory}/${substr(sha1(path_relative_to_include()), 0, 16)}.json"
  warm           = local.warm_directory != "" && fileexists(local.warm_file)
}

terraform_version_constraint  = ">= 1.11.0, < 1.12.0"
terragrunt_version_constraint = ">= 1.1.0, < 2.0.0"

# One working folder for each backend a unit can have: Terraform refuses to find another than it was initialised with.
# And one for warm runs, which have no provider of their own there.
download_dir = "${get_repo_root()}/.cache/terragrunt/${local.rehearsal ? "rehearsal" : "aws"}/${local.context.state_lock}${local.warm ? "-warm" : ""}"

# Run in the repository root, `run --all` would take this file for a unit.
exclude {
  if      = path_relative_to_include() == "."
  actions = ["all"]
  no_run  = true
}

remote_state {
  backend = "s3"
  generate = {
    path      = "backend.tf"
    if_exists = "overwrite"
  }
  config = { for setting, value in {
    bucket              = local.context.state_bucket
    key                 = "${local.context.system}/${local.context.unit}/terraform.tfstate"
    region              = local.context.region
    allowed_account_ids = [local.context.account_id]
    encrypt             = true
    kms_key_id          = local.context.state_key_arn
    use_lockfile        = local.context.state_lock == "s3"
    dynamodb_table      = local.context.state_lock == "dynamodb" ? local.context.state_lock_table : null
    use_path_style      = local.rehearsal ? true : null
    max_retries         = local.rehearsal ? 3 : null
  } : setting => value if value != null }
}

generate "provider" {
  path      = "provider.tf"
  if_exists = "overwrite"
  contents  = <<-EOT
    provider "aws" {
      region              = ${jsonencode(local.context.region)}
      allowed_account_ids = [${jsonencode(local.context.account_id)}]

      default_tags {
        tags = ${jsonencode(local.context.default_tags)}
      }
    %{if local.rehearsal}
      s3_use_path_style       = true
      skip_metadata_api_check = true
      # An answer the embedded AWS does not have is a 500; the default of 25 tries would look like a hang.
      max_retries = 3
    %{endif}
    }
  EOT
}

# One lock file for all units; the copy goes into the working folder, not into live/.
generate "lock" {
  path              = ".terraform.lock.hcl"
  if_exists         = "overwrite"
  disable_signature = true
  contents          = file("${get_repo_root()}/.terraform.lock.hcl")
}

terraform {
  copy_terraform_lock_file = false

  extra_arguments "warm_provider" {
    commands = ["init", "validate", "plan", "apply", "destroy", "refresh", "output", "show", "import", "state", "test", "console"]
    env_vars = {
      TF_REATTACH_PROVIDERS = local.warm ? file(local.warm_file) : ""
    }
  }

  # Terragrunt runs `init` before every command until it finds downloaded providers, or this folder of old versions of
  # Terraform. A warm unit downloads none, and each init would double its time. New code still has its init.
  after_hook "initialised" {
    if       = local.warm
    commands = ["init"]
    execute  = ["mkdir", "-p", ".terraform/plugins"]
  }

  # S3 Control puts the account before the host name, and 111111111111.127.0.0.1 resolves nowhere; the embedded AWS
  # takes such requests as a proxy. Go asks no proxy for the loopback address itself.
  extra_arguments "rehearsal" {
    commands = local.rehearsal ? ["plan", "apply", "destroy", "refresh", "import"] : []
    env_vars = local.rehearsal ? { HTTP_PROXY = local.context.endpoint } : {}
  }

  extra_arguments "lock_timeout" {
    commands  = ["plan", "apply", "destroy", "import", "refresh"]
    arguments = ["-lock-timeout=${get_env("STAGECRAFT_LOCK_TIMEOUT", "60s")}"]
  }
}

inputs = {
  name = local.context.name
  tags = local.context.tags
}
