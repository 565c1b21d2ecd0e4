module "given" {
  source = "./prerequisites"
  name   = "acme-canary"
}

resource "aws_s3_object" "code" {
  bucket  = module.given.log_bucket.name
  key     = "canaries/checkout.zip"
  content = "The embedded AWS stores the script and runs none."
}

module "checkout" {
  source = "./modules/monitoring/canary"

  name             = "acme-canary"
  role_arn         = module.given.role_arn
  runtime_version  = "syn-python-selenium-5.1"
  code             = { bucket_name = aws_s3_object.code.bucket, key = aws_s3_object.code.key, version_id = aws_s3_object.code.version_id }
  artifacts        = { bucket_name = module.given.log_bucket.name }
  environment      = { ADDRESS = "https://shop.example.com/checkout" }
  alarm_topic_arns = [module.given.topic_arn]
}
