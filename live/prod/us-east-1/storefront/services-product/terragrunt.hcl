include "root" {
  path = "${get_repo_root()}/terragrunt.hcl" # spelled out: a bare find_in_parent_folders() warns about this name
}
include "unit" {
  path = "${get_repo_root()}/live/_units/storefront/services.hcl"
}
