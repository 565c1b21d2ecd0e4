module "given" {
  source = "./prerequisites"
  name   = "acme-alarms"
}

module "alarms" {
  source = "./modules/monitoring/alarms"

  name             = "acme-alarms"
  alarm_topic_arns = [module.given.topic_arn]
  alarms = {
    dead-letters = {
      description = "Orders wait in the dead-letter queue."
      threshold   = 0
      metric = {
        namespace  = "AWS/SQS"
        name       = "ApproximateNumberOfMessagesVisible"
        dimensions = { QueueName = "acme-alarms-orders-dlq" }
        statistic  = "Maximum"
      }
    }
    error-rate = {
      description = "More than 5 % of the calls failed."
      threshold   = 5
      notify      = false
      math = {
        expression = "100 * errors / MAX([errors, calls])"
        metrics = {
          errors = { namespace = "AWS/Lambda", name = "Errors", dimensions = { FunctionName = "acme-alarms-orders" } }
          calls  = { namespace = "AWS/Lambda", name = "Invocations", dimensions = { FunctionName = "acme-alarms-orders" } }
        }
      }
    }
    orders-unusual = {
      description = "Far fewer orders than at this hour on other days."
      comparison  = "below"
      anomaly     = { metric = { namespace = "acme/alarms", name = "OrdersPlaced" } }
    }
    orders-broken = {
      description = "Customers cannot order."
      composite   = { all_of = ["error-rate", "orders-unusual"] }
    }
  }
}
