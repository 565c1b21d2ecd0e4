"""A REST API from an OpenAPI body validates, answers, logs and counts as API Gateway does."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest

from tests.local_aws.conftest import ACCOUNT, eventually

ECHO = """
import json
def handle(event, context):
    return {"statusCode": 201, "body": json.dumps({"path": event["pathParameters"], "method": event["httpMethod"]})}
"""
REASON = '{"message":$context.error.messageString,"reason":"$context.error.validationErrorString"}'


def specification(function_arn):
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function_arn}/invocations"
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": uri}
    order = {
        "type": "object",
        "required": ["customer_id", "items"],
        "properties": {
            "customer_id": {"type": "string", "minLength": 1},
            "items": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Item"}},
        },
    }
    item = {
        "type": "object",
        "required": ["sku"],
        "properties": {"sku": {"type": "string"}, "quantity": {"type": "integer", "minimum": 1}},
    }
    body = {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}},
    }
    return {
        "openapi": "3.0.1",
        "info": {"title": "orders", "version": "1"},
        "x-amazon-apigateway-request-validators": {"body": {"validateRequestBody": True}},
        "x-amazon-apigateway-gateway-responses": {
            "BAD_REQUEST_BODY": {"statusCode": 400, "responseTemplates": {"application/json": REASON}}
        },
        "paths": {
            "/orders": {
                "post": {
                    "requestBody": body,
                    "x-amazon-apigateway-request-validator": "body",
                    "x-amazon-apigateway-integration": integration,
                }
            },
            "/orders/{id}": {"get": {"x-amazon-apigateway-integration": integration}},
            "/closed": {"get": {"security": [{"key": []}], "x-amazon-apigateway-integration": integration}},
        },
        "components": {
            "schemas": {"Order": order, "Item": item},
            "securitySchemes": {"key": {"type": "apiKey", "name": "x-api-key", "in": "header"}},
        },
    }


@pytest.fixture(scope="module")
def api(client, function):
    """An API with stage v1, which writes access logs; its id."""
    gateway = client("apigateway")
    identifier = gateway.create_rest_api(name="orders", endpointConfiguration={"types": ["REGIONAL"]})["id"]
    arn = function("echo", ECHO)
    client("lambda").add_permission(
        FunctionName="echo",
        StatementId="api",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
        SourceArn=f"arn:aws:execute-api:us-east-1:{ACCOUNT}:{identifier}/v1/*",
    )
    gateway.put_rest_api(restApiId=identifier, mode="overwrite", body=json.dumps(specification(arn)))
    deployment = gateway.create_deployment(restApiId=identifier)["id"]
    client("logs").create_log_group(logGroupName="/api/orders")
    gateway.create_stage(restApiId=identifier, stageName="v1", deploymentId=deployment)
    gateway.create_stage(restApiId=identifier, stageName="unpermitted", deploymentId=deployment)
    form = json.dumps({"status": "$context.status", "route": "$context.resourcePath"})
    target = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/api/orders"
    gateway.update_stage(
        restApiId=identifier,
        stageName="v1",
        patchOperations=[
            {"op": "replace", "path": "/accessLogSettings/destinationArn", "value": target},
            {"op": "replace", "path": "/accessLogSettings/format", "value": form},
        ],
    )
    return identifier


@pytest.fixture(scope="module")
def call(server, api):
    """Send one request to the API; return status and document."""

    def send(method, path, document=None, stage="v1"):
        url = f"{server.url}/_aws/execute-api/{api}/{stage}{path}"
        data = None if document is None else json.dumps(document).encode()
        request = urllib.request.Request(url, data, {"content-type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    return send


def test_a_good_order_reaches_the_function(call):
    order = {"customer_id": "c-1", "items": [{"sku": "s-1", "quantity": 2}]}
    assert call("POST", "/orders", order) == (201, {"path": None, "method": "POST"})
    assert call("GET", "/orders/o-1") == (201, {"path": {"id": "o-1"}, "method": "GET"})


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        pytest.param(
            {"items": [{"sku": "s"}]},
            '[object has missing required properties (["customer_id"])]',
            id="a missing field is named",
        ),
        pytest.param(
            {"customer_id": "c", "items": [{"quantity": 1}]},
            '[object has missing required properties (["sku"])]',
            id="also one inside a referenced model",
        ),
        pytest.param(
            {"customer_id": 7, "items": [{"sku": "s", "quantity": 0}]},
            '[instance type (integer) does not match any allowed primitive type (allowed: ["string"]), '
            "numeric instance is lower than the required minimum (minimum: 1, found: 0)]",
            id="wrong type and value out of range",
        ),
        pytest.param(
            {"customer_id": "c", "items": []},
            "[array is too short: must have at least 1 elements but instance has 0 elements]",
            id="an empty list",
        ),
    ],
)
def test_a_bad_order_is_refused_with_the_reason(call, order, reason):
    assert call("POST", "/orders", order) == (400, {"message": "Invalid request body", "reason": reason})


def test_a_method_with_an_api_key_is_closed_without_one(call):
    assert call("GET", "/closed")[0] == 403


def test_a_stage_that_the_function_does_not_permit_answers_500(call):
    assert call("GET", "/orders/o-1", stage="unpermitted") == (500, {"message": "Internal server error"})


def test_every_request_is_logged_and_counted(client, call, api):
    call("GET", "/orders/o-2")

    def logged():
        events = client("logs").filter_log_events(logGroupName="/api/orders")["events"]
        return {"status": "201", "route": "/orders/{id}"} in [
            json.loads(event["message"]) for event in events
        ]

    assert eventually(logged)
    metrics = client("cloudwatch").list_metrics(Namespace="AWS/ApiGateway", MetricName="4XXError")["Metrics"]
    assert [{"Name": "ApiName", "Value": "orders"}] in [metric["Dimensions"] for metric in metrics]


def test_an_overwritten_definition_leaves_nothing_of_the_old_one(client, api):
    gateway = client("apigateway")
    identifier = gateway.create_rest_api(name="changing")["id"]
    old = {"openapi": "3.0.1", "info": {"title": "changing", "version": "1"}, "paths": {"/old": {"get": {}}}}
    gateway.put_rest_api(restApiId=identifier, mode="overwrite", body=json.dumps(old))
    new = {**old, "paths": {"/new": {"get": {}}}}
    gateway.put_rest_api(restApiId=identifier, mode="overwrite", body=json.dumps(new))
    paths = [resource["path"] for resource in gateway.get_resources(restApiId=identifier)["items"]]
    assert sorted(paths) == ["/", "/new"]


def test_a_stage_keeps_its_canary_and_shows_no_empty_blocks(client, api):
    gateway = client("apigateway")
    deployment = gateway.get_stage(restApiId=api, stageName="v1")["deploymentId"]
    gateway.create_stage(
        restApiId=api,
        stageName="canary",
        deploymentId=deployment,
        canarySettings={"percentTraffic": 10, "deploymentId": deployment},
    )
    gateway.update_stage(
        restApiId=api,
        stageName="canary",
        patchOperations=[{"op": "replace", "path": "/canarySettings/percentTraffic", "value": "20.5"}],
    )
    stage = gateway.get_stage(restApiId=api, stageName="canary")
    assert stage["canarySettings"]["percentTraffic"] == 20.5
    assert "accessLogSettings" not in stage


def test_a_usage_plan_keeps_limits_for_single_methods_and_shows_no_empty_quota(client, api):
    gateway = client("apigateway")
    stage = {"apiId": api, "stage": "v1", "throttle": {"/orders/POST": {"rateLimit": 10.0, "burstLimit": 5}}}
    plan = gateway.create_usage_plan(name="partners", apiStages=[stage])["id"]
    gateway.update_usage_plan(
        usagePlanId=plan,
        patchOperations=[
            {"op": "replace", "path": "/throttle/rateLimit", "value": "20"},
            {"op": "replace", "path": f"/apiStages/{api}:v1/throttle/~1orders/POST/burstLimit", "value": "7"},
        ],
    )
    kept = gateway.get_usage_plan(usagePlanId=plan)
    assert kept["throttle"] == {"rateLimit": 20.0}
    assert "quota" not in kept


def test_a_stage_tells_that_its_cache_is_there_and_when_it_is_gone(client, api):
    gateway = client("apigateway")
    deployment = gateway.get_stage(restApiId=api, stageName="v1")["deploymentId"]
    stage = {"restApiId": api, "stageName": "cached"}
    gateway.create_stage(**stage, deploymentId=deployment, cacheClusterEnabled=True, cacheClusterSize="0.5")
    made = gateway.get_stage(**stage)
    removed = gateway.update_stage(
        **stage, patchOperations=[{"op": "replace", "path": "/cacheClusterEnabled", "value": "false"}]
    )
    assert (made["cacheClusterStatus"], made["cacheClusterSize"]) == ("AVAILABLE", "0.5")
    assert removed["cacheClusterStatus"] == "NOT_AVAILABLE"


def test_a_client_certificate_is_valid_for_a_year_and_goes_when_no_stage_shows_it(client, api):
    gateway = client("apigateway")
    deployment = gateway.get_stage(restApiId=api, stageName="v1")["deploymentId"]
    made = gateway.generate_client_certificate(description="2026", tags={"System": "orders"})
    identifier = made["clientCertificateId"]
    stage = {"restApiId": api, "stageName": "shown"}
    gateway.create_stage(**stage, deploymentId=deployment)

    def show(value):
        operation = {"op": "replace", "path": "/clientCertificateId", "value": value}
        return gateway.update_stage(**stage, patchOperations=[operation])

    assert show(identifier)["clientCertificateId"] == identifier
    with pytest.raises(gateway.exceptions.BadRequestException, match="still shown by a stage"):
        gateway.delete_client_certificate(clientCertificateId=identifier)
    assert "clientCertificateId" not in show("")
    kept = gateway.get_client_certificate(clientCertificateId=identifier)
    assert (kept["expirationDate"] - kept["createdDate"]).days == 365
    assert kept["pemEncodedCertificate"].startswith("-----BEGIN CERTIFICATE-----")
    gateway.delete_client_certificate(clientCertificateId=identifier)
    assert identifier not in [
        one["clientCertificateId"] for one in gateway.get_client_certificates()["items"]
    ]


def test_a_client_certificate_changes_its_description_and_tags(client):
    gateway = client("apigateway")
    identifier = gateway.generate_client_certificate(tags={"a": "1", "b": "2"})["clientCertificateId"]
    operation = {"op": "replace", "path": "/description", "value": "next year's"}
    gateway.update_client_certificate(clientCertificateId=identifier, patchOperations=[operation])
    arn = f"arn:aws:apigateway:us-east-1::/clientcertificates/{identifier}"
    gateway.tag_resource(resourceArn=arn, tags={"c": "3"})
    gateway.untag_resource(resourceArn=arn, tagKeys=["a"])
    kept = gateway.get_client_certificate(clientCertificateId=identifier)
    assert kept["description"] == "next year's"
    assert kept["tags"] == gateway.get_tags(resourceArn=arn)["tags"] == {"b": "2", "c": "3"}


def test_settings_of_a_method_stand_under_its_escaped_path_until_they_go(client, api):
    gateway = client("apigateway")
    stage = {"restApiId": api, "stageName": "settings"}
    deployment = gateway.get_stage(restApiId=api, stageName="v1")["deploymentId"]
    gateway.create_stage(**stage, deploymentId=deployment)
    kept = [
        {"op": "replace", "path": f"/{path}/caching/enabled", "value": "true"}
        for path in ("*/*", "~1orders~1{id}/GET")
    ]
    gateway.update_stage(**stage, patchOperations=kept)
    (listed,) = [one for one in gateway.get_stages(restApiId=api)["item"] if one["stageName"] == "settings"]
    assert set(listed["methodSettings"]) == {"*/*", "~1orders~1{id}/GET"}
    gateway.update_stage(**stage, patchOperations=[{"op": "remove", "path": "/~1orders~1{id}/GET"}])
    assert set(gateway.get_stage(**stage)["methodSettings"]) == {"*/*"}
