# Which requests are traced, and the traces that are looked at together.
terraform { source = "${get_repo_root()}/modules//monitoring/xray" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

inputs = {
  groups = {
    failed = { filter_expression = "service(\"${local.context.name}/live\") { fault = true OR error = true }" }
  }
}
