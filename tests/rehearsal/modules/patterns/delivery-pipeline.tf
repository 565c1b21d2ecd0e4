module "given" {
  source = "./prerequisites"
  name   = "acme-delivery"
}

module "delivery" {
  source = "./modules/patterns/delivery-pipeline"

  name              = "acme-delivery"
  account_id        = module.given.account_id
  access_log        = { bucket_name = module.given.log_bucket.name }
  kms_key_arn       = module.given.key_arn
  source_repository = { name = "acme/storefront", paths = ["services/**", "frontend/**"] }

  projects = {
    cart = {
      description = "Builds, tests and pushes the image of cart"
      docker = {
        repository_url = "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme-delivery/cart"
        context        = "services/cart"
        dockerfile     = "services/cart/Dockerfile"
      }
    }
    pages = {
      description = "Builds the pages"
      buildspec   = "frontend/buildspec.yml"
    }
  }

  stages = [
    {
      name = "Build"
      actions = [
        { kind = "build", name = "Cart", project = "cart" },
        { kind = "build", name = "Pages", project = "pages", output = "pages" },
      ]
    },
    { name = "Approve", actions = [{ kind = "approve", name = "Look", message = "Read what changes.", topic = { arn = module.given.topic_arn } }] },
    {
      name    = "Publish"
      actions = [{ kind = "sync", name = "Pages", input = "pages", bucket_name = module.given.log_bucket.name }]
    },
  ]
  notification_topic_arns = [module.given.topic_arn]
}
