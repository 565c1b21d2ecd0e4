# What a plan cannot show, because AWS gives it: ARNs.
mock_provider "aws" {}

variables {
  name           = "acme"
  groups         = { faults = { filter_expression = "fault" } }
  sampling_rules = { orders = { priority = 100, fixed_rate = 0.5 } }
}

run "arns_come_out_by_key" {
  assert {
    condition     = output.group_arns == { faults = aws_xray_group.this["faults"].arn }
    error_message = "got ${jsonencode(output.group_arns)}"
  }

  assert {
    condition     = output.sampling_rule_arns == { orders = aws_xray_sampling_rule.this["orders"].arn }
    error_message = "got ${jsonencode(output.sampling_rule_arns)}"
  }
}
