hours_shown = 24
thresholds  = { api_4xx_percent = 50, api_latency_ms = 2000 } # tests ask for what is refused, too
