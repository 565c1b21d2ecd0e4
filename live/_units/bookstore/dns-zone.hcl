# The domain of bookstore. Its name servers (an output) are entered once with the owner of the parent domain.
terraform { source = "${get_repo_root()}/modules//networking/dns-zone" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

inputs = { domain_name = "bookstore.${local.context.domain}" }
