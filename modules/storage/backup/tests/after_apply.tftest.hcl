# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/acme" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  name        = "acme-prod-platform"
  kms_key_arn = "arn:aws:kms:us-east-1:333333333333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  lock        = { minimum_days = 7 }

  plans = {
    databases = {
      selected_by_tags = { Environment = "prod", Backup = "daily" }
      rules = {
        daily = {
          schedule  = "cron(0 3 * * ? *)"
          keep_days = 35
          copies    = { west = { vault_arn = "arn:aws:backup:us-west-2:333333333333:backup-vault:acme-prod-platform", keep_days = 35 } }
        }
        weekly = { schedule = "cron(0 4 ? * SUN *)", keep_days = 365, cold_after_days = 30 }
      }
    }
  }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.plan_arns == { for key, plan in aws_backup_plan.this : key => plan.arn } && length(output.plan_arns) > 0
    error_message = "got ${jsonencode(output.plan_arns)}"
  }

  assert {
    condition     = output.vault_arn == aws_backup_vault.this.arn
    error_message = "got ${jsonencode(output.vault_arn)}"
  }
}
