# What a person asks for between two days: aws backup start-backup-job with this vault and this role (outputs).
plans = {
  database = {
    selected_by_tags = { Environment = "staging", System = "bookstore", Module = "database" }
    rules = {
      daily = {
        schedule  = "cron(0 3 * * ? *)"
        keep_days = 14
      }
    }
  }
  tables = {
    selected_by_tags = { Environment = "staging", System = "bookstore", Module = "tables" }
    rules = {
      daily = {
        schedule  = "cron(0 3 * * ? *)"
        keep_days = 14
      }
    }
  }
}

allow_destroy_with_backups = true # its contents are made up
