module "given" {
  source = "./prerequisites"
  name   = "acme-registry"
}

module "images" {
  source = "./modules/compute/container-registry"

  name        = "acme-registry"
  kms_key_arn = module.given.key_arn
  repositories = {
    product = {}
    cart    = { keep_by_tag_prefix = { v = 10, main- = 5 } }
  }
  pull_account_ids = ["222222222222"]
  replication_destinations = {
    second-region = { account_id = module.given.account_id, region = "us-west-2" }
  }
}
