# Fields that the mailer fills: day, orders, revenue, link.
templates = {
  report-ready = {
    subject = "[staging] Orders of {{day}}"
    text    = <<-EOT
      {{orders}} orders were placed on {{day}}, revenue {{revenue}}.

      The report: {{link}}
    EOT
    html    = "<p>{{orders}} orders were placed on {{day}}, revenue {{revenue}}.</p><p><a href=\"{{link}}\">The report</a></p>"
  }
}

# Programs and chat rooms that want the message subscribe here: { finance = { protocol = "sqs", endpoint = "arn:..." } }
topics = { reports = { display_name = "Order reports" } }

mailer_settings = { report-mailer = { timeout_seconds = 30 } }

log_retention_days = 90
