# What a unit's place in live/ says about it. The root and the unit definitions read it; nothing else computes a name,
# a tag or an account. Evaluated for a unit: live/<environment>/<region>/<system>/<unit>.

locals {
  root  = get_repo_root()
  place = split("/", trimprefix(get_original_terragrunt_dir(), "${get_repo_root()}/"))

  # At the repository root there is no environment; the root file excludes itself there but is still evaluated.
  is_unit = length(local.place) == 5

  environment = local.is_unit ? local.place[1] : "none"
  region      = local.is_unit ? local.place[2] : "us-east-1"
  system      = local.is_unit ? local.place[3] : "none"
  unit        = local.is_unit ? local.place[4] : "none"

  env = read_terragrunt_config("${local.root}/live/${local.environment}/env.hcl", {
    locals = {
      project      = "none"
      account_id   = "000000000000"
      size         = "small"
      owner        = "none"
      cost_center  = "none"
      domain       = "example.com"
      state_lock   = "s3"
      alert_emails = []
    }
  }).locals

  regional = read_terragrunt_config("${local.root}/live/${local.environment}/${local.region}/region.hcl", {
    locals = { azs = [], name_suffix = "", copies_to = null }
  }).locals

  azs       = local.regional.azs
  copies_to = local.regional.copies_to

  addresses = read_terragrunt_config("${local.root}/live/addresses.hcl", { locals = { vpc_cidrs = {} } }).locals
  vpc_cidr  = try(local.addresses.vpc_cidrs[local.environment][local.region][local.system], null)

  project      = local.env.project
  account_id   = local.env.account_id
  size         = local.env.size
  owner        = local.env.owner
  domain       = local.env.domain
  alert_emails = local.env.alert_emails

  # AWS_ENDPOINT_URL is the one switch of a rehearsal (docs/rehearsal.md); only loopback counts as one.
  endpoint  = get_env("AWS_ENDPOINT_URL", "")
  rehearsal = length(regexall("^http://(127\\.0\\.0\\.1|localhost):[0-9]+/?$", local.endpoint)) > 0

  # Resources are called <project>-<environment>-<system>-<thing>; modules add the thing. Roles, policies and buckets
  # share their names over all regions of an account, so a further region ends the system with a suffix of its own.
  name = "${local.project}-${local.environment}-${local.system}${local.regional.name_suffix}"

  # What a whole environment and region share goes to the provider, so that its units have one provider configuration;
  # the rest travels as the `tags` variable.
  default_tags = {
    Project     = local.project
    Environment = local.environment
    ManagedBy   = "terraform"
    Owner       = local.owner
    CostCenter  = local.env.cost_center
  }
  tags = {
    System = local.system
    Module = local.unit
  }

  state_bucket     = "${local.project}-${local.environment}-tfstate-${local.account_id}-${local.region}"
  state_key_arn    = "arn:aws:kms:${local.region}:${local.account_id}:alias/${local.project}-${local.environment}-tfstate"
  state_lock       = local.env.state_lock
  state_lock_table = "${local.project}-${local.environment}-tfstate-lock"
}
