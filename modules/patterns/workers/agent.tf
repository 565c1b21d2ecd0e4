# EC2 itself sees no memory and no disk: the CloudWatch agent reports both, by this document, which it reads at its start.
module "agent" {
  source = "../../security/secret"
  count  = length(var.fleets) > 0 ? 1 : 0

  name    = var.name
  secrets = {}
  parameters = {
    cloudwatch-agent = {
      description = "What the CloudWatch agent of every worker reports"
      value       = jsonencode(local.agent)
    }
  }
  tags = var.tags
}

locals {
  agent = {
    agent = { metrics_collection_interval = 60, run_as_user = "cwagent" }
    metrics = {
      namespace         = var.name
      append_dimensions = { AutoScalingGroupName = "$${aws:AutoScalingGroupName}" }
      # Alarms watch a group, whose instances come and go.
      aggregation_dimensions = [["AutoScalingGroupName"]]
      metrics_collected = {
        mem  = { measurement = ["mem_used_percent"] }
        disk = { measurement = ["used_percent"], resources = ["/"], drop_device = true }
      }
    }
  }
}
