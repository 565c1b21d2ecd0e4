module "given" {
  source = "./prerequisites"
  name   = "acme-s3"
}

# S3 asks whether it may send there when it is told to: the queue's policy stands before its ARN is known.
module "queues" {
  source = "./modules/messaging/sqs"

  name = "acme-s3"
  queues = {
    arrived = {
      policy_statements = {
        BucketTells = {
          actions    = ["SendMessage"]
          services   = ["s3.amazonaws.com"]
          conditions = { bucket = { test = "ArnEquals", variable = "aws:SourceArn", values = ["arn:aws:s3:::acme-s3-reports-111111111111"] } }
        }
      }
    }
  }
}

module "copies" {
  source = "./modules/storage/s3"

  name        = "acme-s3-copies-111111111111"
  access_log  = { bucket_name = module.given.log_bucket.name }
  object_lock = { retention_days = 1 }
}

module "reports" {
  source = "./modules/storage/s3"

  name                       = "acme-s3-reports-111111111111"
  kms_key_arn                = module.given.key_arn
  access_log                 = { bucket_name = module.given.log_bucket.name }
  allow_destroy_with_objects = true

  lifecycle_rules = {
    reports = {
      prefix          = "reports/"
      transition_days = { STANDARD_IA = 30 }
      expiration_days = 365
    }
  }
  cors_rules = { shop = { allowed_origins = ["https://shop.example.com"], allowed_methods = ["GET"] } }
  notifications = {
    eventbridge = true
    queues      = { arrived = { arn = module.queues.queue_arns["arrived"], events = ["s3:ObjectCreated:*"] } }
  }
  policy_statements = {
    Readers = { actions = ["s3:GetObject"], principal_arns = [module.given.role_arn], paths = ["*"] }
  }
}
