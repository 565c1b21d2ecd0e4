module "policies" {
  source = "./modules/security/iam-policy"

  name = "acme-roles"

  policies = {
    read-orders = {
      description = "Reads the orders table"
      statements = {
        ReadOrders = {
          actions   = ["dynamodb:GetItem", "dynamodb:Query"]
          resources = ["arn:aws:dynamodb:us-east-1:111111111111:table/acme-roles-orders"]
        }
      }
    }
  }
}

module "roles" {
  source = "./modules/security/iam-role"

  name = "acme-roles"

  roles = {
    order-writer = {
      description = "Stores orders"
      trust = {
        services   = ["lambda.amazonaws.com"]
        conditions = { StringEquals = { "aws:SourceAccount" = ["111111111111"] } }
      }
      managed_policy_arns = { read-orders = module.policies.policy_arns["read-orders"] }
      statements = {
        StoreOrder = {
          actions   = ["dynamodb:PutItem"]
          resources = ["arn:aws:dynamodb:us-east-1:111111111111:table/acme-roles-orders"]
        }
      }
    }
    worker = {
      description      = "Runs on instances"
      trust            = { services = ["ec2.amazonaws.com"] }
      instance_profile = true
    }
  }
}
