"""networking/dns-zone: public or private, entered with its parent, never emptied by accident."""

import pytest
import tftest

MODULE = "networking/dns-zone"
REQUIRED = {"name": "acme-dev", "domain_name": "shop.dev.example.com"}
KEY = "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000"
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"
LOG_GROUP = "arn:aws:logs:us-east-1:111111111111:log-group:/aws/route53/shop"
VPCS = {"shop": "vpc-0123456789abcdef0", "office": "vpc-0123456789abcdef1"}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **REQUIRED,
        parent={"zone_id": "Z0123456789"},
        dnssec={"key_arn": KEY},
        query_log={"log_group_arn": LOG_GROUP},
        alarm_topic_arns=[TOPIC],
        destroy_records_too=True,
        tags={"System": "shop"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


def test_a_zone_alone_is_public_and_keeps_strangers_records(plain):
    zone = values(plain, "aws_route53_zone.this")
    assert list(plain.resources) == ["aws_route53_zone.this"]
    assert (zone["name"], zone["vpc"], zone["force_destroy"]) == ("shop.dev.example.com", [], False)
    assert zone["comment"] == "acme-dev"


def test_a_private_zone_answers_in_the_vpcs_it_names(plan_module):
    plan = plan_module(MODULE, **REQUIRED, private_to_vpc_ids=VPCS)
    assert {vpc["vpc_id"] for vpc in values(plan, "aws_route53_zone.this")["vpc"]} == set(VPCS.values())


def test_the_parent_zone_gets_the_name_servers(full):
    record = values(full, "aws_route53_record.delegation[0]")
    assert (record["zone_id"], record["name"], record["type"]) == (
        "Z0123456789",
        "shop.dev.example.com",
        "NS",
    )
    source = full["configuration"]["root_module"]["resources"]
    delegation = next(found for found in source if found["address"] == "aws_route53_record.delegation")
    assert "aws_route53_zone.this.name_servers" in delegation["expressions"]["records"]["references"]


def test_queries_are_logged_and_answers_signed_when_asked_for(full):
    assert values(full, "aws_route53_query_log.this[0]")["cloudwatch_log_group_arn"] == LOG_GROUP
    key = values(full, "aws_route53_key_signing_key.this[0]")
    assert (key["key_management_service_arn"], key["name"]) == (KEY, "acme_dev")
    assert "aws_route53_hosted_zone_dnssec.this[0]" in full.resources


@pytest.mark.parametrize(
    ("key", "metric"),
    [
        pytest.param("failure", "DNSSECInternalFailure", id="Route 53 fails"),
        pytest.param("key", "DNSSECKeySigningKeysNeedingAction", id="the key fails"),
    ],
)
def test_an_alarm_tells_when_a_zone_can_no_longer_be_signed(full, key, metric):
    alarm = values(full, f'aws_cloudwatch_metric_alarm.dnssec["{key}"]')
    assert (alarm["alarm_name"], alarm["namespace"]) == (f"acme-dev-dnssec-{key}", "AWS/Route53")
    assert (alarm["metric_name"], alarm["statistic"], alarm["period"]) == (metric, "Sum", 14400)
    assert (alarm["comparison_operator"], alarm["threshold"]) == ("GreaterThanOrEqualToThreshold", 1)
    assert alarm["alarm_actions"] == alarm["ok_actions"] == [TOPIC]
    assert alarm["tags"] == {"System": "shop"}


def test_nobody_is_told_unless_a_topic_is_given(plan_module):
    plan = plan_module(MODULE, **REQUIRED, dnssec={"key_arn": KEY})
    alarm = values(plan, 'aws_cloudwatch_metric_alarm.dnssec["key"]')
    assert (alarm["alarm_actions"] or [], alarm["ok_actions"] or []) == ([], [])


def test_what_the_caller_says_of_the_zone_reaches_it(full):
    zone = values(full, "aws_route53_zone.this")
    assert (zone["force_destroy"], zone["tags"]) == (True, {"System": "shop"})


@pytest.mark.parametrize("output", ["zone_id", "zone_arn", "name_servers", "ds_record"])
def test_outputs_are_known_by_the_apply(full, output):
    assert full["output_changes"][output]["after_unknown"] is True


def test_what_is_known_before_the_apply_is_in_the_outputs(plain):
    assert plain.outputs["domain_name"] == "shop.dev.example.com"
    assert plain["output_changes"]["ds_record"]["after_unknown"] is False


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param(
            {"domain_name": "Shop.example.com"}, r'lower case.*got "Shop\.example\.com"', id="capitals"
        ),
        pytest.param({"domain_name": "example.com."}, r'final dot.*got "example\.com\."', id="final dot"),
        pytest.param(
            {"domain_name": "example"}, r'such as shop\.example\.com; got "example"', id="one label"
        ),
        pytest.param(
            {"name": "ab"}, r'3 to 128 characters.*got "ab" \(2\)', id="name too short for a signing key"
        ),
        pytest.param(
            {"dnssec": {"key_arn": KEY.replace("us-east-1", "eu-west-1")}},
            r"in us-east-1.*eu-west-1",
            id="key elsewhere",
        ),
        pytest.param(
            {"dnssec": {"key_arn": KEY}, "private_to_vpc_ids": VPCS},
            r'does not sign private ones.*\["office","shop"\]',
            id="signed private zone",
        ),
        pytest.param(
            {"parent": {"zone_id": "Z1"}, "private_to_vpc_ids": VPCS},
            r'name servers; got \{"zone_id":"Z1"\} with VPCs \["office","shop"\]',
            id="delegated private zone",
        ),
        pytest.param(
            {"query_log": {"log_group_arn": LOG_GROUP.replace("us-east-1", "eu-west-1")}},
            r"log group's ARN in us-east-1.*eu-west-1",
            id="log group elsewhere",
        ),
        pytest.param(
            {"query_log": {"log_group_arn": LOG_GROUP}, "private_to_vpc_ids": VPCS},
            r'is for public zones; got .*\["office","shop"\]',
            id="logged private zone",
        ),
    ],
)
def test_a_zone_that_cannot_be_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(REQUIRED | changed))
