module "given" {
  source = "./prerequisites"
  name   = "acme-backup"
}

resource "aws_backup_vault" "copies" {
  name          = "acme-backup-copies"
  force_destroy = true
}

resource "aws_dynamodb_table" "named" {
  name         = "acme-backup-named"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

module "backup" {
  source = "./modules/storage/backup"

  name            = "acme-backup"
  kms_key_arn     = module.given.key_arn
  lock            = { minimum_days = 7 }
  topic           = { arn = module.given.topic_arn }
  copy_vault_arns = { second = aws_backup_vault.copies.arn }

  plans = {
    databases = {
      selected_by_tags = { Environment = "prod", Backup = "daily" }
      rules = {
        daily  = { schedule = "cron(0 3 * * ? *)", keep_days = 35, copies = { second = { keep_days = 35 } } }
        weekly = { schedule = "cron(0 4 ? * SUN *)", keep_days = 365, cold_after_days = 30 }
      }
    }
    named = {
      selected_arns = [aws_dynamodb_table.named.arn]
      rules         = { daily = { schedule = "cron(0 3 * * ? *)", keep_days = 35 } }
    }
  }
}
