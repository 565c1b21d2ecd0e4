# Read without a call: every metric and log widget must name its region.
data "aws_region" "current" {}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({
    periodOverride = "inherit"
    start          = "-PT${var.hours_shown}H"
    # No x and y: CloudWatch then puts each widget at the next free place of its 24 columns, so a
    # widget more or less moves its followers and nothing has to be counted.
    widgets = local.widgets
  })
}
