resource "aws_iam_role" "this" {
  for_each = var.roles

  name                  = "${var.name}-${each.key}"
  path                  = var.path
  description           = each.value.description
  assume_role_policy    = data.aws_iam_policy_document.trust[each.key].json
  max_session_duration  = each.value.max_session_duration
  permissions_boundary  = var.permissions_boundary_arn
  force_detach_policies = true
  tags                  = var.tags
}

resource "aws_iam_role_policy_attachment" "managed" {
  for_each = merge([
    for role_key, role in var.roles : {
      for policy_key, arn in role.managed_policy_arns :
      "${role_key}/${policy_key}" => { role = role_key, policy_arn = arn }
    }
  ]...)

  role       = aws_iam_role.this[each.value.role].name
  policy_arn = each.value.policy_arn
}

resource "aws_iam_instance_profile" "this" {
  for_each = { for key, role in var.roles : key => role if role.instance_profile }

  name = aws_iam_role.this[each.key].name
  path = var.path
  role = aws_iam_role.this[each.key].name
  tags = var.tags
}
