# API Gateway signs these itself and keeps the private key; what is public of one is an output, for the back ends.
resource "aws_api_gateway_client_certificate" "back_end" {
  for_each = toset(flatten([for names in var.client_certificates[*] : [names.presented, tolist(names.others)]]))

  description = "${var.name} ${each.key}"
  tags        = var.tags

  lifecycle {
    create_before_destroy = true # a stage has to let go of one before it can be deleted
  }
}
