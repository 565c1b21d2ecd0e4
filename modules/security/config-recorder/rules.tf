resource "aws_config_config_rule" "this" {
  for_each = var.rules

  name                        = "${var.name}-${each.key}"
  description                 = each.value.description
  input_parameters            = length(each.value.parameters) > 0 ? jsonencode(each.value.parameters) : null
  maximum_execution_frequency = each.value.frequency
  tags                        = var.tags

  source {
    owner             = "AWS"
    source_identifier = each.value.identifier
  }

  # AWS refuses rules where nothing is recorded.
  depends_on = [aws_config_configuration_recorder_status.this]
}
