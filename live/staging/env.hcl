# The staging environment: shaped like prod, smaller; where request tests run before a release.
locals {
  project      = "acme"
  account_id   = "222222222222" # replace with your account; a rehearsal uses it as it is
  size         = "medium"
  owner        = "data-engineering"
  cost_center  = "cc-1002"
  domain       = "staging.example.com"
  alert_emails = ["alerts-staging@example.com"]

  # `invoke cost` ends with 2 above it; platform/budget has AWS watch what is really spent.
  monthly_budget_usd = 1500

  # "s3" keeps the lock beside the state; "dynamodb" uses a table (Terraform warns that it is deprecated).
  state_lock = "s3"
}
