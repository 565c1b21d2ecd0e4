"""Which function an operation calls is known before account, region and role are: a root may make those, too."""

import pytest

MODULE = "patterns/serverless-api"
ROOT = """
resource "terraform_data" "later" { input = "x" }

module "orders_api" {
  source = "./modules/patterns/serverless-api"

  name       = "acme"
  account_id = terraform_data.later.id
  authorizer = { type = "iam" }
  functions  = { orders = { filename = "artifacts/orders.zip", role_arn = terraform_data.later.id } }
  openapi = <<-EOT
    openapi: 3.0.3
    info: {title: x, version: "1"}
    paths:
      /orders:
        post:
          x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: '$${invoke_arns["orders"]}'}
        get:
          x-amazon-apigateway-integration: {type: mock}
  EOT
  web_acl = { arn = terraform_data.later.id }

  depends_on = [terraform_data.later] # so that partition and region are read in the apply
}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory, module_tree, warm_planner):
    root = tmp_path_factory.mktemp("root")
    (root / "modules").symlink_to(module_tree)
    (root / "main.tf").write_text(ROOT)
    return set(warm_planner.plan(root, MODULE, {}).resource_changes)


def test_exactly_the_operation_that_calls_a_function_may_call_it(made):
    permissions = {address for address in made if "aws_lambda_permission" in address}
    function = 'module.orders_api.module.function["orders"]'
    assert permissions == {f'{function}.aws_lambda_permission.trigger["POST-orders"]'}


def test_the_web_acl_is_there_before_its_arn(made):
    assert "module.orders_api.module.api.aws_wafv2_web_acl_association.this[0]" in made
