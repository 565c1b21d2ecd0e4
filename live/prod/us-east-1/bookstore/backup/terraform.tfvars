# What a person asks for between two days: aws backup start-backup-job with this vault and this role (outputs).
plans = {
  database = {
    selected_by_tags = { Environment = "prod", System = "bookstore", Module = "database" }
    rules = {
      daily = {
        schedule  = "cron(0 3 * * ? *)"
        keep_days = 35
        copies    = { us-west-2 = { keep_days = 35 } }
      }
      weekly = { schedule = "cron(0 4 ? * SUN *)", keep_days = 365, cold_after_days = 30 }
    }
  }
  tables = {
    selected_by_tags = { Environment = "prod", System = "bookstore", Module = "tables" }
    rules = {
      daily = {
        schedule  = "cron(0 3 * * ? *)"
        keep_days = 35
        copies    = { us-west-2 = { keep_days = 35 } }
      }
      weekly = { schedule = "cron(0 4 ? * SUN *)", keep_days = 365, cold_after_days = 30 }
    }
  }
}

# Nobody but the privileged can delete a backup in its first week.
lock = { minimum_days = 7 }
