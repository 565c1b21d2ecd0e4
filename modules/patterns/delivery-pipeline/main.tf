# What stages hand on to each other: code of a customer's shop, so encrypted, recorded and short-lived.
module "artifacts" {
  source = "../../storage/s3"

  name                       = local.bucket_name
  access_log                 = var.access_log
  kms_key_arn                = var.kms_key_arn
  allow_destroy_with_objects = true # a run of the pipeline makes them again
  lifecycle_rules            = { artifacts = { expiration_days = var.artifact_retention_days } }
  noncurrent_expiration_days = 1
  tags                       = var.tags
}

module "project" {
  source   = "../../delivery/container-build"
  for_each = var.projects

  name               = "${var.name}-${each.key}"
  description        = each.value.description
  role_arn           = module.roles.role_arns[each.key]
  buildspec          = each.value.buildspec
  docker             = each.value.docker
  environment        = each.value.environment
  machine            = each.value.machine
  timeout_minutes    = each.value.timeout_minutes
  kms_key_arn        = var.kms_key_arn
  log_kms_key_arn    = var.log_kms_key_arn
  log_retention_days = var.log_retention_days
  tags               = var.tags
}

module "pipeline" {
  source = "../../delivery/pipeline"

  name                    = var.name
  role_arn                = module.roles.role_arns["pipeline"]
  artifact_bucket_name    = module.artifacts.bucket_name
  kms_key_arn             = var.kms_key_arn
  notification_topic_arns = var.notification_topic_arns
  source_repository       = var.source_repository
  tags                    = var.tags

  stages = [
    for stage in var.stages : {
      name = stage.name
      actions = [for action in stage.actions : {
        kind         = action.kind
        name         = action.name
        bucket_name  = action.bucket_name
        input        = action.input
        key_prefix   = action.key_prefix
        link         = action.link
        message      = action.message
        output       = action.output
        project_name = action.project == null ? null : module.project[action.project].project_name
        run_order    = action.run_order
        topic        = action.topic
        variables    = action.variables
      }]
    }
  ]
}
