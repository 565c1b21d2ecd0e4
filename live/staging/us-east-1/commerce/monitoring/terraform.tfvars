hours_shown = 24

# The request tests send bad requests on purpose.
thresholds = { api_4xx_percent = 80, api_latency_ms = 1500 }
