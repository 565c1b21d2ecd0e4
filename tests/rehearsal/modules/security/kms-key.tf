module "keys" {
  source = "./modules/security/kms-key"

  name       = "acme-keys"
  account_id = "111111111111"

  keys = {
    logs = {
      description = "CloudWatch log groups"
      services = {
        "logs.us-east-1.amazonaws.com" = {
          actions = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
          conditions = {
            ArnLike = { "kms:EncryptionContext:aws:logs:arn" = ["arn:aws:logs:us-east-1:111111111111:*"] }
          }
        }
      }
    }
    dnssec = {
      description     = "Zones"
      signs_dns_zones = true
    }
    messaging = {
      description = "Topics and queues"
      services    = { "events.amazonaws.com" = {}, "cloudwatch.amazonaws.com" = {} }
    }
  }
}
