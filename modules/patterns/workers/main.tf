# Written down is what exists: a fleet is optional by not being in the map.
module "fleet" {
  source   = "../../compute/ec2"
  for_each = var.fleets

  name                  = "${var.name}-${each.key}"
  ami                   = each.value.ami
  instance_types        = each.value.instance_types
  capacity              = each.value.capacity
  spot                  = each.value.spot
  schedules             = each.value.schedules
  instance_profile_name = var.instance_profile_name
  kms_key_arn           = var.kms_key_arn
  security_group_ids    = var.security_group_ids
  subnet_ids            = var.subnet_ids
  snapshots             = each.value.snapshots_kept == null ? null : { role_arn = var.snapshot_role_arn, keep = each.value.snapshots_kept }
  tags                  = var.tags

  user_data = templatefile("${path.module}/start.sh.tftpl", {
    agent_parameter = module.agent[0].parameter_names["cloudwatch-agent"]
    script          = each.value.script
  })
}
