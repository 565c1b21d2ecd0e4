"""Traffic by weight: an alias of a function and the canary of an API get the share they were given."""

import json
import urllib.request
from typing import Any

import pytest

from tests.local_aws.conftest import package

SAYS = 'def handle(event, context):\n    return {{"statusCode": 200, "body": "{word}"}}\n'
CALLS = 60


@pytest.fixture(scope="module")
def aliased(client: Any, function: Any) -> str:
    """A function with two versions, and an alias that points at the first."""
    function("weighed", SAYS.format(word="old"), Publish=True)
    lambdas = client("lambda")
    lambdas.get_waiter("function_active_v2").wait(FunctionName="weighed")
    lambdas.update_function_code(
        FunctionName="weighed", ZipFile=package(SAYS.format(word="new")), Publish=True
    )
    return str(lambdas.create_alias(FunctionName="weighed", Name="live", FunctionVersion="1")["AliasArn"])


def weigh(client: Any, weight: float) -> None:
    client("lambda").update_alias(
        FunctionName="weighed",
        Name="live",
        RoutingConfig={"AdditionalVersionWeights": {"2": weight} if weight else {}},
    )


def words(client: Any, reference: str) -> set[str]:
    answers = [client("lambda").invoke(FunctionName=reference)["Payload"].read() for _ in range(CALLS)]
    return {json.loads(answer)["body"] for answer in answers}


@pytest.mark.parametrize(
    ("weight", "heard"),
    [
        pytest.param(0.0, {"old"}, id="none"),
        pytest.param(0.5, {"old", "new"}, id="half"),  # all the same 60 times: once in 10^18
        pytest.param(1.0, {"new"}, id="all"),
    ],
)
def test_an_alias_sends_the_share_that_its_weights_say(
    client: Any, aliased: str, weight: float, heard: set[str]
) -> None:
    weigh(client, weight)
    assert words(client, aliased) == heard


@pytest.fixture(scope="module")
def stage(client: Any, server: Any) -> dict[str, str]:
    """An API whose stage stands on the first of two deployments, each of which says its own word."""
    gateway = client("apigateway")
    api = gateway.create_rest_api(name="canary")["id"]

    def deploy(word: str) -> str:
        integration = {
            "type": "mock",
            "requestTemplates": {"application/json": '{"statusCode": 200}'},
            "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": word}}},
        }
        operation = {"responses": {"200": {}}, "x-amazon-apigateway-integration": integration}
        document = {"openapi": "3.0.1", "info": {"title": "canary"}, "paths": {"/word": {"get": operation}}}
        gateway.put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(document))
        return str(gateway.create_deployment(restApiId=api)["id"])

    first = deploy("old")
    gateway.create_stage(restApiId=api, stageName="live", deploymentId=first)
    return {
        "api": api,
        "second": deploy("new"),
        "url": f"{server.url}/restapis/{api}/live/_user_request_/word",
    }


def heard_from(url: str) -> set[str]:
    return {urllib.request.urlopen(url, timeout=60).read().decode() for _ in range(CALLS)}


def test_a_stage_answers_from_its_own_deployment(stage: dict[str, str]) -> None:
    """Though the API was edited and deployed again since."""
    assert heard_from(stage["url"]) == {"old"}


@pytest.mark.parametrize(
    ("percent", "heard"),
    [
        pytest.param("0", {"old"}, id="none"),
        pytest.param("50", {"old", "new"}, id="half"),
        pytest.param("100", {"new"}, id="all"),
    ],
)
def test_a_canary_gets_the_share_that_its_stage_says(
    client: Any, stage: dict[str, str], percent: str, heard: set[str]
) -> None:
    client("apigateway").update_stage(
        restApiId=stage["api"],
        stageName="live",
        patchOperations=[
            {"op": "replace", "path": "/canarySettings/deploymentId", "value": stage["second"]},
            {"op": "replace", "path": "/canarySettings/percentTraffic", "value": percent},
        ],
    )
    assert heard_from(stage["url"]) == heard
