module "given" {
  source = "./prerequisites"
  name   = "acme-pipeline"
}

module "build" {
  source = "./modules/delivery/container-build"

  name        = "acme-pipeline-build"
  role_arn    = module.given.role_arn
  kms_key_arn = module.given.key_arn
  buildspec   = "buildspec.yml"
}

resource "aws_codestarconnections_connection" "given" {
  name          = "acme-given"
  provider_type = "GitHub"
}

module "pipeline" {
  source = "./modules/delivery/pipeline"

  name                 = "acme-pipeline"
  role_arn             = module.given.role_arn
  artifact_bucket_name = module.given.log_bucket.name
  kms_key_arn          = module.given.key_arn
  source_repository    = { name = "acme/shop", paths = ["services/**"], connection = { arn = aws_codestarconnections_connection.given.arn } }
  stages = [
    { name = "Build", actions = [{ kind = "build", name = "Images", project_name = module.build.project_name, output = "images" }] },
    { name = "Approve", actions = [{ kind = "approve", name = "Look", message = "Read the plan before it is applied.", topic = { arn = module.given.topic_arn } }] },
    {
      name = "Publish"
      actions = [
        { kind = "sync", name = "Files", bucket_name = module.given.log_bucket.name },
        { kind = "invoke", name = "Invalidate", function_name = "acme-pipeline-invalidate", run_order = 2, variables = { paths = "/*" } },
      ]
    },
  ]
  notification_topic_arns = [module.given.topic_arn]
}
