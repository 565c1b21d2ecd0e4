# The function writes versions of its own from here on; Terraform's version is only the first.
resource "aws_secretsmanager_secret_rotation" "this" {
  for_each = { for key, secret in var.secrets : key => secret.rotation if secret.rotation != null }

  secret_id           = aws_secretsmanager_secret.this[each.key].id
  rotation_lambda_arn = each.value.function_arn
  rotate_immediately  = each.value.immediately

  rotation_rules {
    automatically_after_days = each.value.days
  }

  # Rotation starts from a value.
  depends_on = [aws_secretsmanager_secret_version.this]
}
