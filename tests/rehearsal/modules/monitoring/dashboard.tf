module "dashboard" {
  source = "./modules/monitoring/dashboard"

  name        = "acme-dashboard"
  hours_shown = 12
  widgets = [
    { kind = "text", title = "Commerce", width = 24, height = 2, markdown = "# Commerce\nOrders from the shop." },
    {
      title  = "Calls and errors"
      width  = 12
      limits = { "too many" = 50 }
      metrics = [
        { namespace = "AWS/Lambda", name = "Invocations", dimensions = { FunctionName = "acme-dashboard-orders" } },
        { namespace = "AWS/Lambda", name = "Errors", dimensions = { FunctionName = "acme-dashboard-orders" }, axis = "right" },
      ]
    },
    { kind = "alarms", title = "Alarms", alarm_arns = ["arn:aws:cloudwatch:us-east-1:111111111111:alarm:acme-dashboard-errors"] },
    { kind = "logs", title = "Errors", width = 24, log_groups = ["/aws/lambda/acme-dashboard-orders"], query = "fields @timestamp, @message | limit 20" },
  ]
}
