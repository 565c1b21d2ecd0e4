# What carries both tags is backed up: every unit tags what it makes with its own name (Module).
plans = {
  database = {
    selected_by_tags = { Environment = "dev", Module = "database" }
    rules = {
      daily = { schedule = "cron(0 3 * * ? *)", keep_days = 7 }
    }
  }
  sessions = {
    selected_by_tags = { Environment = "dev", Module = "sessions" }
    rules = {
      daily = { schedule = "cron(0 3 * * ? *)", keep_days = 7 }
    }
  }
  storage = {
    selected_by_tags = { Environment = "dev", Module = "storage" }
    rules = {
      daily = { schedule = "cron(0 3 * * ? *)", keep_days = 7 }
    }
  }
  tables = {
    selected_by_tags = { Environment = "dev", Module = "tables" }
    rules = {
      daily = { schedule = "cron(0 3 * * ? *)", keep_days = 7 }
    }
  }
}

allow_destroy_with_backups = true # dev may be thrown away
