hours_shown = 24

thresholds = {
  api_4xx_percent        = 20
  api_5xx_percent        = 1
  api_latency_ms         = 500 # a page that takes longer loses customers
  api_unusual_band_width = 3
}

alarms = {
  shop-closed = {
    description = "Customers cannot fill their carts: the API fails, or its function does."
    composite   = { any_of = ["shop-5xx", "session-store-errors", "session-store-throttles"] }
  }
}
