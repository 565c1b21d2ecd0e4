# The bucket that takes every access log of the account and region. SSE-S3, because load balancers and S3 access logs
# cannot write under a KMS key.
terraform { source = "${get_repo_root()}/modules//storage/s3" }

locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }

inputs = {
  name        = "${local.context.name}-logs-${local.context.account_id}" # a bucket's full name, shared by all of AWS
  account_id  = local.context.account_id
  access_log  = null # a log of the log would never end
  log_writers = ["config", "load-balancers", "log-delivery", "s3-access-logs"]
}
