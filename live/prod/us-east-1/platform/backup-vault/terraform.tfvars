# What carries both tags is backed up: every unit tags what it makes with its own name (Module).
plans = {
  database = {
    selected_by_tags = { Environment = "prod", Module = "database" }
    rules = {
      daily  = { schedule = "cron(0 3 * * ? *)", keep_days = 35, copies = { copy = { keep_days = 35 } } }
      weekly = { schedule = "cron(0 4 ? * SUN *)", keep_days = 365 }
    }
  }
  sessions = {
    selected_by_tags = { Environment = "prod", Module = "sessions" }
    rules = {
      daily  = { schedule = "cron(0 3 * * ? *)", keep_days = 35, copies = { copy = { keep_days = 35 } } }
      weekly = { schedule = "cron(0 4 ? * SUN *)", keep_days = 365 }
    }
  }
  storage = {
    selected_by_tags = { Environment = "prod", Module = "storage" }
    rules = {
      daily  = { schedule = "cron(0 3 * * ? *)", keep_days = 35, copies = { copy = { keep_days = 35 } } }
      weekly = { schedule = "cron(0 4 ? * SUN *)", keep_days = 365 }
    }
  }
  tables = {
    selected_by_tags = { Environment = "prod", Module = "tables" }
    rules = {
      daily  = { schedule = "cron(0 3 * * ? *)", keep_days = 35, copies = { copy = { keep_days = 35 } } }
      weekly = { schedule = "cron(0 4 ? * SUN *)", keep_days = 365 }
    }
  }
}

# Governance mode: nobody deletes a backup before its time but who may take the lock away.
lock = { minimum_days = 7, maximum_days = 400 }
