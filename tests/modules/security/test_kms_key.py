"""The kms-key module: rotation, aliases, and who may use a key."""

import json

import pytest
import tftest

MODULE = "security/kms-key"
PRIMARY = "arn:aws:kms:us-east-1:111111111111:key/mrk-1234abcd12ab34cd56ef1234567890ab"
LOGS = "logs.us-east-1.amazonaws.com"
CONTEXT = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": ["arn:aws:logs:us-east-1:111111111111:*"]}}

KEYS = {
    "logs": {
        "description": "Log groups",
        "services": {LOGS: {"actions": ["kms:Encrypt"], "conditions": CONTEXT}},
    },
    "messaging": {"description": "Topics", "services": {"events.amazonaws.com": {}}},
    "shared": {"description": "Shared", "multi_region": True, "user_account_ids": ["222222222222"]},
    "volumes": {"description": "Volumes", "via_services": ["ec2.us-east-1.amazonaws.com"]},
    "dnssec": {"description": "Zones", "signs_dns_zones": True},
    "replica": {"description": "Copy", "replica_of": {"arn": PRIMARY}},
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE,
        name="acme",
        account_id="111111111111",
        keys=KEYS,
        deletion_window_days=10,
        rotation_period_days=180,
        tags={"System": "platform"},
    )


def key(plan, name, kind="key"):
    return plan.resources[f'aws_kms_{kind}.this["{name}"]']["values"]


def statements(plan, name, kind="key"):
    return {found["Sid"]: found for found in json.loads(key(plan, name, kind)["policy"])["Statement"]}


def test_every_key_rotates_and_can_be_called_back_for_a_month(plan_module):
    defaults = key(
        plan_module(MODULE, name="acme", account_id="111111111111", keys={"a": {"description": "A"}}), "a"
    )
    assert (defaults["enable_key_rotation"], defaults["rotation_period_in_days"]) == (True, 365)
    assert (defaults["deletion_window_in_days"], defaults["multi_region"]) == (30, False)


def test_the_callers_periods_and_tags_reach_every_key(plan):
    assert (key(plan, "logs")["rotation_period_in_days"], key(plan, "logs")["deletion_window_in_days"]) == (
        180,
        10,
    )
    assert key(plan, "replica", "replica_key")["deletion_window_in_days"] == 10
    assert key(plan, "logs")["tags"] == key(plan, "replica", "replica_key")["tags"] == {"System": "platform"}


def test_iam_policies_of_the_owning_account_decide(plan):
    assert statements(plan, "shared")["AccountDecidesByIamPolicies"]["Principal"] == {
        "AWS": "arn:aws:iam::111111111111:root"
    }


def test_a_service_is_held_to_the_callers_condition(plan):
    found = statements(plan, "logs")["ServiceLogsUsEast1AmazonawsCom"]
    assert found["Principal"] == {"Service": LOGS}
    assert found["Action"] == "kms:Encrypt"
    assert found["Condition"]["ArnLike"]["kms:EncryptionContext:aws:logs:arn"].endswith(":111111111111:*")


def test_a_service_without_conditions_acts_for_this_account_only(plan):
    found = statements(plan, "messaging")["ServiceEventsAmazonawsCom"]
    assert found["Condition"] == {"StringEquals": {"aws:SourceAccount": "111111111111"}}
    assert found["Action"] == ["kms:GenerateDataKey*", "kms:DescribeKey", "kms:Decrypt"]


def test_everybody_in_the_account_uses_a_key_through_a_service_that_the_caller_names(plan):
    found = statements(plan, "volumes")["ViaEc2UsEast1AmazonawsCom"]
    assert (found["Resource"], "kms:CreateGrant" in found["Action"]) == ("*", True)
    assert found["Principal"] == {"AWS": "*"}
    assert found["Condition"] == {
        "StringEquals": {
            "kms:CallerAccount": "111111111111",
            "kms:ViaService": "ec2.us-east-1.amazonaws.com",
        }
    }
    assert not {"kms:*", "kms:PutKeyPolicy"} & set(found["Action"])
    assert "ViaEc2UsEast1AmazonawsCom" not in statements(plan, "logs")


def test_another_account_uses_the_key_but_does_not_manage_it(plan):
    found = statements(plan, "shared")["OtherAccountsUse"]
    assert (found["Effect"], found["Resource"]) == ("Allow", "*")
    assert found["Principal"] == {"AWS": "arn:aws:iam::222222222222:root"}
    assert sorted(found["Action"]) == [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey*",
        "kms:ReEncrypt*",
    ]


def test_a_multi_region_key_and_a_replica_are_what_the_caller_asked_for(plan):
    assert key(plan, "shared")["multi_region"] is True
    assert key(plan, "replica", "replica_key")["primary_key_arn"] == PRIMARY
    assert "AccountDecidesByIamPolicies" in statements(plan, "replica", "replica_key")
    assert 'aws_kms_key.this["replica"]' not in plan.resources


def test_a_key_encrypts_and_rotates_unless_it_signs_zones(plan):
    data, signing = key(plan, "logs"), key(plan, "dnssec")
    assert (data["customer_master_key_spec"], data["key_usage"]) == ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT")
    assert (signing["customer_master_key_spec"], signing["key_usage"]) == ("ECC_NIST_P256", "SIGN_VERIFY")
    assert (signing["enable_key_rotation"], signing.get("rotation_period_in_days")) == (False, None)


def test_route_53_signs_zones_of_this_account_and_hands_grants_to_itself_alone(plan):
    found = statements(plan, "dnssec")
    signs, grants = found["Route53Signs"], found["Route53GrantsItself"]
    assert signs["Principal"] == grants["Principal"] == {"Service": "dnssec-route53.amazonaws.com"}
    assert sorted(signs["Action"]) == ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]
    assert signs["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "111111111111"},
        "ArnLike": {"aws:SourceArn": "arn:aws:route53:::hostedzone/*"},
    }
    assert grants["Action"] == "kms:CreateGrant"
    assert grants["Condition"] == {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    assert not {"Route53Signs", "Route53GrantsItself"} & set(statements(plan, "logs"))


def test_outputs_are_keyed_as_the_keys_are(plan):
    assert plan.outputs["alias_names"] == {name: f"alias/acme-{name}" for name in KEYS}
    assert {"key_arns", "key_ids"} <= set(plan.planned_values["outputs"])


def test_removing_a_key_leaves_the_others_at_their_addresses(plan_module):
    fewer = plan_module(MODULE, name="acme", account_id="111111111111", keys={"logs": KEYS["logs"]})
    assert set(fewer.resources) == {'aws_kms_key.this["logs"]', 'aws_kms_alias.this["logs"]'}


def with_key(**changes):
    return {"keys": {"k": {"description": "K"} | changes}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, r'12 digits; got "1"', id="short account id"),
        pytest.param({"name": "a b"}, r"1 to 250 letters.*a b-k", id="bad alias"),
        pytest.param(with_key(description=""), r'says what the key protects.*"k":0', id="no description"),
        pytest.param(
            with_key(replica_of={"arn": "arn:x"}),
            r'starts with mrk-; got \{"k":"arn:x"\}',
            id="not a primary",
        ),
        pytest.param(
            with_key(replica_of={"arn": PRIMARY}, multi_region=True),
            r'replica is not a primary.*\["k"\]',
            id="both",
        ),
        *(
            pytest.param(
                with_key(signs_dns_zones=True, **other),
                'encrypts nothing.*"signs_dns_zones":true',
                id=f"signs and {next(iter(other))}",
            )
            for other in (
                {"multi_region": True},
                {"replica_of": {"arn": PRIMARY}},
                {"services": {LOGS: {}}},
                {"via_services": ["ec2.us-east-1.amazonaws.com"]},
                {"user_account_ids": ["222222222222"]},
            )
        ),
        pytest.param(with_key(services={"logs": {}}), r'by its principal.*\["logs"\]', id="not a principal"),
        pytest.param(
            with_key(services={LOGS: {"actions": ["kms:*"]}}), r"never kms:\*; got.*kms:\*", id="everything"
        ),
        pytest.param(
            with_key(services={LOGS: {"conditions": {}}}),
            r'any account.*\["k/logs.us-east-1',
            id="no condition",
        ),
        pytest.param(
            with_key(user_account_ids=["22"]), r'12-digit account ids; got \["22"\]', id="bad user account"
        ),
        pytest.param(
            with_key(via_services=["ec2"]), r'with their region.*\{"k":\["ec2"\]\}', id="service's region"
        ),
        pytest.param({"deletion_window_days": 6}, r"from 7 to 30; got 6", id="deleted too soon"),
        pytest.param({"rotation_period_days": 30}, r"from 90 to 2560; got 30", id="rotated too often"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **({"name": "acme", "account_id": "111111111111"} | with_key() | change))
