"""A canary runs, notices new code, keeps its pictures to itself, and its silence is an alarm."""

import re

import pytest
import tftest

MODULE = "monitoring/canary"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
ROLE = "arn:aws:iam::111111111111:role/acme-canary"
TOPIC = "arn:aws:sns:us-east-1:111111111111:acme-alerts"
CANARY = "aws_synthetics_canary.this"
ALARM = "aws_cloudwatch_metric_alarm.success"
CODE = {"bucket_name": "code", "key": "canary.zip", "version_id": "1"}
REQUIRED = {
    "name": "acme",
    "role_arn": ROLE,
    "runtime_version": "syn-python-selenium-5.1",
    "code": CODE,
    "artifacts": {"bucket_name": "reports"},
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """A canary about which nothing more is said than must be."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(
        MODULE,
        **REQUIRED
        | {
            "artifacts": {
                "bucket_name": "reports",
                "failure_retention_days": 90,
                "prefix": "checkout/runs",
                "success_retention_days": 1,
            }
        },
        alarm={"period_seconds": 600, "periods": 3, "success_percent": 50},
        alarm_topic_arns=[TOPIC],
        environment={"ADDRESS": "https://example.com"},
        handler="checkout.run",
        kms_key_arn=KEY,
        memory_mb=2048,
        paused=True,
        schedule_expression="rate(1 minute)",
        tags={"System": "shop"},
        timeout_seconds=30,
        trace=False,
        vpc={"security_group_ids": ["sg-1"], "subnet_ids": ["subnet-1"]},
    )


def values(plan, address):
    return plan.resources[address]["values"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("name", "acme", id="named as told"),
        pytest.param("execution_role_arn", ROLE, id="the role"),
        pytest.param("runtime_version", "syn-python-selenium-5.1", id="the runtime"),
        pytest.param("handler", "canary.handler", id="handler"),
        pytest.param("artifact_s3_location", "s3://reports/canaries", id="reports"),
        pytest.param("start_canary", True, id="it runs"),
        pytest.param("delete_lambda", True, id="nothing outlives it"),
        pytest.param("success_retention_period", 7, id="successes a week"),
        pytest.param("failure_retention_period", 31, id="failures a month"),
        pytest.param("s3_version", "1", id="code by version"),
        pytest.param("vpc_config", [], id="outside the VPC"),
    ],
)
def test_a_canary_has_these_defaults(plain, key, expected):
    assert values(plain, CANARY)[key] == expected


def test_a_canary_runs_every_five_minutes_traced_and_with_room_for_a_browser(plain):
    assert values(plain, CANARY)["schedule"][0]["expression"] == "rate(5 minutes)"
    (run,) = values(plain, CANARY)["run_config"]
    assert (run["timeout_in_seconds"], run["memory_in_mb"], run["active_tracing"]) == (60, 1024, True)


def test_reports_are_encrypted(plain):
    (config,) = values(plain, CANARY)["artifact_config"]
    assert config["s3_encryption"][0]["encryption_mode"] == "SSE_S3"


def test_two_bad_periods_or_silence_ring(plain):
    alarm = values(plain, ALARM)
    assert (alarm["alarm_name"], alarm["metric_name"]) == ("acme-success", "SuccessPercent")
    assert (alarm["namespace"], alarm["dimensions"]) == ("CloudWatchSynthetics", {"CanaryName": "acme"})
    assert (alarm["threshold"], alarm["comparison_operator"]) == (90, "LessThanThreshold")
    assert (alarm["period"], alarm["evaluation_periods"], alarm["datapoints_to_alarm"]) == (300, 2, 2)
    assert alarm["treat_missing_data"] == "breaching"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("artifact_s3_location", "s3://reports/checkout/runs"),
        ("failure_retention_period", 90),
        ("success_retention_period", 1),
        ("s3_bucket", "code"),
        ("s3_key", "canary.zip"),
        ("handler", "checkout.run"),
        ("start_canary", False),
        ("tags", {"System": "shop"}),
    ],
)
def test_each_input_reaches_the_canary(full, key, expected):
    assert values(full, CANARY)[key] == expected


def test_inputs_reach_run_schedule_encryption_and_network(full):
    found = values(full, CANARY)
    (run,) = found["run_config"]
    assert (run["timeout_in_seconds"], run["memory_in_mb"], run["active_tracing"]) == (30, 2048, False)
    assert run["environment_variables"] == {"ADDRESS": "https://example.com"}
    assert found["schedule"][0]["expression"] == "rate(1 minute)"
    assert found["artifact_config"][0]["s3_encryption"] == [
        {"encryption_mode": "SSE_KMS", "kms_key_arn": KEY}
    ]
    assert found["vpc_config"][0]["subnet_ids"] == ["subnet-1"]
    assert found["vpc_config"][0]["security_group_ids"] == ["sg-1"]


def test_inputs_reach_the_alarm_and_a_paused_canary_may_be_silent(full):
    alarm = values(full, ALARM)
    assert (alarm["period"], alarm["evaluation_periods"], alarm["threshold"]) == (600, 3, 50)
    assert (alarm["alarm_actions"], alarm["ok_actions"]) == ([TOPIC], [TOPIC])
    assert (alarm["treat_missing_data"], alarm["tags"]) == ("ignore", {"System": "shop"})


def test_names_come_out(plain):
    assert plain.outputs["canary_name"] == "acme"
    assert plain.outputs["alarm_name"] == "acme-success"


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param(
            {"artifacts": {"bucket_name": "b", "success_retention_days": 0}},
            "1 to 1024",
            "[0,31]",
            id="no day",
        ),
        pytest.param({"artifacts": {"bucket_name": "b", "prefix": "/x"}}, "a slash", '"/x"', id="prefix"),
        pytest.param({"code": CODE | {"key": "canary.py"}}, "must be a zip", '"canary.py"', id="no zip"),
        pytest.param({"name": "Acme"}, "small letters", '"Acme"', id="name"),
        pytest.param({"role_arn": "x"}, "ARN of an IAM role", '"x"', id="a role's name"),
        pytest.param({"runtime_version": "python3.12"}, "with a version", '"python3.12"', id="runtime"),
        pytest.param(
            {"alarm": {"success_percent": 101}}, "at most 100", '"success_percent":101', id="percent"
        ),
        pytest.param({"alarm": {"period_seconds": 90}}, "multiple of 60", '"period_seconds":90', id="period"),
        pytest.param({"alarm": {"periods": 289}}, "a day at most", '"periods":289', id="over a day"),
        pytest.param({"handler": "run"}, "file.function", '"run"', id="handler"),
        pytest.param({"kms_key_arn": "alias/x"}, "ARN of a KMS key", '"alias/x"', id="an alias for a key"),
        pytest.param({"memory_mb": 1000}, "steps of 64", "got 1000", id="memory"),
        pytest.param({"schedule_expression": "rate(2 hours)"}, "rate(60 minutes)", "2 hours", id="schedule"),
        pytest.param({"timeout_seconds": 841}, "3 to 840", "got 841", id="timeout"),
        pytest.param(
            {"vpc": {"security_group_ids": [], "subnet_ids": ["subnet-1"]}},
            "subnets and security groups",
            '"security_group_ids":[]',
            id="no group",
        ),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **REQUIRED | variables)
