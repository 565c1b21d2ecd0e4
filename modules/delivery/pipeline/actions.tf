locals {
  kinds = {
    approve = { category = "Approval", provider = "Manual" }
    build   = { category = "Build", provider = "CodeBuild" }
    invoke  = { category = "Invoke", provider = "Lambda" }
    sync    = { category = "Deploy", provider = "S3" }
  }

  actions = merge([for stage in var.stages : { for action in stage.actions : "${stage.name}/${action.name}" => action }]...)

  _all = {
    for key, action in local.actions : key => {
      approve = { CustomData = action.message, ExternalEntityLink = action.link, NotificationArn = one(action.topic[*].arn) }
      build = {
        ProjectName          = action.project_name
        EnvironmentVariables = length(action.variables) == 0 ? null : jsonencode([for name, value in action.variables : { name = name, type = "PLAINTEXT", value = value }])
      }
      invoke = { FunctionName = action.function_name, UserParameters = length(action.variables) == 0 ? null : jsonencode(action.variables) }
      sync   = { BucketName = action.bucket_name, Extract = "true", ObjectKey = action.key_prefix }
    }[action.kind]
  }

  # The API takes no empty values.
  configurations = { for key, configuration in local._all : key => { for name, value in configuration : name => value if value != null } }
}
