resource "aws_cloudfront_function" "this" {
  for_each = var.functions

  name    = "${var.name}-${each.key}"
  comment = each.value.comment
  runtime = "cloudfront-js-2.0"
  code    = each.value.code
  publish = true
}
