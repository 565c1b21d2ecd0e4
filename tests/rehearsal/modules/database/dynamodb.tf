module "given" {
  source = "./prerequisites"
  name   = "acme-dynamodb"
}

module "orders" {
  source = "./modules/database/dynamodb"

  name                = "acme-dynamodb-orders"
  deletion_protection = false
  hash_key            = { name = "order_id", type = "S" }
  range_key           = { name = "line", type = "N" }
  kms_key_arn         = module.given.key_arn
  stream_view_type    = "NEW_IMAGE"
  ttl_attribute       = "expires_at"

  global_indexes = {
    by-day = {
      hash_key  = { name = "day", type = "S" }
      range_key = { name = "order_id", type = "S" }
    }
  }
  policy_statements = {
    Reporters = {
      actions        = ["dynamodb:Query"]
      principal_arns = [module.given.role_arn]
    }
  }
  tags = { System = "rehearsal" }
}

module "sessions" {
  source = "./modules/database/dynamodb"

  name                = "acme-dynamodb-sessions"
  deletion_protection = false
  hash_key            = { name = "session_id", type = "S" }
  provisioned         = { read = { minimum = 1, maximum = 10 }, write = { minimum = 1, maximum = 5 } }
}
