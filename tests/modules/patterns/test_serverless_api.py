"""An API calls its own functions, each operation one of them, and nothing else may call them."""

import json
import re

import pytest
import tftest

MODULE = "patterns/serverless-api"
POOL = "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_AbCdEfGhI"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/0f1e2d3c-0000-4000-8000-000000000003"
BALANCER = "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/inner/0a1b2c3d4e5f6000"
QUEUE = "arn:aws:sqs:us-east-1:111111111111:failures"
SIGNING = "arn:aws:lambda:us-east-1:111111111111:code-signing-config:csc-0123456789abcdef0"
WEB_ACL = "arn:aws:wafv2:us-east-1:111111111111:regional/webacl/acme/0f1e2d3c-0000-4000-8000-000000000004"


def role(function):
    return f"arn:aws:iam::111111111111:role/acme-{function}"


def calling(function, *cache_keys, **fields):
    uri = f'${{invoke_arns["{function}"]}}'
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": uri, "cacheKeyParameters": cache_keys}
    return {"responses": {}, "x-amazon-apigateway-integration": integration} | fields


def template(**paths):
    """A template as Terraform receives it: JSON but for the quotes around a function's key."""
    text = json.dumps({"openapi": "3.0.3", "info": {"title": "x", "version": "1"}, "paths": paths})
    return re.sub(r'invoke_arns\[\\"([^"]*)\\"\]', r'invoke_arns["\1"]', text)


ORDER_ID = "method.request.path.order_id"
ORDERS = {
    "/orders": {"post": calling("orders")},
    "/orders/{order_id}": {"parameters": [], "get": calling("orders", ORDER_ID)},
}
HEALTH = {"/healthz": {"x-amazon-apigateway-any-method": calling("health")}}
MOCK = {
    "/orders": {"post": calling("orders"), "options": {"x-amazon-apigateway-integration": {"type": "mock"}}}
}
REQUIRED = {
    "name": "acme",
    "account_id": "111111111111",
    "functions": {"orders": {"filename": "artifacts/orders.zip", "role_arn": role("orders")}},
    "openapi": template(**ORDERS),
    "authorizer": {"type": "iam"},
}
FULL = REQUIRED | {
    "functions": {
        "orders": {
            "filename": "artifacts/orders.zip",
            "role_arn": role("orders"),
            "dead_letter": {"arn": QUEUE},
            "description": "Stores orders",
            "environment": {"TABLE_NAME": "orders"},
            "handler": "app.run",
            "security_group_ids": ["sg-1"],
        },
        "health": {"filename": "artifacts/health.zip", "role_arn": role("health")},
    },
    "openapi": template(**ORDERS, **HEALTH),
    "authorizer": {"type": "cognito", "user_pool_arns": [POOL], "scopes": ["orders/write"]},
    "cache": {"size_gb": 1.6, "operations": {"GET /orders/{order_id}": {"ttl_seconds": 60}}},
    "client_certificates": {"presented": "2026", "others": ["2027"]},
    "code_signing_config_arn": SIGNING,
    "cors": {
        "allow_origin": "https://shop.example.com",
        "allow_headers": ["Authorization"],
        "allow_methods": ["POST"],
        "max_age_seconds": 60,
    },
    "custom_domain": {"domain_name": "api.example.com", "certificate_arn": CERTIFICATE, "base_path": "v1"},
    "description": "Takes orders",
    "disable_execute_api_endpoint": True,
    "function_settings": {
        "orders": {
            "log_level": "WARN",
            "memory_mb": 1024,
            "provisioned_concurrency": 2,
            "reserved_concurrency": 20,
            "timeout_seconds": 29,
            "canary": {"stable_version": "3", "weight": 0.2},
        }
    },
    "kms_key_arn": KEY,
    "log_kms_key_arn": LOG_KEY,
    "log_retention_days": 90,
    "method_throttling": {"POST /orders": {"rate": 5, "burst": 6}},
    "public_operations": ["GET /orders/{order_id}"],
    "stage_name": "v1",
    "subnet_ids": ["subnet-1", "subnet-2"],
    "tags": {"System": "orders"},
    "throttling": {"rate": 50, "burst": 70},
    "usage_plans": {
        "partner": {
            "rate": 1,
            "burst": 2,
            "description": "One partner",
            "quota": {"limit": 10, "period": "WEEK"},
        }
    },
    "vpc_links": {"inner": BALANCER},
    "web_acl": {"arn": WEB_ACL},
}
API = "module.api.aws_api_gateway_rest_api.this"


@pytest.fixture(scope="module")
def plain(plan_module):
    """One function behind two operations."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def everything(plan):
    """Planned values of all modules, by full address."""
    changes = plan.resource_changes.items()
    return {address: change["change"]["after"] for address, change in changes if change["change"]["after"]}


def function(plan, key, kind="aws_lambda_function.this"):
    return everything(plan)[f'module.function["{key}"].{kind}']


def body(plan):
    return json.loads(everything(plan)[API]["body"])


def permissions(plan):
    pattern = r'module\.function\["(.+)"\]\.aws_lambda_permission\.trigger\["(.+)"\]'
    return {found.groups() for address in plan.resource_changes if (found := re.fullmatch(pattern, address))}


def test_the_document_calls_the_alias_of_the_function_that_its_template_names(plain):
    uri = body(plain)["paths"]["/orders"]["post"]["x-amazon-apigateway-integration"]["uri"]
    assert uri == (
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
        "arn:aws:lambda:us-east-1:111111111111:function:acme-orders:live/invocations"
    )
    assert function(plain, "orders", "aws_lambda_alias.this")["name"] == "live"


def test_the_deployment_is_known_when_the_plan_is_made(plain):
    assert everything(plain)["module.api.aws_api_gateway_deployment.this"]["triggers"]["document"]


def test_each_operation_has_the_permission_for_its_own_function(full):
    assert permissions(full) == {
        ("orders", "POST-orders"),
        ("orders", "GET-orders-order_id"),
        ("health", "ANY-healthz"),
    }


def test_a_permission_is_for_one_path_of_one_stage_of_this_api(plan_module, full):
    permission = function(full, "orders", 'aws_lambda_permission.trigger["GET-orders-order_id"]')
    assert (permission["principal"], permission["qualifier"]) == ("apigateway.amazonaws.com", "live")
    text = json.dumps(
        full.configuration["root_module"]["module_calls"]["function"]["expressions"]["permissions"]
    )
    assert "local.permissions" in text


def test_an_operation_without_a_function_gets_no_permission(plan_module):
    plan = plan_module(MODULE, **(REQUIRED | {"openapi": template(**MOCK)}))
    assert permissions(plan) == {("orders", "POST-orders")}


def test_by_default_a_function_is_small_and_outside_the_vpc(plain):
    found = function(plain, "orders")
    assert (found["function_name"], found["role"], found["filename"]) == (
        "acme-orders",
        role("orders"),
        "artifacts/orders.zip",
    )
    assert (found["timeout"], found["memory_size"], found["vpc_config"]) == (10, 256, [])
    assert (found["handler"], found["reserved_concurrent_executions"]) == ("handler.handle", -1)


def test_each_input_reaches_the_function(full):
    found = function(full, "orders")
    assert (found["handler"], found["description"], found["timeout"]) == ("app.run", "Stores orders", 29)
    assert (found["memory_size"], found["reserved_concurrent_executions"]) == (1024, 20)
    assert found["environment"] == [{"variables": {"TABLE_NAME": "orders"}}]
    assert found["kms_key_arn"] == KEY
    assert found["dead_letter_config"] == [{"target_arn": QUEUE}]
    assert found["vpc_config"][0]["security_group_ids"] == ["sg-1"]
    assert sorted(found["vpc_config"][0]["subnet_ids"]) == ["subnet-1", "subnet-2"]
    assert found["logging_config"][0]["application_log_level"] == "WARN"
    assert found["tags"] == {"System": "orders"}
    assert function(full, "orders", "aws_lambda_alias.this")["function_version"] == "3"
    provisioned = function(full, "orders", "aws_lambda_provisioned_concurrency_config.this[0]")
    assert provisioned["provisioned_concurrent_executions"] == 2


def test_a_function_without_groups_stays_outside_the_vpc_and_without_settings_takes_the_defaults(full):
    found = function(full, "health")
    assert (found["vpc_config"], found["memory_size"], found["timeout"]) == ([], 256, 10)
    assert found["dead_letter_config"] == []


def test_every_function_has_to_be_signed_where_there_is_a_configuration_for_it(plain, full):
    functions = [function(full, "orders"), function(full, "health"), function(plain, "orders")]
    assert [one["code_signing_config_arn"] for one in functions] == [SIGNING, SIGNING, None]


def test_answers_are_kept_as_the_caller_says(plan_module, full):
    stage = "module.api.aws_api_gateway_stage.this"
    settings = 'module.api.aws_api_gateway_method_settings.one["GET /orders/{order_id}"]'
    kept = {"cache": {"operations": {"GET /orders/{order_id}": {}}}}
    with_defaults = plan_module(MODULE, **(REQUIRED | kept))
    found = [
        (everything(plan)[stage]["cache_cluster_size"], everything(plan)[settings]["settings"][0])
        for plan in (full, with_defaults)
    ]
    assert [(size, one["cache_ttl_in_seconds"]) for size, one in found] == [("1.6", 60), ("0.5", 300)]


def test_the_certificates_for_back_ends_are_made_and_given_on(full):
    certificates = {address for address in everything(full) if "client_certificate" in address}
    assert certificates == {
        f'module.api.aws_api_gateway_client_certificate.back_end["{year}"]' for year in (2026, 2027)
    }
    trigger = everything(full)["module.api.aws_api_gateway_deployment.this"]["triggers"]
    assert trigger["client_certificate"] == "2026"


def test_all_logs_have_the_retention_and_key_of_the_unit(full):
    groups = [found for address, found in everything(full).items() if ".aws_cloudwatch_log_group." in address]
    assert len(groups) == 4
    assert {(group["retention_in_days"], group["kms_key_id"]) for group in groups} == {(90, LOG_KEY)}


def test_each_input_reaches_the_api(full):
    found = everything(full)
    api, stage = found[API], found["module.api.aws_api_gateway_stage.this"]
    assert (api["name"], api["description"], api["disable_execute_api_endpoint"]) == (
        "acme",
        "Takes orders",
        True,
    )
    assert (stage["stage_name"], stage["tags"]) == ("v1", {"System": "orders"})
    (settings,) = found["module.api.aws_api_gateway_method_settings.all"]["settings"]
    (one,) = found['module.api.aws_api_gateway_method_settings.one["POST /orders"]']["settings"]
    assert (settings["throttling_rate_limit"], settings["throttling_burst_limit"]) == (50, 70)
    assert (one["throttling_rate_limit"], one["throttling_burst_limit"]) == (5, 6)
    assert found["module.api.aws_api_gateway_domain_name.this[0]"]["domain_name"] == "api.example.com"
    assert found["module.api.aws_api_gateway_base_path_mapping.this[0]"]["base_path"] == "v1"
    assert found["module.api.aws_wafv2_web_acl_association.this[0]"]["web_acl_arn"] == WEB_ACL
    assert found['module.api.aws_api_gateway_vpc_link.this["inner"]']["target_arns"] == [BALANCER]
    plan = found['module.api.aws_api_gateway_usage_plan.this["partner"]']
    assert (plan["quota_settings"][0]["limit"], plan["quota_settings"][0]["period"]) == (10, "WEEK")
    assert plan["description"] == "One partner"


def test_the_authorizer_and_the_origin_reach_the_document(full):
    paths = body(full)["paths"]
    answer = paths["/orders"]["options"]["x-amazon-apigateway-integration"]["responses"]["default"]
    assert paths["/orders"]["post"]["security"] == [{"caller": ["orders/write"]}]
    assert answer["responseParameters"]["method.response.header.Access-Control-Max-Age"] == "'60'"


def test_removing_a_function_touches_no_other(plan_module, full):
    fewer = {"functions": {"orders": FULL["functions"]["orders"]}, "openapi": template(**ORDERS)}
    after = plan_module(MODULE, **(FULL | fewer))
    gone = set(full.resource_changes) - set(after.resource_changes)
    assert gone
    assert all(address.startswith('module.function["health"].') for address in gone)
    assert set(after.resource_changes) <= set(full.resource_changes)


def test_outputs_that_are_known_before_the_apply(plain, full):
    assert full.outputs["api_name"] == "acme"
    assert full.outputs["stage_name"] == "v1"
    assert full.outputs["public_operations"] == ["GET /orders/{order_id}"]
    assert full.outputs["access_log_group_name"] == "/aws/apigateway/acme/v1"
    assert full.outputs["function_names"] == {"orders": "acme-orders", "health": "acme-health"}
    assert full.outputs["function_timeouts_seconds"] == {"orders": 29, "health": 10}
    assert full.outputs["log_group_names"] == {
        "orders": "/aws/lambda/acme-orders",
        "health": "/aws/lambda/acme-health",
    }
    assert (plain.outputs["domain_target"], plain.outputs["usage_plan_ids"]) == (None, {})
    assert plain.outputs["client_certificates"] == {}


@pytest.mark.parametrize(
    ("output", "source"),
    [
        ("api_id", "module.api.api_id"),
        ("client_certificates", "module.api.client_certificates"),
        ("domain_target", "module.api.domain_target"),
        ("function_arns", "module.function"),
        ("invoke_url", "module.api.invoke_url"),
        ("stage_arn", "module.api.stage_arn"),
        ("usage_plan_ids", "module.api.usage_plan_ids"),
    ],
)
def test_what_aws_names_reaches_the_outputs(full, output, source):
    expression = full.configuration["root_module"]["outputs"][output]["expression"]
    assert expression["references"][0] == source
    assert full.output_changes[output]["actions"] == ["create"]


def in_vpc(**fields):
    return {"functions": {"orders": REQUIRED["functions"]["orders"] | fields}}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"account_id": "1234"}, r'12 digits; got "1234"', id="account"),
        pytest.param(
            {"name": "a" * 58}, r"may have 64 characters; got \[\"a+-orders\"\]", id="a name too long"
        ),
        pytest.param(
            in_vpc(security_group_ids=["sg-1"]), r'need subnet_ids; got none for \["orders"\]', id="no subnet"
        ),
        pytest.param(
            {"functions": REQUIRED["functions"] | {"idle": REQUIRED["functions"]["orders"]}},
            r'not called are \["idle"\]',
            id="a function nobody calls",
        ),
        pytest.param(
            {"openapi": template(**ORDERS, **HEALTH)},
            r'only functions of this unit \(orders\); it names \["orders","health"\]',
            id="a function that is none",
        ),
        pytest.param(
            {"function_settings": {"oders": {}}}, r'unknown are \["oders"\]', id="settings of no function"
        ),
        pytest.param(
            {"function_settings": {"orders": {"timeout_seconds": 30}}},
            r'may be 29.*"orders":30',
            id="too slow",
        ),
        pytest.param(
            {"authorizer": None}, r'open are \["GET /orders/\{order_id\}","POST /orders"\]', id="open"
        ),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value_before_anything_is_made(plan_module, given, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **(REQUIRED | given))
