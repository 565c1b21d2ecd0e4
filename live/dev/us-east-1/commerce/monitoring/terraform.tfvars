hours_shown = 3 # what happened since the last change

# Nobody is woken for dev, so only what is broken rings.
thresholds = { api_4xx_percent = 90, api_5xx_percent = 50, api_latency_ms = 5000 }
