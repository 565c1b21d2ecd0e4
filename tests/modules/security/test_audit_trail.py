"""The audit-trail module: everywhere, signed, encrypted, and copied to where alarms can read."""

import json

import pytest
import tftest

MODULE = "security/audit-trail"
KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
TOPIC = "arn:aws:sns:us-east-1:111111111111:acme-files"
REPORTS = "arn:aws:s3:::acme-reports/"
BASE = {"name": "acme", "account_id": "111111111111", "bucket_name": "acme-audit", "kms_key_arn": KEY}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        bucket_prefix="trails",
        data_events={
            "reports": {"resource_type": "AWS::S3::Object", "arn_prefixes": [REPORTS], "writes_only": False},
            "calls": {"resource_type": "AWS::Lambda::Function"},
        },
        delivery_topic={"arn": TOPIC},
        insights=["ApiErrorRateInsight"],
        log_kms_key_arn=KEY,
        log_retention_days=365,
        organization_trail=True,
        tags={"System": "platform"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


def trail(plan):
    return values(plan, "aws_cloudtrail.this")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        pytest.param("is_multi_region_trail", True, id="all regions"),
        pytest.param("include_global_service_events", True, id="global services"),
        pytest.param("enable_log_file_validation", True, id="signed"),
        pytest.param("enable_logging", True, id="on"),
        pytest.param("kms_key_id", KEY, id="encrypted"),
        pytest.param("s3_bucket_name", "acme-audit", id="bucket"),
        pytest.param("name", "acme", id="name"),
        pytest.param("is_organization_trail", False, id="this account"),
        pytest.param("s3_key_prefix", None, id="root of the bucket"),
        pytest.param("sns_topic_name", None, id="nobody hears of files"),
    ],
)
def test_by_default(plain, setting, value):
    assert (trail(plain)[setting] or None) == (value or None)


def test_the_callers_choices_reach_the_trail(full):
    found = trail(full)
    assert (found["s3_key_prefix"], found["is_organization_trail"]) == ("trails", True)
    assert found["sns_topic_name"] == "acme-files"
    assert found["tags"] == {"System": "platform"}


@pytest.mark.parametrize(
    ("arn", "read_back"),
    [
        pytest.param(TOPIC, "acme-files", id="its own by name"),
        pytest.param(TOPIC.replace("east", "west"), TOPIC.replace("east", "west"), id="of another region"),
        pytest.param(TOPIC.replace("1111", "2222"), TOPIC.replace("1111", "2222"), id="of another account"),
    ],
)
def test_a_topic_is_named_as_the_provider_reads_it_back(plan_module, arn, read_back):
    plan = plan_module(MODULE, **BASE, delivery_topic={"arn": arn})
    assert trail(plan)["sns_topic_name"] == read_back


def selectors(plan):
    return {
        selector["name"]: {field["field"]: field for field in selector["field_selector"]}
        for selector in trail(plan)["advanced_event_selector"]
    }


def test_management_events_are_always_recorded(plain, full):
    assert list(selectors(plain)) == ["Management events"]
    assert selectors(full)["Management events"]["eventCategory"]["equals"] == ["Management"]


def test_data_events_are_those_the_caller_names(full):
    reports, calls = selectors(full)["reports"], selectors(full)["calls"]
    assert reports["resources.type"]["equals"] == ["AWS::S3::Object"]
    assert reports["resources.ARN"]["starts_with"] == [REPORTS]
    assert "readOnly" not in reports
    assert calls["readOnly"]["equals"] == ["false"]
    assert "resources.ARN" not in calls


def test_unusual_rates_are_pointed_out(plain, full):
    def insights(plan):
        return {selector["insight_type"] for selector in trail(plan)["insight_selector"]}

    assert insights(plain) == {"ApiCallRateInsight", "ApiErrorRateInsight"}
    assert insights(full) == {"ApiErrorRateInsight"}


def test_a_copy_is_kept_where_alarms_can_read_it(plain, full):
    assert values(plain, "aws_cloudwatch_log_group.this[0]")["retention_in_days"] == 90
    found = values(full, "aws_cloudwatch_log_group.this[0]")
    assert (found["name"], found["retention_in_days"], found["kms_key_id"]) == (
        "/aws/cloudtrail/acme",
        365,
        KEY,
    )


def test_cloudtrail_alone_writes_that_copy_for_this_account(plain):
    role = values(plain, "aws_iam_role.logs[0]")
    (trust,) = json.loads(role["assume_role_policy"])["Statement"]
    assert (role["name"], trust["Principal"]) == ("acme-logs", {"Service": "cloudtrail.amazonaws.com"})
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": "111111111111"}}
    (statement,) = json.loads(values(plain, "aws_iam_role_policy.logs[0]")["policy"])["Statement"]
    assert statement["Resource"] == (
        "arn:aws:logs:us-east-1:111111111111:log-group:/aws/cloudtrail/acme:log-stream:*_CloudTrail_*"
    )


def test_the_copy_can_be_left_out(plan_module):
    plan = plan_module(MODULE, **BASE, log_retention_days=None)
    assert set(plan.resources) == {"aws_cloudtrail.this"} | {
        address for address in plan.resources if address.startswith("data.")
    }
    assert plan.outputs["log_group_name"] is None


def test_outputs_name_the_trail_and_its_log(plain):
    assert plain.outputs["log_group_name"] == "/aws/cloudtrail/acme"
    assert "trail_arn" in plain.planned_values["outputs"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="account"),
        pytest.param({"kms_key_arn": "k"}, 'ARN of a KMS key; got "k"', id="key"),
        pytest.param({"name": "a..b"}, r'single \._-.*"a..b"', id="name"),
        pytest.param({"bucket_prefix": "/a"}, 'no slash at its ends; got "/a"', id="prefix"),
        pytest.param(
            {"data_events": {"a": {"resource_type": "S3"}}}, r'AWS::S3::Object; got \{"a":"S3"\}', id="type"
        ),
        pytest.param({"delivery_topic": {"arn": f"{TOPIC}.fifo"}}, "standard topic; got.*fifo", id="topic"),
        pytest.param({"insights": ["Magic"]}, r'ApiErrorRateInsight; got \["Magic"\]', id="insight"),
        pytest.param({"log_retention_days": 2}, "CloudWatch's own values.*got 2", id="retention"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
