services = {
  fulfilment = {
    port        = 8080
    spot_weight = 3
    task        = { cpu = 256, memory_mb = 512 }
    scaling = {
      minimum = 1
      maximum = 2
      schedules = {
        night   = { expression = "cron(0 20 ? * MON-FRI *)", minimum = 0, maximum = 0 } # nobody tests at night
        morning = { expression = "cron(0 6 ? * MON-FRI *)", minimum = 1, maximum = 2 }
      }
    }
  }
}

allow_destroy_with_images = true # built again from their sources
log_retention_days        = 90
