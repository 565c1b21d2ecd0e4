"""What a service refuses before a plan, each time with the rule and the value."""

import re

import pytest
import tftest

MODULE = "compute/ecs-service"
TARGET = "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/shop/0a1b2c3d4e5f6000"
SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:db-AbCdEf"
CONTAINER = {"image": "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme/shop", "port": 8000}
REQUIRED = {
    "name": "acme-shop",
    "cluster": {"arn": "arn:aws:ecs:us-east-1:111111111111:cluster/acme", "name": "acme"},
    "container": CONTAINER,
    "execution_role_arn": "arn:aws:iam::111111111111:role/shop-execution",
    "task_role_arn": "arn:aws:iam::111111111111:role/shop",
    "security_group_ids": ["sg-1"],
    "subnet_ids": ["subnet-1"],
}
TARGETS = {"web": {"target_group_arn": TARGET}}


def container(**fields):
    return {"container": CONTAINER | fields}


def blue_green(**fields):
    return {"deployment": {"type": "blue_green"} | fields, "targets": TARGETS}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"name": "a b"}, r'1 to 255 letters.*"a b"', id="a name with a space"),
        pytest.param(container(image="shop:v1"), r'name no tag.*"shop:v1"', id="a tag in the image"),
        pytest.param(container(image="shop@sha256:abc"), r'name no tag.*"shop@sha256:abc"', id="a digest"),
        pytest.param(container(port=0), "1 to 65535; got 0", id="port"),
        pytest.param(
            container(secret_arns={"P": "hunter2"}), r'never a value; wrong under \["P"\]', id="a value"
        ),
        pytest.param(
            container(secret_arns={"P": SECRET}, environment={"P": "x"}),
            r'both have \["P"\]',
            id="a shared key",
        ),
        pytest.param(container(writable_paths=["/"]), r'such as /tmp; got \["/"\]', id="the root"),
        pytest.param(container(stop_timeout_seconds=121), "2 to 120.*got 121", id="stop"),
        pytest.param({"security_group_ids": []}, "1 to 5 groups.*got 0", id="no group"),
        pytest.param({"subnet_ids": []}, "1 to 16 subnets; got 0", id="no subnet"),
        pytest.param({"capacity_strategy": {"EC2": {}}}, r'or both; got \["EC2"\]', id="another provider"),
        pytest.param(
            {"capacity_strategy": {"FARGATE": {"base": 1}, "FARGATE_SPOT": {"base": 1}}},
            r'only one.*"FARGATE":1,"FARGATE_SPOT":1',
            id="two bases",
        ),
        pytest.param({"deployment": {"type": "canary"}}, r'blue_green; got "canary"', id="deployment"),
        pytest.param(
            blue_green(circuit_breaker=True),
            r'ECS refuses both; got true with "blue_green"',
            id="breaker and CodeDeploy",
        ),
        pytest.param(
            blue_green(alarm_names=["a"]), r'CodeDeploy group; got \["a"\]', id="alarms and CodeDeploy"
        ),
        pytest.param(
            {"deployment": {"type": "blue_green"}}, "exactly one entry; got 0", id="nothing to move"
        ),
        pytest.param(
            {"deployment": {"minimum_healthy_percent": 100, "maximum_percent": 100}},
            "ever be exchanged; got 100 and 100",
            id="no room to deploy",
        ),
        pytest.param({"initial_image_tag": "a b"}, r'image tag; got "a b"', id="tag"),
        pytest.param({"pinned_image_tag": "a:b"}, r'image tag or null; got "a:b"', id="pinned tag"),
        pytest.param({"log_retention_days": 2}, "CloudWatch offers.*got 2", id="retention"),
        pytest.param({"scaling": {"minimum": 3, "maximum": 2}}, "scaling.maximum; got 3 and 2", id="bounds"),
        pytest.param({"scaling": {"cpu_percent": 5}}, r"10 to 100; got \[5,80\]", id="percent"),
        pytest.param(
            {"scaling": {"schedules": {"n": {"expression": "daily", "minimum": 0, "maximum": 0}}}},
            r'cron\(\.\.\.\).*"expression":"daily"',
            id="schedule",
        ),
        pytest.param(
            {"sidecars": {"app": {"image": "x"}}}, r'names itself; got \["app"\]', id="a taken name"
        ),
        pytest.param(
            {"sidecars": {"a": {"image": "x", "memory_mb": 512}}},
            "reserve 512 of the task's 512 MB",
            id="no memory left",
        ),
        pytest.param(
            {"targets": {f"t{number}": TARGETS["web"] for number in range(6)}},
            "at most 5.*got 6",
            id="six targets",
        ),
        pytest.param(
            {"task": {"cpu": 256, "memory_mb": 4096}},
            "with 256, 512, 1024, 2048; got 256 and 4096",
            id="a wrong pair",
        ),
        pytest.param({"task": {"cpu": 300}}, "cpu is one of 256.*got 300 and 512", id="no such size"),
        pytest.param({"task": {"architecture": "arm64"}}, r'X86_64; got "arm64"', id="architecture"),
        pytest.param({"task": {"scratch_gb": 20}}, "21 to 200; got 20", id="scratch"),
        pytest.param({"tracing": "zipkin"}, r'adot or null; got "zipkin"', id="tracing"),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, given, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **(REQUIRED | given))


@pytest.mark.parametrize(
    ("cpu", "memory"),
    [
        (256, 512),
        (256, 2048),
        (512, 1024),
        (512, 4096),
        (1024, 8192),
        (2048, 16384),
        (4096, 30720),
        (8192, 61440),
        (16384, 32768),
        (16384, 122880),
    ],
)
def test_the_ends_of_each_size_that_fargate_offers_are_taken(plan_module, cpu, memory):
    plan = plan_module(MODULE, **REQUIRED, task={"cpu": cpu, "memory_mb": memory})
    assert plan.resources["aws_ecs_task_definition.this"]["values"]["memory"] == str(memory)
