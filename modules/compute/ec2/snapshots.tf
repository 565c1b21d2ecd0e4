resource "aws_dlm_lifecycle_policy" "this" {
  count = var.snapshots == null ? 0 : 1

  description        = "Snapshots of the volumes of ${var.name}"
  execution_role_arn = var.snapshots.role_arn
  state              = "ENABLED"
  tags               = var.tags

  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Name = var.name }

    schedule {
      name      = "regular"
      copy_tags = true

      create_rule {
        interval      = var.snapshots.interval_hours
        interval_unit = "HOURS"
        times         = [var.snapshots.start_time]
      }

      retain_rule {
        count = var.snapshots.keep
      }
    }
  }
}
