# Order matters, because a generated password is new on every run and kept nowhere: it is written first and read back, and
# the instance and the connection take what was read. A run that is killed between two of these writes heals on the next.
ephemeral "aws_secretsmanager_random_password" "this" {
  # Tied to the secret: nothing is drawn, and AWS not asked, before there is one.
  password_length            = aws_secretsmanager_secret.password.arn == "" ? 0 : 32
  exclude_characters         = "/@\"' \\" # RDS refuses the first four and the space; a backslash breaks shells
  require_each_included_type = true
}

resource "aws_secretsmanager_secret" "password" {
  name                    = "${var.name}-password"
  description             = "Password of ${var.username} of ${var.name}"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.secret_recovery_window_days
  tags                    = var.tags
}

resource "aws_secretsmanager_secret_version" "password" {
  secret_id                = aws_secretsmanager_secret.password.id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.this.random_password
  secret_string_wo_version = var.password_version

  lifecycle {
    create_before_destroy = true
  }
}

ephemeral "aws_secretsmanager_secret_version" "password" {
  secret_id = aws_secretsmanager_secret_version.password.secret_id
}

# What an application needs to connect, as parts and as one URL.
resource "aws_secretsmanager_secret" "connection" {
  name                    = "${var.name}-connection"
  description             = "Connection to ${var.name}: parts and DATABASE_URL"
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = var.secret_recovery_window_days
  tags                    = var.tags
}

locals {
  connection = {
    engine   = "postgres"
    host     = aws_rds_cluster.this.endpoint
    readers  = aws_rds_cluster.this.reader_endpoint
    port     = aws_rds_cluster.this.port
    dbname   = var.database_name
    username = var.username
  }
}

resource "aws_secretsmanager_secret_version" "connection" {
  secret_id = aws_secretsmanager_secret.connection.id
  secret_string_wo = jsonencode(merge(local.connection, {
    password = ephemeral.aws_secretsmanager_secret_version.password.secret_string
    DATABASE_URL = format(
      "postgresql://%s:%s@%s:%d/%s?sslmode=require",
      urlencode(var.username),
      urlencode(ephemeral.aws_secretsmanager_secret_version.password.secret_string),
      local.connection.host,
      local.connection.port,
      var.database_name,
    )
  }))
  # Another password and another address both write another version.
  secret_string_wo_version = parseint(substr(sha1(jsonencode([local.connection, var.password_version])), 0, 7), 16)

  lifecycle {
    create_before_destroy = true
  }
}
