# What carries both tags is backed up: every unit tags what it makes with its own name (Module).
plans = {
  database = {
    selected_by_tags = { Environment = "staging", Module = "database" }
    rules = {
      daily = { schedule = "cron(0 3 * * ? *)", keep_days = 14 }
    }
  }
  sessions = {
    selected_by_tags = { Environment = "staging", Module = "sessions" }
    rules = {
      daily = { schedule = "cron(0 3 * * ? *)", keep_days = 14 }
    }
  }
  storage = {
    selected_by_tags = { Environment = "staging", Module = "storage" }
    rules = {
      daily = { schedule = "cron(0 3 * * ? *)", keep_days = 14 }
    }
  }
  tables = {
    selected_by_tags = { Environment = "staging", Module = "tables" }
    rules = {
      daily = { schedule = "cron(0 3 * * ? *)", keep_days = 14 }
    }
  }
}
