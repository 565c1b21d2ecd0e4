"""The config-recorder module: what exists is recorded, delivered and judged."""

import json

import pytest
import tftest

MODULE = "security/config-recorder"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:config"
BASE = {"name": "acme", "account_id": ACCOUNT, "bucket_name": "acme-logs"}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        bucket_prefix="config",
        excluded_resource_types=["AWS::EC2::NetworkInterface"],
        kms_key_arn=KEY,
        recording_frequency="DAILY",
        rules={
            "keys": {
                "identifier": "ACCESS_KEYS_ROTATED",
                "description": "Access keys are young",
                "parameters": {"maxAccessKeyAge": "90"},
                "frequency": "TwentyFour_Hours",
            }
        },
        tags={"System": "platform"},
        topic_arn=TOPIC,
    )


def values(plan, address):
    return plan.resources[address]["values"]


def test_everything_is_recorded_all_the_time_and_the_recorder_runs(plain):
    recorder = values(plain, "aws_config_configuration_recorder.this")
    (group,) = recorder["recording_group"]
    assert (group["all_supported"], group["include_global_resource_types"]) == (True, True)
    assert recorder["recording_mode"][0]["recording_frequency"] == "CONTINUOUS"
    assert values(plain, "aws_config_configuration_recorder_status.this")["is_enabled"] is True


def test_types_can_be_left_out_and_the_rest_recorded_daily(full):
    recorder = values(full, "aws_config_configuration_recorder.this")
    (group,) = recorder["recording_group"]
    assert group["all_supported"] is False
    assert group["exclusion_by_resource_types"][0]["resource_types"] == ["AWS::EC2::NetworkInterface"]
    assert group["recording_strategy"][0]["use_only"] == "EXCLUSION_BY_RESOURCE_TYPES"
    assert recorder["recording_mode"][0]["recording_frequency"] == "DAILY"


def test_a_second_region_leaves_global_resources_to_the_first(plan_module):
    recorder = values(
        plan_module(MODULE, **BASE, record_global_resources=False), "aws_config_configuration_recorder.this"
    )
    assert recorder["recording_group"][0]["include_global_resource_types"] is False


def test_history_goes_to_the_bucket_every_day(plain, full):
    channel = values(plain, "aws_config_delivery_channel.this")
    assert (channel["s3_bucket_name"], channel["s3_key_prefix"]) == ("acme-logs", None)
    assert channel["snapshot_delivery_properties"][0]["delivery_frequency"] == "TwentyFour_Hours"
    channel = values(full, "aws_config_delivery_channel.this")
    assert (channel["s3_key_prefix"], channel["s3_kms_key_arn"], channel["sns_topic_arn"]) == (
        "config",
        KEY,
        TOPIC,
    )


def permissions(plan):
    policy = json.loads(values(plan, "aws_iam_role_policy.deliver")["policy"])
    return {statement["Sid"]: statement["Resource"] for statement in policy["Statement"]}


def test_the_role_reads_by_awss_own_policy_and_writes_only_where_it_delivers(plain, full):
    role = values(plain, "aws_iam_role.this")
    (trust,) = json.loads(role["assume_role_policy"])["Statement"]
    assert (role["name"], trust["Principal"]) == ("acme-config", {"Service": "config.amazonaws.com"})
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    attached = values(plain, "aws_iam_role_policy_attachment.read")["policy_arn"]
    assert attached == "arn:aws:iam::aws:policy/service-role/AWS_ConfigRole"
    assert permissions(plain) == {
        "WriteHistory": f"arn:aws:s3:::acme-logs/AWSLogs/{ACCOUNT}/*",
        "FindBucket": "arn:aws:s3:::acme-logs",
    }
    assert permissions(full) == {
        "WriteHistory": f"arn:aws:s3:::acme-logs/config/AWSLogs/{ACCOUNT}/*",
        "FindBucket": "arn:aws:s3:::acme-logs",
        "Encrypt": KEY,
        "Tell": TOPIC,
    }
    policy = json.loads(values(full, "aws_iam_role_policy.deliver")["policy"])
    assert {"sns:Publish"} == {each["Action"] for each in policy["Statement"] if each["Sid"] == "Tell"}


def test_the_worst_mistakes_are_looked_for_by_default(plain):
    identifiers = {
        value["values"]["source"][0]["source_identifier"]
        for key, value in plain.resources.items()
        if key.startswith("aws_config_config_rule")
    }
    assert {
        "ENCRYPTED_VOLUMES",
        "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
        "ROOT_ACCOUNT_MFA_ENABLED",
        "CLOUD_TRAIL_ENABLED",
    } <= identifiers


def test_a_rule_is_what_the_caller_says(full):
    rule = values(full, 'aws_config_config_rule.this["keys"]')
    assert (rule["name"], rule["description"]) == ("acme-keys", "Access keys are young")
    assert json.loads(rule["input_parameters"]) == {"maxAccessKeyAge": "90"}
    assert rule["maximum_execution_frequency"] == "TwentyFour_Hours"
    assert rule["source"][0] == rule["source"][0] | {
        "owner": "AWS",
        "source_identifier": "ACCESS_KEYS_ROTATED",
    }
    assert rule["tags"] == values(full, "aws_iam_role.this")["tags"] == {"System": "platform"}


def test_removing_a_rule_leaves_everything_else(plain, plan_module):
    bare = {"identifier": "ENCRYPTED_VOLUMES"}
    without = plan_module(MODULE, **BASE, rules={"bare": bare})
    rule = values(without, 'aws_config_config_rule.this["bare"]')
    assert rule["description"] == "Managed by Terraform"
    assert set(plain.resources) - set(without.resources) == {
        address for address in plain.resources if address.startswith("aws_config_config_rule")
    }


def test_outputs_name_recorder_role_and_rules(plain):
    assert plain.outputs["recorder_name"] == "acme"
    assert {"role_arn", "rule_arns"} <= set(plain.planned_values["outputs"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="account"),
        pytest.param({"name": "a" * 58}, r"1 to 57 letters.*\(58 characters\)", id="name too long"),
        pytest.param({"bucket_prefix": "a/"}, 'no slash at its ends; got "a/"', id="prefix"),
        pytest.param({"excluded_resource_types": ["EC2"]}, r'AWS::EC2::Instance; got \["EC2"\]', id="type"),
        pytest.param({"recording_frequency": "HOURLY"}, 'CONTINUOUS or DAILY; got "HOURLY"', id="recording"),
        pytest.param(
            {"rules": {"a": {"identifier": "mine"}}}, r'in capitals.*\{"a":"mine"\}', id="identifier"
        ),
        pytest.param(
            {"rules": {"a": {"identifier": "A", "frequency": "daily"}}},
            r'TwentyFour_Hours; got.*"daily"',
            id="frequency",
        ),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
