"""The account-settings module: safe switches of an account, each of which can be left alone."""

import json

import pytest
import tftest

MODULE = "security/account-settings"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
BASE = {"name": "acme", "account_id": ACCOUNT}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        cost_allocation_tags=["System", "Project"],
        ebs_encryption={"kms_key": {"arn": KEY}},
        ecr_scanning={"type": "ENHANCED", "repositories": "acme-*"},
        instance_metadata={"hop_limit": 1, "tags": True},
        password_policy={"minimum_length": 20, "maximum_age_days": 30, "remembered": 5},
        vpc_block_public_access={"mode": "block-ingress"},
        xray_encryption={"kms_key_arn": KEY},
        tags={"System": "platform"},
    )


def setting(plan, kind):
    (found,) = [value["values"] for key, value in plan.resources.items() if key.startswith(f"{kind}.")]
    return found


def test_api_gateway_may_write_logs(plain):
    role = setting(plain, "aws_iam_role")
    assert role["name"] == "acme-api-gateway-logs"
    assert json.loads(role["assume_role_policy"])["Statement"][0]["Principal"] == {
        "Service": "apigateway.amazonaws.com"
    }
    assert setting(plain, "aws_iam_role_policy_attachment")["policy_arn"].endswith(
        "AmazonAPIGatewayPushToCloudWatchLogs"
    )
    assert "aws_api_gateway_account.this[0]" in plain.resources


def test_new_volumes_are_encrypted(plain, full):
    assert setting(plain, "aws_ebs_encryption_by_default")["enabled"] is True
    assert "aws_ebs_default_kms_key.this[0]" not in plain.resources
    assert setting(full, "aws_ebs_default_kms_key")["key_arn"] == KEY


def test_new_instances_answer_metadata_only_with_a_token(plain, full):
    found = setting(plain, "aws_ec2_instance_metadata_defaults")
    assert (found["http_tokens"], found["http_endpoint"]) == ("required", "enabled")
    assert (found["http_put_response_hop_limit"], found["instance_metadata_tags"]) == (2, "disabled")
    found = setting(full, "aws_ec2_instance_metadata_defaults")
    assert (found["http_put_response_hop_limit"], found["instance_metadata_tags"]) == (1, "enabled")


@pytest.mark.parametrize(
    ("which", "scan_type", "frequency", "pattern"),
    [
        pytest.param("plain", "BASIC", "SCAN_ON_PUSH", "*", id="when pushed"),
        pytest.param("full", "ENHANCED", "CONTINUOUS_SCAN", "acme-*", id="all the time"),
    ],
)
def test_images_are_scanned(request, which, scan_type, frequency, pattern):
    found = setting(request.getfixturevalue(which), "aws_ecr_registry_scanning_configuration")
    (rule,) = found["rule"]
    assert (found["scan_type"], rule["scan_frequency"]) == (scan_type, frequency)
    assert rule["repository_filter"] == [{"filter": pattern, "filter_type": "WILDCARD"}]


def test_no_bucket_of_the_account_can_be_public(plain):
    found = setting(plain, "aws_s3_account_public_access_block")
    switches = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    assert all(found[switch] for switch in switches)
    assert found["account_id"] == ACCOUNT


def test_passwords_are_long_changed_and_not_used_again(plain, full):
    found = setting(plain, "aws_iam_account_password_policy")
    assert (found["minimum_password_length"], found["max_password_age"]) == (14, 90)
    assert found["password_reuse_prevention"] == 24
    kinds = ("lowercase_characters", "uppercase_characters", "numbers", "symbols")
    assert all(found[f"require_{kind}"] for kind in kinds)
    assert (found["allow_users_to_change_password"], found["hard_expiry"]) == (True, False)
    found = setting(full, "aws_iam_account_password_policy")
    assert (found["minimum_password_length"], found["max_password_age"]) == (20, 30)
    assert found["password_reuse_prevention"] == 5


def test_internet_gateways_traces_and_the_bill_are_left_alone_unless_asked(plain, full):
    asked = {
        "aws_vpc_block_public_access_options",
        "aws_xray_encryption_config",
        "aws_ce_cost_allocation_tag",
    }
    assert not asked & {key.partition(".")[0] for key in plain.resources}
    assert (
        setting(full, "aws_vpc_block_public_access_options")["internet_gateway_block_mode"] == "block-ingress"
    )
    found = setting(full, "aws_xray_encryption_config")
    assert (found["type"], found["key_id"]) == ("KMS", KEY)
    for tag in ("System", "Project"):
        found = full.resources[f'aws_ce_cost_allocation_tag.this["{tag}"]']["values"]
        assert (found["tag_key"], found["status"]) == (tag, "Active")


def test_every_setting_can_be_left_alone(plan_module):
    untouched = plan_module(
        MODULE,
        **BASE,
        api_gateway_logging=False,
        ebs_encryption=None,
        ecr_scanning=None,
        instance_metadata=None,
        password_policy=None,
        s3_public_access_block=False,
    )
    assert not untouched.resources
    assert untouched.outputs["api_gateway_role_arn"] is None


def test_tags_reach_the_role_and_its_arn_is_an_output(full):
    assert setting(full, "aws_iam_role")["tags"] == {"System": "platform"}
    assert "api_gateway_role_arn" in full.planned_values["outputs"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="short account id"),
        pytest.param({"name": "a" * 48}, r"1 to 47 letters.*\(48 characters\)", id="name too long"),
        pytest.param(
            {"cost_allocation_tags": ["aws:x"]}, r"does not start with aws:; got.*aws:x", id="tag of AWS"
        ),
        pytest.param({"ebs_encryption": {"kms_key": {"arn": "k"}}}, 'ARN of a KMS key.*"k"', id="EBS key"),
        pytest.param({"ecr_scanning": {"type": "NONE"}}, "BASIC or ENHANCED.*NONE", id="scan type"),
        pytest.param({"instance_metadata": {"hop_limit": 65}}, "1 to 64.*65", id="hop limit"),
        pytest.param({"password_policy": {"minimum_length": 8}}, "14 to 128.*8", id="short password"),
        pytest.param({"password_policy": {"maximum_age_days": 0}}, "1 to 1095.*0", id="password age"),
        pytest.param({"password_policy": {"remembered": 25}}, "1 to 24.*25", id="remembered passwords"),
        pytest.param(
            {"vpc_block_public_access": {"mode": "off"}}, 'block-ingress; got.*"off"', id="block mode"
        ),
        pytest.param({"xray_encryption": {"kms_key_arn": "k"}}, 'ARN of a KMS key.*"k"', id="X-Ray key"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
