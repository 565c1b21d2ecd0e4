"""What an API refuses before a plan, each time with the rule and the value."""

import json
import re

import pytest
import tftest

MODULE = "compute/api-gateway"
POOL = "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_AbCdEfGhI"
INTEGRATION = {"type": "aws_proxy", "httpMethod": "POST", "uri": "arn:aws:apigateway:us-east-1:lambda:path/x"}
SIGNED = {
    "type": "apiKey",
    "name": "Authorization",
    "in": "header",
    "x-amazon-apigateway-authtype": "awsSigv4",
}


def operation(**fields):
    return {
        "responses": {"200": {"description": "ok"}},
        "x-amazon-apigateway-integration": INTEGRATION,
        **fields,
    }


def document(**paths):
    """An OpenAPI document; a signed POST /orders and GET /orders/{order_id} unless the caller says otherwise."""
    signed = operation(security=[{"signed": []}])
    return {
        "openapi": "3.0.3",
        "info": {"title": "ignored", "version": "7"},
        "paths": paths
        or {"/orders": {"post": signed}, "/orders/{order_id}": {"parameters": [], "get": signed}},
        "components": {"securitySchemes": {"signed": SIGNED}},
    }


def variables(doc=None, **more):
    return {"name": "acme-orders", "openapi": json.dumps(document() if doc is None else doc)} | more


def without_integration():
    doc = document()
    bare = {"responses": {}, "security": [{"signed": []}]}
    return doc | {"paths": doc["paths"] | {"/orders": {"post": bare}}}


def plan_with(**fields):
    return {"usage_plans": {"p": {"rate": 1, "burst": 1} | fields}}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"name": "a b"}, r'1 to 128 letters.*"a b"', id="a name with a space"),
        pytest.param({"openapi": "{"}, r"OpenAPI 3\.0 document.*openapi: null", id="no document"),
        pytest.param(
            variables(document() | {"openapi": "3.1.0"}), r'no 3\.1.*"3\.1\.0"', id="a later OpenAPI"
        ),
        pytest.param(variables(document() | {"paths": {}}), r"at least one path.*got \{\}", id="no path"),
        pytest.param(variables(without_integration()), r'missing in \["POST /orders"\]', id="no integration"),
        pytest.param(
            variables(document(**{"/orders": {"get": operation(), "post": operation(security=[])}})),
            r'open are \["GET /orders","POST /orders"\]',
            id="open to anybody without being named",
        ),
        pytest.param(
            {"public_operations": ["GET /x"]}, r'unknown are \["GET /x"\]', id="a public path that is none"
        ),
        pytest.param(
            {"authorizer": {"type": "cognito"}}, r"type cognito, and.*got \[\] with cognito", id="no pool"
        ),
        pytest.param(
            {"authorizer": {"type": "iam", "user_pool_arns": [POOL]}},
            r"empty with iam; got \[.arn",
            id="a pool too many",
        ),
        pytest.param({"authorizer": {"type": "jwt"}}, r'iam or cognito; got "jwt"', id="no such authorizer"),
        pytest.param({"canary": {"percent": 100, "stage_variables": {"a": "b"}}}, "got 100", id="all canary"),
        pytest.param(
            {"canary": {"percent": 1, "stage_variables": {}}}, r"at least one variable.*\{\}", id="same"
        ),
        pytest.param({"cors": {"allow_origin": "*"}}, r'every page.*got "\*"', id="any origin"),
        pytest.param(
            {"custom_domain": {"domain_name": "a.example.com", "certificate_arn": "x"}},
            r'ACM certificate; got "x"',
            id="no certificate",
        ),
        pytest.param(
            {"disable_execute_api_endpoint": True}, "needs a custom_domain.*got true", id="no way in"
        ),
        pytest.param({"execution_log_level": "DEBUG"}, r'OFF; got "DEBUG"', id="log level"),
        pytest.param({"log_retention_days": 2}, "CloudWatch offers.*got 2", id="retention"),
        pytest.param(
            {"method_throttling": {"PUT /orders": {"rate": 1, "burst": 1}}},
            r'GET /orders/\{order_id\}, POST /orders.*unknown are \["PUT /orders"\]',
            id="a throttle for no operation",
        ),
        pytest.param({"stage_name": "a.b"}, r'stage_name must have.*"a\.b"', id="stage name"),
        pytest.param({"stage_variables": {"a-b": "c"}}, r'underscores; got \["a-b"\]', id="stage variable"),
        pytest.param({"throttling": {"rate": 0}}, r'above 0.*"rate":0', id="no request at all"),
        pytest.param(
            plan_with(quota={"limit": 1, "period": "YEAR"}), r'MONTH; got \{"p":"YEAR"\}', id="quota"
        ),
        pytest.param(
            {"vpc_links": {"a": "arn:x:loadbalancer/app/y"}}, "network load balancers.*app/y", id="an ALB"
        ),
        pytest.param(
            {"web_acl": {"arn": "arn:x:global/webacl/y"}},
            r'REGIONAL scope.*"arn":"arn:x:global',
            id="CloudFront's",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, given, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **(variables() | given))


def test_an_operation_named_public_may_be_open(plan_module):
    doc = document(**{"/healthz": {"get": operation()}})
    plan = plan_module(MODULE, **variables(doc, public_operations=["GET /healthz"]))
    body = json.loads(plan.resources["aws_api_gateway_rest_api.this"]["values"]["body"])
    assert "security" not in body["paths"]["/healthz"]["get"]


def test_a_quota_is_for_a_month_unless_it_says_otherwise(plan_module):
    plan = plan_module(MODULE, **variables(**plan_with(quota={"limit": 9})))
    (quota,) = plan.resources['aws_api_gateway_usage_plan.this["p"]']["values"]["quota_settings"]
    assert (quota["limit"], quota["period"]) == (9, "MONTH")
