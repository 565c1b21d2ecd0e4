resource "aws_s3_account_public_access_block" "this" {
  count = var.s3_public_access_block ? 1 : 0

  account_id              = var.account_id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_iam_account_password_policy" "this" {
  count = var.password_policy == null ? 0 : 1

  minimum_password_length        = var.password_policy.minimum_length
  max_password_age               = var.password_policy.maximum_age_days
  password_reuse_prevention      = var.password_policy.remembered
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  # A locked-out user could only be let in by an administrator, who may be the one locked out.
  hard_expiry = false
}

resource "aws_ce_cost_allocation_tag" "this" {
  for_each = var.cost_allocation_tags

  tag_key = each.key
  status  = "Active"
}
