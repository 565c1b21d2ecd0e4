data "aws_region" "current" {}

# The tag that runs. Deploying writes it here (outside Terraform), and the next plan reads it from here: an apply
# neither undoes a deployment nor needs to know of it.
resource "aws_ssm_parameter" "image_tag" {
  name           = "/${var.name}/image-tag"
  description    = "Image tag that ${var.name} runs; written by whoever deploys."
  type           = "String"
  insecure_value = var.initial_image_tag
  tags           = var.tags

  lifecycle {
    # After the first apply the value belongs to the deployment.
    ignore_changes = [insecure_value]
  }
}

locals {
  log = { for stream in concat([local.container], keys(local.sidecars)) : stream => {
    logDriver = "awslogs"
    options = {
      awslogs-group         = aws_cloudwatch_log_group.this.name
      awslogs-region        = data.aws_region.current.name
      awslogs-stream-prefix = stream
      # A log that cannot be written must not stop the service.
      mode            = "non-blocking"
      max-buffer-size = "25m"
    }
  } }

  # The agent behind execute-command writes here, also where the root is read-only.
  _agent_paths   = var.allow_execute_command ? ["/var/lib/amazon", "/var/log/amazon"] : []
  writable_paths = { for path in setunion(var.container.writable_paths, local._agent_paths) : trim(replace(path, "/[^a-zA-Z0-9]+/", "-"), "-") => path }

  app = {
    name                   = local.container
    image                  = "${var.container.image}:${coalesce(var.pinned_image_tag, aws_ssm_parameter.image_tag.insecure_value)}"
    essential              = true
    command                = var.container.command
    user                   = var.container.user
    readonlyRootFilesystem = !var.container.allow_writable_root
    environment            = [for key in sort(keys(var.container.environment)) : { name = key, value = var.container.environment[key] }]
    secrets                = [for key in sort(keys(var.container.secret_arns)) : { name = key, valueFrom = var.container.secret_arns[key] }]
    portMappings           = [{ containerPort = var.container.port, hostPort = var.container.port, protocol = "tcp" }]
    mountPoints            = [for volume, path in local.writable_paths : { sourceVolume = volume, containerPath = path, readOnly = false }]
    linuxParameters        = { initProcessEnabled = true } # reaps what execute-command leaves behind
    stopTimeout            = var.container.stop_timeout_seconds
    logConfiguration       = local.log[local.container]
    healthCheck = var.container.health_command == null ? null : {
      command     = ["CMD-SHELL", var.container.health_command]
      interval    = 30
      timeout     = 5
      retries     = 3
      startPeriod = 30
    }
  }

  companions = [for name, sidecar in local.sidecars : {
    name                   = name
    image                  = sidecar.image
    essential              = sidecar.essential
    command                = sidecar.command
    cpu                    = sidecar.cpu
    memoryReservation      = sidecar.memory_mb
    readonlyRootFilesystem = true
    environment            = [for key in sort(keys(sidecar.environment)) : { name = key, value = sidecar.environment[key] }]
    portMappings           = [for port in sidecar.ports : { containerPort = port.number, hostPort = port.number, protocol = port.protocol }]
    logConfiguration       = local.log[name]
  }]
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.task.cpu
  memory                   = var.task.memory_mb
  execution_role_arn       = var.execution_role_arn
  task_role_arn            = var.task_role_arn
  tags                     = var.tags

  container_definitions = jsonencode(concat([local.app], local.companions))

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.task.architecture
  }

  ephemeral_storage {
    size_in_gib = var.task.scratch_gb
  }

  dynamic "volume" {
    for_each = local.writable_paths
    content {
      name = volume.key
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/ecs/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}
