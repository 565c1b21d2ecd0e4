"""One value gives a system a zone and a certificate, or nothing, and says which to those who ask."""

import re

import pytest
import tftest

MODULE = "patterns/domain"
KEY = "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000"
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"
FULL = {
    "name": "acme-shop",
    "alarm_days_before_expiry": 20,
    "alarm_topic_arns": [TOPIC],
    "allow_plain_http": True,
    "destroy_records_too": True,
    "dnssec": {"key_arn": KEY},
    "domain": {"name": "shop.example.com", "hosts": ["api", "www"], "parent_zone": {"zone_id": "Z1"}},
    "tags": {"System": "shop"},
}
ZONE = "module.zone[0].aws_route53_zone.this"
CERTIFICATE = "module.certificate[0].aws_acm_certificate.this"


@pytest.fixture(scope="module")
def plain(plan_module):
    """No domain yet."""
    return plan_module(MODULE, name="acme-shop")


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def everything(plan):
    changes = plan.resource_changes.items()
    return {address: change["change"]["after"] for address, change in changes if change["change"]["after"]}


def test_without_a_domain_there_is_nothing_and_nobody_may_speak_plainly(plain):
    assert everything(plain) == {}
    assert plain.outputs == {
        "certificate_arn": "",
        "domain_name": "",
        "ds_record": "",
        "hosts": [],
        "name_servers": [],
        "plain_http": False,
        "zone_id": "",
    }


def test_plain_http_is_allowed_only_as_long_as_there_is_no_domain(plan_module, full):
    allowed = plan_module(MODULE, name="acme-shop", allow_plain_http=True)
    assert (allowed.outputs["plain_http"], full.outputs["plain_http"]) == (True, False)


def test_a_domain_has_its_zone_its_delegation_and_its_certificate(full):
    found = everything(full)
    assert (found[ZONE]["name"], found[ZONE]["force_destroy"]) == ("shop.example.com", True)
    assert found["module.zone[0].aws_route53_record.delegation[0]"]["zone_id"] == "Z1"
    assert found[CERTIFICATE]["domain_name"] == "shop.example.com"
    assert sorted(found[CERTIFICATE]["subject_alternative_names"]) == [
        "api.shop.example.com",
        "shop.example.com",
        "www.shop.example.com",
    ]
    alarm = found["module.certificate[0].aws_cloudwatch_metric_alarm.expiry[0]"]
    assert (alarm["threshold"], alarm["alarm_actions"]) == (20, [TOPIC])
    assert found[CERTIFICATE]["tags"]["System"] == found[ZONE]["tags"]["System"] == "shop"


def test_a_zone_is_signed_with_the_key_that_is_given_and_who_hears_of_the_certificate_hears_of_it(
    plan_module, full
):
    found = everything(full)
    key = found["module.zone[0].aws_route53_key_signing_key.this[0]"]
    assert key["key_management_service_arn"] == KEY
    assert found['module.zone[0].aws_cloudwatch_metric_alarm.dnssec["key"]']["alarm_actions"] == [TOPIC]
    unsigned = plan_module(MODULE, name="acme-shop", domain={"name": "shop.example.com"})
    assert unsigned.outputs["ds_record"] == ""
    assert [address for address in everything(unsigned) if "key_signing" in address] == []


def test_a_key_may_wait_for_the_domain(plan_module):
    assert everything(plan_module(MODULE, name="acme-shop", dnssec={"key_arn": KEY})) == {}


def test_a_domain_may_lie_in_a_zone_that_exists(plan_module):
    plan = plan_module(
        MODULE, name="acme-shop", domain={"name": "shop.example.com", "existing_zone": {"zone_id": "Z9"}}
    )
    assert ZONE not in everything(plan)
    records = [values for address, values in everything(plan).items() if "validation" in address]
    assert {record["zone_id"] for record in records if "zone_id" in record} == {"Z9"}
    assert (plan.outputs["zone_id"], plan.outputs["name_servers"]) == ("Z9", [])


def test_www_is_covered_unless_it_is_said_otherwise(plan_module):
    plan = plan_module(MODULE, name="acme-shop", domain={"name": "shop.example.com"})
    names = sorted(everything(plan)[CERTIFICATE]["subject_alternative_names"])
    assert names == ["shop.example.com", "www.shop.example.com"]
    assert "module.zone[0].aws_route53_record.delegation[0]" not in everything(plan)


def test_outputs_of_a_domain(full):
    assert full.outputs["domain_name"] == "shop.example.com"
    assert full.outputs["hosts"] == ["api", "www"]
    changes = full.output_changes
    assert {
        changes[name]["actions"][0] for name in ("certificate_arn", "ds_record", "name_servers", "zone_id")
    } == {"create"}


@pytest.mark.parametrize(
    ("domain", "message"),
    [
        pytest.param(
            {"existing_zone": {"zone_id": "Z9"}, "parent_zone": {"zone_id": "Z1"}},
            r'got both: .*"existing_zone":{"zone_id":"Z9"}',
            id="both",
        ),
        pytest.param({"hosts": ["a.b"]}, r'single labels such as www, or a star; got \["a.b"\]', id="host"),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, domain, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, name="acme-shop", domain={"name": "shop.example.com"} | domain)


def test_a_zone_that_exists_is_signed_elsewhere(plan_module):
    domain = {"name": "shop.example.com", "existing_zone": {"zone_id": "Z9"}}
    with pytest.raises(
        tftest.TerraformTestError, match=re.compile('signed where it is made.*"zone_id":"Z9"', re.S)
    ):
        plan_module(MODULE, name="acme-shop", domain=domain, dnssec={"key_arn": KEY})
