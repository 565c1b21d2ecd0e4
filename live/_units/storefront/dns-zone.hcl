# The zone of the shop, below the environment's domain; its name servers are entered there, or by the registrar.
terraform { source = "${get_repo_root()}/modules//networking/dns-zone" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

inputs = {
  domain_name = "${local.context.system}.${local.context.domain}"
}
