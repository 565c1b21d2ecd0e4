# The roles of what is no container: functions, the API that calls one of them, and who administers the search.
# Names are known before the resources exist (live/context.hcl), so roles come first and nothing is granted widely.
terraform { source = "${get_repo_root()}/modules//security/iam-role" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  name    = local.context.name
  region  = local.context.region
  here    = "${local.context.region}:${local.context.account_id}"

  tables_arn = "arn:aws:dynamodb:${local.here}:table/${local.name}"
  queues_arn = "arn:aws:sqs:${local.here}:${local.name}"
  images_arn = "arn:aws:s3:::${local.name}-images-${local.context.account_id}"

  functions = {
    audit-writer  = "Writes an audit record for every changed review and every event on the bus"
    image-resizer = "Makes the sizes of a picture that was uploaded"
    image-uploads = "Lets a caller of the API upload one picture"
  }

  every_function = { for function in keys(local.functions) : function => {
    WriteOwnLog = {
      actions                  = ["logs:CreateLogStream", "logs:PutLogEvents"]
      resources                = ["arn:aws:logs:${local.here}:log-group:/aws/lambda/${local.name}-${function}:*"]
      allow_wildcard_resources = "Lambda names the streams of the function's own group at run time."
    }
    SendTraces = {
      actions                  = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
      resources                = ["*"]
      allow_wildcard_resources = "X-Ray has no resource-level permissions for writing traces."
    }
  } }

  poll = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
}

dependency "keys" {
  config_path                             = "${get_terragrunt_dir()}/../keys"
  mock_outputs                            = { key_arns = { data = "arn:aws:kms:us-east-1:000000000000:key/mock-data" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "platform_keys" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs                            = { key_arns = { messaging = "arn:aws:kms:us-east-1:000000000000:key/mock-messaging" } }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  roles = merge(
    { for function, description in local.functions : function => {
      description = description
      trust       = { services = ["lambda.amazonaws.com"] }
      statements = merge(local.every_function[function], {
        audit-writer = {
          ReadChangesOfReviews = {
            actions                  = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"]
            resources                = ["${local.tables_arn}-reviews/stream/*"]
            allow_wildcard_resources = "A stream's ARN ends with the time at which it was switched on, which nobody knows ahead."
          }
          # Written once and never changed: the function itself could not rewrite history.
          WriteAuditRecords = { actions = ["dynamodb:PutItem"], resources = ["${local.tables_arn}-audit-logs"] }
          TakeEvents        = { actions = local.poll, resources = ["${local.queues_arn}-audit"] }
          SetFailuresAside  = { actions = ["sqs:SendMessage"], resources = ["${local.queues_arn}-audit-failures"] }
          UseDataKey = {
            actions    = ["kms:Decrypt", "kms:GenerateDataKey"]
            resources  = [dependency.keys.outputs.key_arns["data"]]
            conditions = { StringEquals = { "kms:ViaService" = ["dynamodb.${local.region}.amazonaws.com"] } }
          }
          UseMessagingKey = {
            actions    = ["kms:Decrypt", "kms:GenerateDataKey"]
            resources  = [dependency.platform_keys.outputs.key_arns["messaging"]]
            conditions = { StringEquals = { "kms:ViaService" = ["sqs.${local.region}.amazonaws.com"] } }
          }
        }
        image-resizer = {
          ReadOriginals = {
            actions                  = ["s3:GetObject"]
            resources                = ["${local.images_arn}/originals/*"]
            allow_wildcard_resources = "A picture's key holds its id; the prefix is what is granted."
          }
          WriteSizes = {
            actions                  = ["s3:PutObject"]
            resources                = ["${local.images_arn}/sizes/*"]
            allow_wildcard_resources = "A picture's key holds its id; the prefix is what is granted."
          }
          TakeUploads = { actions = local.poll, resources = ["${local.queues_arn}-images"] }
          UseDataKey = {
            actions    = ["kms:Decrypt", "kms:GenerateDataKey"]
            resources  = [dependency.keys.outputs.key_arns["data"]]
            conditions = { StringEquals = { "kms:ViaService" = ["s3.${local.region}.amazonaws.com"] } }
          }
          UseMessagingKey = {
            actions    = ["kms:Decrypt"]
            resources  = [dependency.platform_keys.outputs.key_arns["messaging"]]
            conditions = { StringEquals = { "kms:ViaService" = ["sqs.${local.region}.amazonaws.com"] } }
          }
        }
        image-uploads = {
          # A presigned upload can do what its signer can, and no more.
          PutOriginals = {
            actions                  = ["s3:PutObject"]
            resources                = ["${local.images_arn}/originals/*"]
            allow_wildcard_resources = "A picture's key holds its id; the prefix is what is granted."
          }
          UseDataKey = {
            actions    = ["kms:Decrypt", "kms:GenerateDataKey"]
            resources  = [dependency.keys.outputs.key_arns["data"]]
            conditions = { StringEquals = { "kms:ViaService" = ["s3.${local.region}.amazonaws.com"] } }
          }
        }
      }[function])
    } },
    {
      # The API names this role in its integration, so the function needs no permission for an API whose id is not known yet.
      api = {
        description = "Calls the function behind POST /images"
        trust       = { services = ["apigateway.amazonaws.com"] }
        statements = {
          CallImageUploads = {
            actions   = ["lambda:InvokeFunction"]
            resources = ["arn:aws:lambda:${local.here}:function:${local.name}-image-uploads:live"]
          }
        }
      }
      # Maps every other role to what it may do inside the domain; people of this account assume it, with a second factor.
      search-master = {
        description = "Master user of the search domain"
        trust = {
          accounts   = [local.context.account_id]
          conditions = { Bool = { "aws:MultiFactorAuthPresent" = ["true"] } }
        }
        statements = {
          AdministerSearch = {
            actions                  = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"]
            resources                = ["arn:aws:es:${local.here}:domain/${local.name}/*"]
            allow_wildcard_resources = "Every path of this one domain is what its master user administers."
          }
        }
      }
    },
  )
}
