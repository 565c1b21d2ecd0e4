hours_shown = 24

thresholds = {
  api_4xx_percent        = 20
  api_5xx_percent        = 1
  api_latency_ms         = 1000
  api_unusual_band_width = 3
  iterator_age_seconds   = 120
}

alarms = {
  audit-incomplete = {
    description = "Something happened and left no audit record: changes or events were set aside, or are late."
    composite   = { any_of = ["audit-dead-letters", "audit-failures-dead-letters", "audit-writer-iterator-age"] }
  }
  customers-turned-away = {
    description = "Customers get errors or no answer from the API."
    composite   = { any_of = ["bookstore-5xx", "bookstore-latency"] }
  }
}
