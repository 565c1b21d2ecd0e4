resource "aws_api_gateway_rest_api" "this" {
  name                         = var.name
  description                  = var.description
  body                         = local.body
  binary_media_types           = length(var.binary_media_types) > 0 ? var.binary_media_types : null
  disable_execute_api_endpoint = var.disable_execute_api_endpoint
  tags                         = var.tags

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

# A deployment is a snapshot: the stage serves the document as it was when this was made, and shows the certificate of
# that time. Nothing else makes a new one, so a changed tag or throttle does not redeploy, and a changed path always does.
resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  triggers = merge(
    { document = sha1(local.body) },
    { for name in var.client_certificates[*].presented : "client_certificate" => name },
  )

  lifecycle {
    create_before_destroy = true # the stage must point to the new one before the old one can go
  }
}
