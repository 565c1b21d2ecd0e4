"""A cluster is measured, what is typed into its tasks is logged, and Spot is at hand but not assumed."""

import re

import pytest
import tftest

MODULE = "compute/ecs-cluster"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
NAMESPACE = "arn:aws:servicediscovery:us-east-1:111111111111:namespace/ns-0a1b2c3d4e5f6000"
FULL = {
    "name": "acme",
    "container_insights": "enabled",
    "default_strategy": {"FARGATE": {"base": 2, "weight": 0}, "FARGATE_SPOT": {"weight": 3}},
    "kms_key": {"arn": KEY},
    "log_kms_key_arn": LOG_KEY,
    "log_retention_days": 365,
    "service_connect_namespace": {"arn": NAMESPACE},
    "tags": {"System": "shop"},
}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, name="acme")


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(MODULE, **FULL)


def values(plan, address):
    return plan.resources[address]["values"]


def strategy(plan):
    blocks = values(plan, "aws_ecs_cluster_capacity_providers.this")["default_capacity_provider_strategy"]
    return {block["capacity_provider"]: (block["base"], block["weight"]) for block in blocks}


def execute_command(plan):
    (configuration,) = values(plan, "aws_ecs_cluster.this")["configuration"]
    return configuration["execute_command_configuration"][0]


def test_by_default_containers_are_measured(plain):
    settings = values(plain, "aws_ecs_cluster.this")["setting"]
    assert settings == [{"name": "containerInsights", "value": "enhanced"}]


def test_by_default_tasks_run_on_demand_with_spot_at_hand(plain):
    providers = values(plain, "aws_ecs_cluster_capacity_providers.this")["capacity_providers"]
    assert sorted(providers) == ["FARGATE", "FARGATE_SPOT"]
    assert strategy(plain) == {"FARGATE": (1, 1)}


def test_what_is_typed_into_a_task_is_logged_for_90_days(plain):
    command = execute_command(plain)
    assert (command["logging"], command["kms_key_id"]) == ("OVERRIDE", None)
    assert command["log_configuration"][0]["cloud_watch_log_group_name"] == "/aws/ecs/acme/execute-command"
    assert values(plain, "aws_cloudwatch_log_group.execute_command")["retention_in_days"] == 90


def test_without_a_key_no_encryption_is_claimed_that_is_not_there(plain):
    assert execute_command(plain)["log_configuration"][0]["cloud_watch_encryption_enabled"] is False
    (configuration,) = values(plain, "aws_ecs_cluster.this")["configuration"]
    assert configuration["managed_storage_configuration"] == []


def test_sessions_disks_and_log_take_the_callers_keys(full):
    (configuration,) = values(full, "aws_ecs_cluster.this")["configuration"]
    (storage,) = configuration["managed_storage_configuration"]
    assert execute_command(full)["kms_key_id"] == KEY
    assert storage["fargate_ephemeral_storage_kms_key_id"] == KEY
    assert execute_command(full)["log_configuration"][0]["cloud_watch_encryption_enabled"] is True
    group = values(full, "aws_cloudwatch_log_group.execute_command")
    assert (group["kms_key_id"], group["retention_in_days"], group["tags"]) == (
        LOG_KEY,
        365,
        {"System": "shop"},
    )


def test_each_input_reaches_the_cluster(full):
    cluster = values(full, "aws_ecs_cluster.this")
    assert (cluster["name"], cluster["tags"]) == ("acme", {"System": "shop"})
    assert cluster["setting"] == [{"name": "containerInsights", "value": "enabled"}]
    assert cluster["service_connect_defaults"] == [{"namespace": NAMESPACE}]
    assert strategy(full) == {"FARGATE": (2, 0), "FARGATE_SPOT": (0, 3)}


def test_outputs(full):
    assert full.outputs["name"] == "acme"
    assert full.outputs["execute_command_log_group_name"] == "/aws/ecs/acme/execute-command"
    expression = full.configuration["root_module"]["outputs"]["arn"]["expression"]
    assert expression["references"][0] == "aws_ecs_cluster.this.arn"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"name": "a b"}, r'1 to 255 letters.*"a b"', id="a name with a space"),
        pytest.param({"container_insights": "on"}, r'disabled; got "on"', id="insights"),
        pytest.param(
            {"default_strategy": {"SPOT": {}}}, r'FARGATE_SPOT or both; got \["SPOT"\]', id="provider"
        ),
        pytest.param({"default_strategy": {}}, r"or both; got \[\]", id="no provider"),
        pytest.param(
            {"default_strategy": {"FARGATE": {"base": 1}, "FARGATE_SPOT": {"base": 2}}},
            r'only one.*"FARGATE":1,"FARGATE_SPOT":2',
            id="two bases",
        ),
        pytest.param(
            {"default_strategy": {"FARGATE": {"weight": 0}}}, r'above 0.*"FARGATE":0', id="no weight"
        ),
        pytest.param({"log_retention_days": 2}, "CloudWatch offers.*got 2", id="retention"),
        pytest.param(
            {"service_connect_namespace": {"arn": "shop"}},
            r'Cloud Map namespace; got .*"shop"',
            id="namespace",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, given, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **({"name": "acme"} | given))
