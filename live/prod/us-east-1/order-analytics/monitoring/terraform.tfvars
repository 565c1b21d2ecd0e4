hours_shown = 24

# A cold start in the VPC takes 600 ms; one request in twenty may be one, not slower.
thresholds = {
  api_4xx_percent        = 20
  api_5xx_percent        = 1
  api_latency_ms         = 1000
  api_unusual_band_width = 3
  iterator_age_seconds   = 120
}

alarms = {
  orders-not-taken = {
    description = "Customers cannot place orders: the API fails, or its function does."
    composite   = { any_of = ["orders-5xx", "order-processor-errors", "order-processor-throttles"] }
  }
  orders-not-passed-on = {
    description = "Orders are stored and nobody hears of them: events are late or set aside."
    composite   = { any_of = ["order-events-dead-letters", "order-events-iterator-age"] }
  }
}
