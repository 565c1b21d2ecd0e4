# What a plan cannot show, because AWS gives it: ARNs, ids and addresses.
mock_provider "aws" {}

variables {
  name                  = "acme-dev-commerce-workers"
  ami                   = { parameter_name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64" }
  instance_types        = ["t4g.small", "t4g.medium"]
  instance_profile_name = "acme-dev-commerce-workers"
  security_group_ids    = ["sg-0a1b2c3d4e5f60001"]
  subnet_ids            = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]

  capacity     = { minimum = 1, maximum = 4 }
  spot         = { on_demand_base = 1, on_demand_percent = 0 }
  data_volumes = { "/dev/sdf" = { size_gb = 50 } }
  schedules = {
    evening = { recurrence = "0 20 * * 1-5", minimum = 0, maximum = 0, timezone = "Europe/Berlin" }
    morning = { recurrence = "0 7 * * 1-5", minimum = 1, maximum = 4, timezone = "Europe/Berlin" }
  }
  snapshots = { role_arn = "arn:aws:iam::111111111111:role/acme-dev-commerce-snapshots" }
  tags      = { System = "commerce", Module = "workers" }
}

run "what_aws_gives_comes_out" {
  assert {
    condition     = output.group_arn == aws_autoscaling_group.this.arn
    error_message = "got ${jsonencode(output.group_arn)}"
  }

  assert {
    condition     = output.launch_template_id == aws_launch_template.this.id
    error_message = "got ${jsonencode(output.launch_template_id)}"
  }

  assert {
    condition     = output.launch_template_version == aws_launch_template.this.latest_version
    error_message = "got ${jsonencode(output.launch_template_version)}"
  }
}
