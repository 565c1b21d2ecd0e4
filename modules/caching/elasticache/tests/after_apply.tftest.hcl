# What a plan cannot show, because AWS gives it: addresses and ARNs.
mock_provider "aws" {}

variables {
  name               = "acme"
  subnet_ids         = ["subnet-1", "subnet-2"]
  security_group_ids = ["sg-1"]
  users              = { web = { access_string = "on ~* +@all" } }
}

run "without_cluster_mode_there_are_two_addresses" {
  assert {
    condition = alltrue([
      output.primary_endpoint == aws_elasticache_replication_group.this.primary_endpoint_address,
      output.reader_endpoint == aws_elasticache_replication_group.this.reader_endpoint_address,
      output.configuration_endpoint == null,
    ])
    error_message = "got ${jsonencode([output.primary_endpoint, output.reader_endpoint, output.configuration_endpoint])}"
  }

  assert {
    condition     = output.arn == aws_elasticache_replication_group.this.arn && output.user_arns == { web = aws_elasticache_user.this["web"].arn }
    error_message = "got ${jsonencode([output.arn, output.user_arns])}"
  }

  assert {
    condition     = output.alarm_arns == { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.arn } && length(output.alarm_arns) == 6
    error_message = "got ${jsonencode(output.alarm_arns)}"
  }
}

run "a_cluster_has_one_to_start_from" {
  variables { shards = 2 }

  assert {
    condition = alltrue([
      output.primary_endpoint == null,
      output.reader_endpoint == null,
      output.configuration_endpoint == aws_elasticache_replication_group.this.configuration_endpoint_address,
    ])
    error_message = "got ${jsonencode([output.primary_endpoint, output.reader_endpoint, output.configuration_endpoint])}"
  }
}
