# The dev environment: small, cheap, may be thrown away.
locals {
  project      = "acme"
  account_id   = "111111111111" # replace with your account; a rehearsal uses it as it is
  size         = "small"
  owner        = "data-engineering"
  cost_center  = "cc-1001"
  domain       = "dev.example.com"
  alert_emails = ["alerts-dev@example.com"]

  # `invoke cost` ends with 2 above it; platform/budget has AWS watch what is really spent.
  monthly_budget_usd = 700

  # "s3" keeps the lock beside the state; "dynamodb" uses a table (Terraform warns that it is deprecated).
  state_lock = "s3"
}
