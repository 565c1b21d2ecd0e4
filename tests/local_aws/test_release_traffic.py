"""A release on the embedded AWS, seen from outside: who answers a request after each step."""

import json
import urllib.request
from typing import Any

import boto3
import pytest

from scripts.checks.finding import Refused
from scripts.local_aws.lifecycle import SECRET_KEY
from scripts.release import gates, tags, traffic
from tests.local_aws.conftest import ACCOUNT, package

SAYS = 'def handle(event, context):\n    return {{"statusCode": 200, "body": "{word}"}}\n'
CALLS = 60


@pytest.fixture
def session(server: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The session that a task would have."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
    return boto3.Session(aws_access_key_id=ACCOUNT, aws_secret_access_key=SECRET_KEY, region_name="us-east-1")


@pytest.fixture(scope="module")
def url(client: Any, server: Any, function: Any) -> str:
    """An API that calls a function's alias, which runs the first of two versions."""
    arn = function("released", SAYS.format(word="old"), Publish=True)
    lambdas = client("lambda")
    lambdas.get_waiter("function_active_v2").wait(FunctionName="released")
    alias = lambdas.create_alias(FunctionName="released", Name="live", FunctionVersion="1")["AliasArn"]
    lambdas.update_function_code(
        FunctionName="released", ZipFile=package(SAYS.format(word="new")), Publish=True
    )
    api = client("apigateway").create_rest_api(name="released")["id"]
    lambdas.add_permission(
        FunctionName=arn,
        Qualifier="live",
        StatementId="api",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
        SourceArn=f"arn:aws:execute-api:us-east-1:{ACCOUNT}:{api}/live/*",
    )
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{alias}/invocations"
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": uri}
    operation = {"responses": {}, "x-amazon-apigateway-integration": integration}
    document = {"openapi": "3.0.1", "info": {"title": "released"}, "paths": {"/word": {"get": operation}}}
    client("apigateway").put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(document))
    deployment = client("apigateway").create_deployment(restApiId=api)["id"]
    client("apigateway").create_stage(restApiId=api, stageName="live", deploymentId=deployment)
    return f"{server.url}/_aws/execute-api/{api}/live/word"


ALIAS = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:released:live"


def heard(url: str) -> set[str]:
    return {urllib.request.urlopen(url, timeout=60).read().decode() for _ in range(CALLS)}


def go(moved: traffic.Traffic, steps: tuple[int, ...], wrong: Any = lambda: "") -> traffic.Outcome:
    return traffic.promote(moved, steps, wrong, lambda text: None, lambda: None)


def test_callers_of_an_api_meet_the_new_version_step_by_step_and_the_old_one_after_trouble(
    session: Any, url: str
) -> None:
    moved = traffic.alias_of(session, ALIAS)
    assert (moved.old, moved.new) == ("1", "2")
    assert heard(url) == {"old"}
    go(moved, (50,))
    assert heard(url) == {"old", "new"}
    answers = iter(["", "", "it rings"])
    assert go(moved, (50, 90), lambda: next(answers)).wrong == "it rings"
    assert heard(url) == {"old"}
    assert go(moved, (10, 100), lambda: gates.unanswered(url)) == traffic.Outcome(100)
    assert heard(url) == {"new"}
    with pytest.raises(Refused, match="runs version 2; published are 1, 2, so there is nothing to promote"):
        traffic.alias_of(session, ALIAS)


@pytest.fixture(scope="module")
def stage(client: Any, server: Any) -> tuple[str, str]:
    """An API on its first deployment, with a second one as its canary."""
    gateway = client("apigateway")
    api = gateway.create_rest_api(name="promoted")["id"]

    def deploy(word: str) -> str:
        integration = {
            "type": "mock",
            "requestTemplates": {"application/json": '{"statusCode": 200}'},
            "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": word}}},
        }
        operation = {"responses": {"200": {}}, "x-amazon-apigateway-integration": integration}
        document = {"openapi": "3.0.1", "info": {"title": "x"}, "paths": {"/word": {"get": operation}}}
        gateway.put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(document))
        return str(gateway.create_deployment(restApiId=api)["id"])

    gateway.create_stage(
        restApiId=api,
        stageName="live",
        deploymentId=deploy("old"),
        variables={"color": "blue"},
        canarySettings={
            "deploymentId": deploy("new"),
            "percentTraffic": 0,
            "stageVariableOverrides": {"color": "green"},
        },
    )
    return api, f"{server.url}/_aws/execute-api/{api}/live/word"


def test_an_apis_canary_takes_over_with_its_deployment_and_its_variables(
    session: Any, client: Any, stage: tuple[str, str]
) -> None:
    api, url = stage
    moved = traffic.canary_of(session, api, "live")
    go(moved, (50,))
    assert heard(url) == {"old", "new"}
    moved.back()
    assert heard(url) == {"old"}
    assert go(moved, (10, 100), lambda: gates.unanswered(url)) == traffic.Outcome(100)
    assert heard(url) == {"new"}
    found = client("apigateway").get_stage(restApiId=api, stageName="live")
    assert (found["variables"], found.get("canarySettings")) == ({"color": "green"}, None)
    with pytest.raises(Refused, match="has no canary"):
        traffic.canary_of(session, api, "live")


@pytest.fixture(scope="module")
def rule(client: Any) -> tuple[str, list[str]]:
    """A listener's rule with all its weight on the first of two target groups."""
    ec2, balancers = client("ec2"), client("elbv2")
    vpc = ec2.create_vpc(CidrBlock="10.77.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.77.{number}.0/24", AvailabilityZone=zone)["Subnet"][
            "SubnetId"
        ]
        for number, zone in enumerate(("us-east-1a", "us-east-1b"))
    ]
    balancer = balancers.create_load_balancer(Name="release", Subnets=subnets)["LoadBalancers"][0][
        "LoadBalancerArn"
    ]
    groups = [
        balancers.create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")
        for name in ("blue", "green")
    ]
    arns = [group["TargetGroups"][0]["TargetGroupArn"] for group in groups]
    answer = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
    listener = balancers.create_listener(
        LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=[answer]
    )["Listeners"][0]["ListenerArn"]
    weights = [{"TargetGroupArn": arn, "Weight": weight} for arn, weight in zip(arns, (100, 0), strict=True)]
    made = balancers.create_rule(
        ListenerArn=listener,
        Priority=1,
        Conditions=[{"Field": "path-pattern", "Values": ["/*"]}],
        Actions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": weights}}],
    )
    return made["Rules"][0]["RuleArn"], arns


def test_a_rules_weight_moves_from_one_target_group_to_the_other(
    session: Any, client: Any, rule: tuple[str, list[str]]
) -> None:
    arn, (blue, green) = rule

    def weights() -> dict[str, int]:
        (found,) = client("elbv2").describe_rules(RuleArns=[arn])["Rules"]
        groups = found["Actions"][0]["ForwardConfig"]["TargetGroups"]
        return {group["TargetGroupArn"]: int(group["Weight"]) for group in groups}

    moved = traffic.rule_of(session, arn)
    assert (moved.old, moved.new) == (blue, green)
    go(moved, (10,))
    assert weights() == {blue: 90, green: 10}
    go(moved, (50, 100))
    assert weights() == {blue: 0, green: 100}
    moved.back()
    assert weights() == {blue: 100, green: 0}
    moved.shift(50)
    with pytest.raises(Refused, match=r"two target groups of different weight.*\[50, 50\]"):
        traffic.rule_of(session, arn)


def test_an_alarm_that_rings_or_does_not_exist_stops_a_release(session: Any, client: Any) -> None:
    client("cloudwatch").put_metric_alarm(
        AlarmName="release-5xx",
        Namespace="Shop",
        MetricName="Errors",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=0,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="ignore",
    )
    assert gates.ringing(session, ["release-5xx"]) == ""
    client("cloudwatch").set_alarm_state(AlarmName="release-5xx", StateValue="ALARM", StateReason="test")
    assert gates.ringing(session, ["release-5xx", "gone"]) == "release-5xx rings; there is no alarm gone"
    assert gates.ringing(session, []) == ""


def test_a_tag_is_kept_with_those_before_it(session: Any) -> None:
    for tag in ("v1", "v2", "v3"):
        tags.write(session, "/released/image-tag", tag)
    kept = tags.history(session, "/released/image-tag")
    assert kept == ("v1", "v2", "v3")
    assert tags.previous(kept) == "v2"
