"""An API is closed unless it says otherwise, answers with reasons, and redeploys when its document changes."""

import json
import re
from pathlib import Path

import pytest

MODULE = "compute/api-gateway"
MAIN = Path(__file__).resolve().parents[3] / "modules" / MODULE / "main.tf"
POOL = "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_AbCdEfGhI"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/0f1e2d3c-0000-4000-8000-000000000003"
BALANCER = "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/inner/0a1b2c3d4e5f6000"
WEB_ACL = "arn:aws:wafv2:us-east-1:111111111111:regional/webacl/acme/0f1e2d3c-0000-4000-8000-000000000004"
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


FULL = {
    "authorizer": {
        "type": "cognito",
        "user_pool_arns": [POOL],
        "scopes": ["orders/write"],
        "name": "customers",
    },
    "binary_media_types": ["image/png"],
    "canary": {"percent": 5, "stage_variables": {"alias": "next"}},
    "cors": {
        "allow_origin": "https://shop.example.com",
        "allow_headers": ["Authorization"],
        "allow_methods": ["POST"],
        "max_age_seconds": 60,
    },
    "custom_domain": {"domain_name": "api.example.com", "certificate_arn": CERTIFICATE, "base_path": "v1"},
    "description": "Takes orders",
    "disable_execute_api_endpoint": True,
    "execution_log_level": "INFO",
    "log_kms_key_arn": KEY,
    "log_retention_days": 365,
    "method_throttling": {"POST /orders": {"rate": 5, "burst": 6}},
    "public_operations": ["GET /healthz"],
    "stage_name": "v1",
    "stage_variables": {"alias": "live"},
    "tags": {"System": "orders"},
    "throttling": {"rate": 50, "burst": 70},
    "tracing_enabled": False,
    "usage_plans": {
        "partner": {
            "rate": 10,
            "burst": 20,
            "description": "The partner shop",
            "quota": {"limit": 1000, "period": "DAY"},
        },
        "intern": {"rate": 1, "burst": 2},
    },
    "vpc_links": {"order-service": BALANCER},
    "web_acl": {"arn": WEB_ACL},
}
FULL_DOCUMENT = document() | {
    "paths": {
        "/orders": {"post": operation(), "options": operation()},
        "/admin": {"get": operation(security=[{"signed": []}])},
        "/healthz": {"get": operation(security=[])},
    },
    "x-amazon-apigateway-gateway-responses": {"THROTTLED": {"statusCode": 429}},
    "x-amazon-apigateway-request-validators": {"body": {"validateRequestBody": True}},
    "x-amazon-apigateway-request-validator": "body",
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """What a caller gets who gives a name and a document."""
    return plan_module(MODULE, **variables())


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **variables(FULL_DOCUMENT, **FULL))


def values(plan, address):
    return plan.resources[address]["values"]


def body(plan):
    return json.loads(values(plan, "aws_api_gateway_rest_api.this")["body"])


def trigger(plan):
    return values(plan, "aws_api_gateway_deployment.this")["triggers"]["document"]


def test_by_default_there_is_one_api_with_one_stage_and_its_logs(plain):
    assert set(plain.resources) == {
        "aws_api_gateway_rest_api.this",
        "aws_api_gateway_deployment.this",
        "aws_api_gateway_stage.this",
        "aws_api_gateway_method_settings.all",
        "aws_cloudwatch_log_group.access",
        "aws_cloudwatch_log_group.execution",
    }


def test_the_api_is_regional_and_keeps_the_callers_operations(plain):
    api = values(plain, "aws_api_gateway_rest_api.this")
    assert api["endpoint_configuration"][0]["types"] == ["REGIONAL"]
    assert body(plain)["paths"] == document()["paths"]
    assert body(plain)["info"] == {"title": "acme-orders", "version": "7"}


def test_bodies_and_parameters_are_validated_in_every_operation(plain):
    found = body(plain)
    assert found["x-amazon-apigateway-request-validator"] == "everything"
    assert found["x-amazon-apigateway-request-validators"] == {
        "everything": {"validateRequestBody": True, "validateRequestParameters": True}
    }


def test_a_refused_body_is_answered_with_the_field(plain):
    responses = body(plain)["x-amazon-apigateway-gateway-responses"]
    template = responses["BAD_REQUEST_BODY"]["responseTemplates"]["application/json"]
    rendered = template.replace("$context.error.messageString", '"Invalid request body"')
    assert json.loads(rendered) == {
        "message": "Invalid request body",
        "reason": "$context.error.validationErrorString",
        "request_id": "$context.requestId",
    }
    assert responses.keys() == {"BAD_REQUEST_BODY", "DEFAULT_4XX", "DEFAULT_5XX"}


def test_calls_are_traced_throttled_and_logged_without_bodies(plain):
    stage = values(plain, "aws_api_gateway_stage.this")
    (settings,) = values(plain, "aws_api_gateway_method_settings.all")["settings"]
    assert (stage["stage_name"], stage["xray_tracing_enabled"], stage["canary_settings"]) == (
        "live",
        True,
        [],
    )
    assert values(plain, "aws_api_gateway_method_settings.all")["method_path"] == "*/*"
    assert (settings["throttling_rate_limit"], settings["throttling_burst_limit"]) == (100, 200)
    assert (settings["logging_level"], settings["data_trace_enabled"]) == ("ERROR", False)
    assert settings["metrics_enabled"] is True


def test_the_access_log_is_json_that_names_the_reason_and_no_content(plain):
    (settings,) = values(plain, "aws_api_gateway_stage.this")["access_log_settings"]
    line = json.loads(settings["format"])
    assert line["validationError"] == "$context.error.validationErrorString"
    assert {"status", "requestId", "resourcePath", "responseLatency", "traceId"} <= line.keys()
    assert not re.search(r"authorizer\.claims|path\b|querystring", settings["format"])


def test_both_logs_are_kept_30_days_in_groups_of_ours(plain):
    access = values(plain, "aws_cloudwatch_log_group.access")
    assert (access["name"], access["retention_in_days"]) == ("/aws/apigateway/acme-orders/live", 30)
    assert values(plain, "aws_cloudwatch_log_group.execution")["retention_in_days"] == 30


@pytest.mark.parametrize(
    ("change", "redeploys"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({"tags": {"System": "other"}}, False, id="a tag"),
        pytest.param({"throttling": {"rate": 1, "burst": 1}}, False, id="a throttle"),
        pytest.param({"stage_variables": {"alias": "next"}}, False, id="a stage variable"),
        pytest.param({"cors": {"allow_origin": "https://x.example.com"}}, True, id="preflight answers"),
        pytest.param({"authorizer": {"type": "iam"}}, True, id="who may call"),
        pytest.param(
            {"openapi": json.dumps(document() | {"info": {"title": "x", "version": "8"}})},
            True,
            id="the document",
        ),
        pytest.param({"openapi": json.dumps(document(), indent=3)}, False, id="only its white space"),
    ],
)
def test_a_deployment_is_made_exactly_when_the_document_changes(plan_module, plain, change, redeploys):
    assert (trigger(plan_module(MODULE, **(variables() | change))) != trigger(plain)) is redeploys


def test_the_old_deployment_goes_only_when_the_stage_has_left_it():
    """No plan shows this order: only the source says it, and AWS refuses to delete a deployment in use."""
    (deployment,) = re.findall(r'"aws_api_gateway_deployment" "this" \{.*?\n\}', MAIN.read_text(), re.S)
    assert "create_before_destroy = true" in deployment


def test_yaml_and_json_give_the_same_api(plan_module, plain):
    yaml = """
openapi: 3.0.3
info: {title: ignored, version: "7"}
paths:
  /orders:
    post: &signed
      responses: {"200": {description: ok}}
      security: [{signed: []}]
      x-amazon-apigateway-integration:
        {type: aws_proxy, httpMethod: POST, uri: "arn:aws:apigateway:us-east-1:lambda:path/x"}
  /orders/{order_id}:
    parameters: []
    get: *signed
components:
  securitySchemes:
    signed: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
"""
    assert body(plan_module(MODULE, name="acme-orders", openapi=yaml)) == body(plain)


def test_the_authorizer_guards_every_operation_that_has_no_security_of_its_own(full):
    paths = body(full)["paths"]
    assert paths["/orders"]["post"]["security"] == [{"customers": ["orders/write"]}]
    assert paths["/admin"]["get"]["security"] == [{"signed": []}]
    assert paths["/healthz"]["get"]["security"] == []
    assert "security" not in paths["/orders"]["options"]


def test_the_authorizer_reads_the_token_of_the_named_pools(full):
    schemes = body(full)["components"]["securitySchemes"]
    assert schemes["signed"] == SIGNED
    assert schemes["customers"]["x-amazon-apigateway-authorizer"] == {
        "type": "cognito_user_pools",
        "providerARNs": [POOL],
    }
    assert (schemes["customers"]["name"], schemes["customers"]["in"]) == ("Authorization", "header")


def test_calls_signed_with_aws_credentials_are_the_other_kind_of_authorizer(plan_module):
    plan = plan_module(
        MODULE,
        **variables(document(**{"/orders": {"post": operation()}}), authorizer={"type": "iam"}),
        cors={"allow_origin": "https://shop.example.com"},
    )
    assert """Access-Control-Max-Age": "'3600'\"""" in json.dumps(body(plan))
    assert body(plan)["components"]["securitySchemes"]["caller"] == SIGNED
    assert body(plan)["paths"]["/orders"]["post"]["security"] == [{"caller": []}]


def test_what_the_document_says_itself_is_kept(full):
    found = body(full)
    assert found["x-amazon-apigateway-gateway-responses"]["THROTTLED"] == {"statusCode": 429}
    assert found["x-amazon-apigateway-request-validator"] == "body"
    assert found["x-amazon-apigateway-request-validators"].keys() == {"body", "everything"}
    assert found["paths"]["/orders"]["options"] == operation()


def test_a_browser_gets_a_fixed_answer_about_the_one_origin(full):
    preflight = body(full)["paths"]["/admin"]["options"]
    answer = preflight["x-amazon-apigateway-integration"]["responses"]["default"]
    assert preflight["security"] == []
    assert answer["statusCode"] == "204"
    assert answer["responseParameters"] == {
        "method.response.header.Access-Control-Allow-Origin": "'https://shop.example.com'",
        "method.response.header.Access-Control-Allow-Methods": "'POST'",
        "method.response.header.Access-Control-Allow-Headers": "'Authorization'",
        "method.response.header.Access-Control-Max-Age": "'60'",
    }
    errors = body(full)["x-amazon-apigateway-gateway-responses"]["DEFAULT_4XX"]["responseParameters"]
    assert errors["gatewayresponse.header.Access-Control-Allow-Origin"] == "'https://shop.example.com'"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("name", "acme-orders"),
        ("description", "Takes orders"),
        ("binary_media_types", ["image/png"]),
        ("disable_execute_api_endpoint", True),
        ("tags", {"System": "orders"}),
    ],
)
def test_each_input_reaches_the_api(full, key, expected):
    assert values(full, "aws_api_gateway_rest_api.this")[key] == expected


def test_each_input_reaches_the_stage(full):
    stage = values(full, "aws_api_gateway_stage.this")
    (canary,) = stage["canary_settings"]
    assert (stage["stage_name"], stage["xray_tracing_enabled"], stage["tags"]) == (
        "v1",
        False,
        {"System": "orders"},
    )
    assert (canary["percent_traffic"], canary["stage_variable_overrides"]) == (5, {"alias": "next"})
    (settings,) = values(full, "aws_api_gateway_method_settings.all")["settings"]
    assert (settings["throttling_rate_limit"], settings["throttling_burst_limit"]) == (50, 70)
    assert settings["logging_level"] == "INFO"


def test_one_operation_has_a_throttle_of_its_own(full):
    one = values(full, 'aws_api_gateway_method_settings.one["POST /orders"]')
    (settings,) = one["settings"]
    assert one["method_path"] == "~1orders/POST"
    assert (settings["throttling_rate_limit"], settings["throttling_burst_limit"]) == (5, 6)
    assert (settings["logging_level"], settings["data_trace_enabled"]) == ("INFO", False)


@pytest.mark.parametrize("group", ["access", "execution"])
def test_the_logs_have_the_callers_retention_key_and_tags(full, group):
    found = values(full, f"aws_cloudwatch_log_group.{group}")
    assert (found["retention_in_days"], found["kms_key_id"], found["tags"]) == (
        365,
        KEY,
        {"System": "orders"},
    )


def test_the_custom_domain_speaks_tls_1_2_or_later(full):
    domain = values(full, "aws_api_gateway_domain_name.this[0]")
    mapping = values(full, "aws_api_gateway_base_path_mapping.this[0]")
    assert (domain["domain_name"], domain["security_policy"]) == ("api.example.com", "TLS_1_2")
    assert (domain["regional_certificate_arn"], domain["tags"]) == (CERTIFICATE, {"System": "orders"})
    assert domain["endpoint_configuration"][0]["types"] == ["REGIONAL"]
    assert (mapping["domain_name"], mapping["base_path"], mapping["stage_name"]) == (
        "api.example.com",
        "v1",
        "v1",
    )


def test_each_client_has_a_plan_and_no_key_is_made(full):
    partner = values(full, 'aws_api_gateway_usage_plan.this["partner"]')
    assert (partner["name"], partner["description"]) == ("acme-orders-partner", "The partner shop")
    assert partner["throttle_settings"] == [{"rate_limit": 10, "burst_limit": 20}]
    assert (partner["quota_settings"][0]["limit"], partner["quota_settings"][0]["period"]) == (1000, "DAY")
    assert partner["api_stages"][0]["stage"] == "v1"
    assert values(full, 'aws_api_gateway_usage_plan.this["intern"]')["quota_settings"] == []
    assert not [address for address in full.resources if "api_key" in address]


def test_a_vpc_link_reaches_the_document_by_a_stage_variable(full):
    link = values(full, 'aws_api_gateway_vpc_link.this["order-service"]')
    assert (link["name"], link["target_arns"]) == ("acme-orders-order-service", [BALANCER])
    unknown = full.resource_changes["aws_api_gateway_stage.this"]["change"]["after_unknown"]
    assert unknown["variables"] is True or unknown["variables"] == {"vpc_link_order_service": True}


def test_the_web_acl_stands_before_the_stage(full):
    assert values(full, "aws_wafv2_web_acl_association.this[0]")["web_acl_arn"] == WEB_ACL


def test_removing_a_client_touches_no_other(plan_module, full):
    fewer = {"intern": FULL["usage_plans"]["intern"]}
    after = plan_module(MODULE, **variables(FULL_DOCUMENT, **(FULL | {"usage_plans": fewer})))
    assert set(full.resources) - set(after.resources) == {'aws_api_gateway_usage_plan.this["partner"]'}
    assert set(after.resources) <= set(full.resources)


def test_outputs_that_are_known_before_the_apply(plain, full):
    assert full.outputs["name"] == "acme-orders"
    assert full.outputs["stage_name"] == "v1"
    assert full.outputs["access_log_group_name"] == "/aws/apigateway/acme-orders/v1"
    assert plain.outputs["domain_target"] is None
    assert plain.outputs["usage_plan_ids"] == {}


@pytest.mark.parametrize(
    ("output", "source"),
    [
        ("api_id", "aws_api_gateway_rest_api.this.id"),
        ("domain_target", "aws_api_gateway_domain_name.this"),
        ("execution_arn", "aws_api_gateway_rest_api.this.execution_arn"),
        ("invoke_url", "aws_api_gateway_stage.this.invoke_url"),
        ("stage_arn", "aws_api_gateway_stage.this.arn"),
        ("usage_plan_ids", "aws_api_gateway_usage_plan.this"),
    ],
)
def test_what_aws_names_reaches_the_outputs(full, output, source):
    expression = full.configuration["root_module"]["outputs"][output]["expression"]
    assert expression["references"][0] == source
    assert full.output_changes[output]["actions"] == ["create"]
