# Who is mailed stands in env.hcl (alert_emails), what may publish in live/_units/platform/alerts.hcl.
