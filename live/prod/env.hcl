# The prod environment: full size, data kept, every change typed out before it happens.
locals {
  project      = "acme"
  account_id   = "333333333333" # replace with your account; a rehearsal uses it as it is
  size         = "large"
  owner        = "data-engineering"
  cost_center  = "cc-1003"
  domain       = "example.com"
  alert_emails = ["alerts@example.com", "on-call@example.com"]

  # `invoke cost` ends with 2 above it; platform/budget has AWS watch what is really spent.
  monthly_budget_usd = 6000

  # "s3" keeps the lock beside the state; "dynamodb" uses a table (Terraform warns that it is deprecated).
  state_lock = "s3"
}
