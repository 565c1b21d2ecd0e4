data "aws_partition" "current" {}

data "aws_iam_policy_document" "api_gateway_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}

# One role for the account and region, through which every REST API writes its logs.
resource "aws_iam_role" "api_gateway" {
  count = var.api_gateway_logging ? 1 : 0

  name               = "${var.name}-api-gateway-logs"
  description        = "Lets API Gateway write logs of every API of the account"
  assume_role_policy = data.aws_iam_policy_document.api_gateway_trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "api_gateway" {
  count = var.api_gateway_logging ? 1 : 0

  role       = aws_iam_role.api_gateway[0].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "this" {
  count = var.api_gateway_logging ? 1 : 0

  cloudwatch_role_arn = aws_iam_role.api_gateway[0].arn

  # API Gateway tries the role when it is set.
  depends_on = [aws_iam_role_policy_attachment.api_gateway]
}
