# Users prove themselves by IAM: a password or token would stand in the state.
resource "aws_elasticache_user" "this" {
  for_each = var.users

  # With IAM the API wants both to be the same.
  user_id       = "${var.name}-${each.key}"
  user_name     = "${var.name}-${each.key}"
  access_string = each.value.access_string
  # Redis users and groups serve both engines, and only a Redis group may hold the shut default user below.
  engine = "redis"

  authentication_mode {
    type = "iam"
  }

  tags = var.tags
}

# A group must hold a user named default. AWS's own may do everything without a password; this one is shut.
resource "aws_elasticache_user" "default" {
  user_id       = "${var.name}-default"
  user_name     = "default"
  access_string = "off ~* -@all"
  engine        = "redis"
  # Not authentication_mode: AWS calls that type no-password when it tells it, and every plan would change it back.
  no_password_required = true

  tags = var.tags
}

resource "aws_elasticache_user_group" "this" {
  user_group_id = var.name
  engine        = "redis"
  user_ids      = concat([aws_elasticache_user.default.user_id], [for user in aws_elasticache_user.this : user.user_id])

  tags = var.tags
}
