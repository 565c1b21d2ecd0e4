# One role a function. Each names the one table, bucket prefix, bus or identity that its function needs, by names that
# are known before those exist (live/context.hcl), so that roles come first and nothing is granted widely "for now".
terraform { source = "${get_repo_root()}/modules//security/iam-role" }

locals {
  context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals
  name    = local.context.name
  region  = local.context.region
  here    = "${local.context.region}:${local.context.account_id}"

  table_arn = "arn:aws:dynamodb:${local.here}:table/${local.name}-orders"

  descriptions = {
    order-processor  = "Stores and reads single orders"
    order-events     = "Reads the change stream of the orders and publishes OrderPlaced"
    report-generator = "Reads the orders of a day, writes the report and publishes ReportReady"
    report-mailer    = "Mails the link of a report and publishes it to the topic"
  }
  vpc_functions = ["order-processor", "report-generator"]

  # An address may be verified by itself or by its domain.
  recipients = distinct(flatten([for address in local.context.alert_emails : [address, split("@", address)[1]]]))

  interface_actions = [
    "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
  ]

  every_function = { for function in keys(local.descriptions) : function => {
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

  # Called by events, nobody waits for their answer: what fails is set aside. order-processor answers its caller instead.
  every_background_function = { for function in ["order-events", "report-generator", "report-mailer"] : function => {
    SetFailuresAside = {
      actions   = ["sqs:SendMessage"]
      resources = ["arn:aws:sqs:${local.here}:${local.name}-${function}-dlq"]
    }
  } }

  # https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
  every_vpc_function = { for function in local.vpc_functions : function => {
    AttachToVpc = {
      actions                  = local.interface_actions
      resources                = ["*"]
      allow_wildcard_resources = "Lambda attaches functions to a VPC with interfaces that have no ARN yet; describing has no resource level."
    }
    # The permissions above are Lambda's, not the code's: without this the function itself could make interfaces.
    DenyAttachByOwnCode = {
      effect     = "Deny"
      actions    = local.interface_actions
      resources  = ["*"]
      conditions = { ArnEquals = { "lambda:SourceFunctionArn" = ["arn:aws:lambda:${local.here}:function:${local.name}-${function}"] } }
    }
  } }
}

dependency "foundation" {
  config_path                             = "${get_terragrunt_dir()}/../foundation"
  mock_outputs                            = { vpc_id = "vpc-00000000000000000" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

dependency "keys" {
  config_path = "${get_terragrunt_dir()}/../../platform/kms"
  mock_outputs = {
    key_arns = {
      data      = "arn:aws:kms:us-east-1:000000000000:key/mock-data"
      messaging = "arn:aws:kms:us-east-1:000000000000:key/mock-messaging"
    }
  }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}

inputs = {
  roles = { for function, description in local.descriptions : function => {
    description = description
    trust       = { services = ["lambda.amazonaws.com"] }

    statements = merge(
      local.every_function[function],
      lookup(local.every_vpc_function, function, {}),
      lookup(local.every_background_function, function, {}),
      { for sid, statement in {
        UseMessagingKey = {
          actions    = ["kms:Decrypt", "kms:GenerateDataKey"]
          resources  = [dependency.keys.outputs.key_arns["messaging"]]
          conditions = { StringEquals = { "kms:ViaService" = ["sns.${local.region}.amazonaws.com", "sqs.${local.region}.amazonaws.com"] } }
        }
      } : sid => statement if contains(keys(local.every_background_function), function) },
      {
        order-processor = {
          StoreAndReadOrders = {
            actions    = ["dynamodb:GetItem", "dynamodb:PutItem"]
            resources  = [local.table_arn]
            conditions = { StringEquals = { "aws:SourceVpc" = [dependency.foundation.outputs.vpc_id] } }
          }
          UseDataKey = {
            actions    = ["kms:Decrypt", "kms:GenerateDataKey"]
            resources  = [dependency.keys.outputs.key_arns["data"]]
            conditions = { StringEquals = { "kms:ViaService" = ["dynamodb.${local.region}.amazonaws.com"] } }
          }
        }
        order-events = {
          ReadOrderChanges = {
            actions                  = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"]
            resources                = ["${local.table_arn}/stream/*"]
            allow_wildcard_resources = "A stream's ARN ends with the time at which it was switched on, which nobody knows ahead."
          }
          UseDataKey = {
            actions    = ["kms:Decrypt"]
            resources  = [dependency.keys.outputs.key_arns["data"]]
            conditions = { StringEquals = { "kms:ViaService" = ["dynamodb.${local.region}.amazonaws.com"] } }
          }
          PublishOrderPlaced = {
            actions   = ["events:PutEvents"]
            resources = ["arn:aws:events:${local.here}:event-bus/${local.name}"]
            conditions = { StringEquals = {
              "events:source"      = ["${local.context.project}.orders"]
              "events:detail-type" = ["OrderPlaced"]
            } }
          }
        }
        report-generator = {
          ReadOrdersOfADay = {
            actions    = ["dynamodb:Query"]
            resources  = ["${local.table_arn}/index/by-day"]
            conditions = { StringEquals = { "aws:SourceVpc" = [dependency.foundation.outputs.vpc_id] } }
          }
          WriteReports = {
            actions                  = ["s3:PutObject"]
            resources                = ["arn:aws:s3:::${local.name}-reports-${local.context.account_id}/reports/*"]
            allow_wildcard_resources = "A report's key holds its day; the prefix is what is granted."
            conditions               = { StringEquals = { "aws:SourceVpc" = [dependency.foundation.outputs.vpc_id] } }
          }
          UseDataKey = {
            actions    = ["kms:Decrypt", "kms:GenerateDataKey"]
            resources  = [dependency.keys.outputs.key_arns["data"]]
            conditions = { StringEquals = { "kms:ViaService" = ["dynamodb.${local.region}.amazonaws.com", "s3.${local.region}.amazonaws.com"] } }
          }
          PublishReportReady = {
            actions   = ["events:PutEvents"]
            resources = ["arn:aws:events:${local.here}:event-bus/${local.name}"]
            conditions = { StringEquals = {
              "events:source"      = ["${local.context.project}.orders"]
              "events:detail-type" = ["ReportReady"]
            } }
          }
        }
        report-mailer = {
          # A templated mail is checked against the identity, the template and the configuration set it goes through.
          MailReports = {
            actions = ["ses:SendEmail", "ses:SendTemplatedEmail"]
            resources = [
              "arn:aws:ses:${local.here}:configuration-set/${local.name}",
              "arn:aws:ses:${local.here}:identity/${local.context.domain}",
              "arn:aws:ses:${local.here}:template/${local.name}-report-ready",
            ]
          }
          # As long as the account is in the SES sandbox, a mail is checked against its recipients' identities too.
          MailVerifiedRecipients = {
            actions    = ["ses:SendEmail", "ses:SendTemplatedEmail"]
            resources  = [for recipient in local.recipients : "arn:aws:ses:${local.here}:identity/${recipient}"]
            conditions = { StringEquals = { "ses:FromAddress" = ["reports@${local.context.domain}"] } }
          }
          PublishReports = {
            actions   = ["sns:Publish"]
            resources = ["arn:aws:sns:${local.here}:${local.name}-reports"]
          }
        }
      }[function],
    )
  } }
}
