"""An HTTP API whose routes are closed unless named, throttled, and logged without content."""

import json
import re

import pytest
import tftest

MODULE = "compute/http-api"
FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:orders:live"
LISTENER = (
    "arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/inner/0a1b2c3d4e5f6000/1a2b3c4d5e6f7000"
)
LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/0f1e2d3c-0000-4000-8000-000000000003"
ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI"
REQUIRED = {
    "name": "acme",
    "integrations": {"orders": {"function_arn": FUNCTION}},
    "routes": {"POST /orders": {"integration": "orders"}},
}
FULL = {
    "name": "acme",
    "integrations": {
        "orders": {"function_arn": FUNCTION, "timeout_ms": 5000},
        "books": {"listener_arn": LISTENER, "tls_server_name": "books.example.com"},
        "news": {"url": "https://news.example.com"},
    },
    "routes": {
        "POST /orders": {
            "integration": "orders",
            "scopes": ["orders/write"],
            "throttling": {"rate": 5, "burst": 6},
        },
        "GET /books": {"integration": "books", "authorization": "AWS_IAM"},
        "GET /health": {"integration": "orders"},
        "$default": {"integration": "news"},
    },
    "cors": {
        "allow_origins": ["https://shop.example.com"],
        "allow_credentials": True,
        "allow_headers": ["authorization"],
        "allow_methods": ["POST"],
        "expose_headers": ["x-correlation-id"],
        "max_age_seconds": 60,
    },
    "custom_domain": {"domain_name": "api.example.com", "certificate_arn": CERTIFICATE, "base_path": "v1"},
    "description": "Takes orders",
    "disable_execute_api_endpoint": True,
    "jwt_authorizer": {"issuer": ISSUER, "audience": ["client-1"]},
    "log_kms_key_arn": LOG_KEY,
    "log_retention_days": 365,
    "public_routes": ["GET /health"],
    "tags": {"System": "shop"},
    "throttling": {"rate": 50, "burst": 70},
    "vpc_link": {"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"]},
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """What a caller gets who gives one route."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def values(plan, address):
    return plan.resources[address]["values"]


def route(plan, key):
    return values(plan, f'aws_apigatewayv2_route.this["{key}"]')


def integration(plan, key):
    return values(plan, f'aws_apigatewayv2_integration.this["{key}"]')


def test_by_default_a_route_asks_for_a_signed_request(plain):
    assert route(plain, "POST /orders")["authorization_type"] == "AWS_IAM"
    assert "aws_apigatewayv2_authorizer.jwt[0]" not in plain.resources


@pytest.mark.parametrize(
    ("key", "authorization", "scopes"),
    [
        pytest.param("POST /orders", "JWT", ["orders/write"], id="a token with a scope"),
        pytest.param("$default", "JWT", None, id="a token"),
        pytest.param("GET /books", "AWS_IAM", None, id="a signed request where the route says so"),
        pytest.param("GET /health", "NONE", None, id="open, because it is named"),
    ],
)
def test_each_route_asks_for_what_it_should(full, key, authorization, scopes):
    found = route(full, key)
    assert (found["authorization_type"], found["authorization_scopes"] or None) == (authorization, scopes)
    assert found["route_key"] == key


def test_the_authorizer_takes_tokens_of_one_issuer_for_the_named_audience(full):
    authorizer = values(full, "aws_apigatewayv2_authorizer.jwt[0]")
    assert authorizer["jwt_configuration"] == [{"issuer": ISSUER, "audience": ["client-1"]}]
    assert (authorizer["authorizer_type"], authorizer["name"]) == ("JWT", "acme-jwt")
    assert authorizer["identity_sources"] == ["$request.header.Authorization"]


@pytest.mark.parametrize(
    ("key", "kind", "uri", "connection", "version"),
    [
        ("orders", "AWS_PROXY", FUNCTION, "INTERNET", "2.0"),
        ("books", "HTTP_PROXY", LISTENER, "VPC_LINK", "1.0"),
        ("news", "HTTP_PROXY", "https://news.example.com", "INTERNET", "1.0"),
    ],
)
def test_each_integration_is_called_in_its_own_way(full, key, kind, uri, connection, version):
    found = integration(full, key)
    assert (found["integration_type"], found["integration_uri"]) == (kind, uri)
    assert (found["connection_type"], found["payload_format_version"]) == (connection, version)


def test_timeouts_and_server_names_reach_the_integration(full, plain):
    assert integration(plain, "orders")["timeout_milliseconds"] == 29000
    assert integration(full, "orders")["timeout_milliseconds"] == 5000
    assert integration(full, "books")["tls_config"] == [{"server_name_to_verify": "books.example.com"}]


def test_calls_are_throttled_measured_and_logged(plain):
    stage = values(plain, "aws_apigatewayv2_stage.this")
    (settings,) = stage["default_route_settings"]
    assert (stage["name"], stage["auto_deploy"]) == ("$default", True)
    assert (settings["throttling_rate_limit"], settings["throttling_burst_limit"]) == (100, 200)
    assert settings["detailed_metrics_enabled"] is True
    line = json.loads(stage["access_log_settings"][0]["format"])
    assert {"status", "routeKey", "requestId", "authorizerError"} <= line.keys()
    assert values(plain, "aws_cloudwatch_log_group.access")["retention_in_days"] == 30


def test_each_input_reaches_api_stage_and_log(full):
    api, stage = values(full, "aws_apigatewayv2_api.this"), values(full, "aws_apigatewayv2_stage.this")
    assert (api["name"], api["description"], api["protocol_type"]) == ("acme", "Takes orders", "HTTP")
    assert (api["disable_execute_api_endpoint"], api["tags"]) == (True, {"System": "shop"})
    (own,) = stage["route_settings"]
    assert (own["route_key"], own["throttling_rate_limit"], own["throttling_burst_limit"]) == (
        "POST /orders",
        5,
        6,
    )
    assert stage["default_route_settings"][0]["throttling_rate_limit"] == 50
    group = values(full, "aws_cloudwatch_log_group.access")
    assert (group["kms_key_id"], group["retention_in_days"], group["tags"]) == (
        LOG_KEY,
        365,
        {"System": "shop"},
    )


def test_named_origins_only_may_call_from_a_browser(full, plain):
    (cors,) = values(full, "aws_apigatewayv2_api.this")["cors_configuration"]
    assert cors == {
        "allow_origins": ["https://shop.example.com"],
        "allow_credentials": True,
        "allow_headers": ["authorization"],
        "allow_methods": ["POST"],
        "expose_headers": ["x-correlation-id"],
        "max_age": 60,
    }
    assert values(plain, "aws_apigatewayv2_api.this")["cors_configuration"] == []


def test_the_custom_domain_speaks_tls_1_2_or_later(full):
    (configuration,) = values(full, "aws_apigatewayv2_domain_name.this[0]")["domain_name_configuration"]
    assert (configuration["security_policy"], configuration["endpoint_type"]) == ("TLS_1_2", "REGIONAL")
    assert configuration["certificate_arn"] == CERTIFICATE
    assert values(full, "aws_apigatewayv2_domain_name.this[0]")["domain_name"] == "api.example.com"
    assert values(full, "aws_apigatewayv2_api_mapping.this[0]")["api_mapping_key"] == "v1"


def test_the_way_into_the_vpc_has_subnets_and_groups(full):
    link = values(full, "aws_apigatewayv2_vpc_link.this[0]")
    assert (link["name"], link["subnet_ids"], link["security_group_ids"]) == ("acme", ["subnet-1"], ["sg-1"])


def test_removing_a_route_touches_no_other(plan_module, full):
    fewer = {key: entry for key, entry in FULL["routes"].items() if key != "GET /books"}
    after = plan_module(MODULE, **(FULL | {"routes": fewer}))
    assert set(full.resources) - set(after.resources) == {'aws_apigatewayv2_route.this["GET /books"]'}


def test_outputs(plain, full):
    assert full.outputs["access_log_group_name"] == "/aws/http-api/acme"
    assert plain.outputs["domain_target"] is None
    outputs = full.configuration["root_module"]["outputs"]
    sources = {key: output["expression"]["references"][0] for key, output in outputs.items()}
    assert sources == {
        "access_log_group_name": "aws_cloudwatch_log_group.access.name",
        "api_id": "aws_apigatewayv2_api.this.id",
        "domain_target": "aws_apigatewayv2_domain_name.this",
        "execution_arn": "aws_apigatewayv2_api.this.execution_arn",
        "invoke_url": "aws_apigatewayv2_stage.this.invoke_url",
    }


def to(**fields):
    return {"integrations": {"orders": fields}}


def routed(**fields):
    return {"routes": {"GET /x": {"integration": "orders"} | fields}}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"name": "a b"}, r'1 to 124 letters.*"a b"', id="a name with a space"),
        pytest.param(to(), r'exactly one of.*wrong are \["orders"\]', id="no target"),
        pytest.param(to(function_arn=FUNCTION, url="https://x"), r'wrong are \["orders"\]', id="two targets"),
        pytest.param(to(url="http://x"), r'https://.*"orders":"http://x"', id="in the clear"),
        pytest.param(to(listener_arn=LISTENER), r'needs vpc_link.*\["orders"\]', id="no way into the VPC"),
        pytest.param(
            to(function_arn=FUNCTION, timeout_ms=40), r'50 to 30000; got \{"orders":40\}', id="timeout"
        ),
        pytest.param({"routes": {"orders": {"integration": "orders"}}}, r'got \["orders"\]', id="no method"),
        pytest.param(
            {"routes": {"GET /x": {"integration": "other"}}},
            r'\(orders\); unknown are \["other"\]',
            id="nowhere",
        ),
        pytest.param(
            routed(authorization="NONE"), r'public_routes\); got \{"GET /x":"NONE"\}', id="open by the side"
        ),
        pytest.param(
            routed(scopes=["a"]), r'need jwt_authorizer; got none for \["GET /x"\]', id="scopes alone"
        ),
        pytest.param({"cors": {"allow_origins": ["*"]}}, r'every page.*\["\*"\]', id="any origin"),
        pytest.param(
            {"custom_domain": {"domain_name": "a.example.com", "certificate_arn": "x"}},
            r'ACM certificate; got "x"',
            id="no certificate",
        ),
        pytest.param(
            {"disable_execute_api_endpoint": True}, "needs a custom_domain.*got true", id="no way in"
        ),
        pytest.param(
            {"jwt_authorizer": {"issuer": ISSUER, "audience": []}}, r'one audience.*"audience":\[\]', id="any"
        ),
        pytest.param({"log_retention_days": 2}, "CloudWatch offers.*got 2", id="retention"),
        pytest.param(
            {"public_routes": ["GET /y"]}, r'unknown are \["GET /y"\]', id="a public route that is none"
        ),
        pytest.param({"throttling": {"burst": 0}}, r'1 to 5000.*"burst":0', id="no burst"),
        pytest.param(
            {"vpc_link": {"subnet_ids": [], "security_group_ids": ["sg-1"]}},
            r'one subnet.*"subnet_ids":\[\]',
            id="link",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, given, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **(REQUIRED | given))
