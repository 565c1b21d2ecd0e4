module "queries" {
  source = "./modules/monitoring/queries"

  name = "acme-queries"
  queries = {
    errors = {
      log_group_names = ["/aws/lambda/acme-queries-orders"]
      query           = <<-EOT
        fields @timestamp, level, message, correlation_id
        | filter level = 'ERROR'
        | sort @timestamp desc
        | limit 100
      EOT
    }
  }
}
