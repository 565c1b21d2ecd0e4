services = {
  fulfilment = {
    port        = 8080
    spot_weight = 1 # half of what comes beyond the first task
    task        = { cpu = 512, memory_mb = 1024 }
    scaling     = { minimum = 2, maximum = 8 }
  }
}

log_retention_days = 365
