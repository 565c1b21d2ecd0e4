"""networking/certificate: proven by records that stay, handed out once issued, watched until renewed."""

import pytest
import tftest

MODULE = "networking/certificate"
REQUIRED = {"name": "acme", "zone_id": "Z0123456789", "domain_name": "example.com"}
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE,
        **REQUIRED,
        alternative_names=["*.example.com", "www.example.org"],
        alarm_topic_arns=[TOPIC],
        alarm_days_before_expiry=14,
        tags={"System": "shop"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


def test_the_certificate_covers_every_domain_and_is_proven_by_dns(plan):
    certificate = values(plan, "aws_acm_certificate.this")
    assert (certificate["domain_name"], certificate["validation_method"]) == ("example.com", "DNS")
    assert {"*.example.com", "www.example.org"} <= set(certificate["subject_alternative_names"])
    assert certificate["tags"] == {"System": "shop", "Name": "acme"}


def test_a_domain_and_its_wildcard_share_one_record(plan):
    records = sorted(address for address in plan.resources if "validation[" in address)
    assert records == [
        'aws_route53_record.validation["example.com"]',
        'aws_route53_record.validation["www.example.org"]',
    ]


def test_the_records_stand_in_the_zone_and_may_be_shared_by_certificates(plan):
    record = values(plan, 'aws_route53_record.validation["example.com"]')
    assert (record["zone_id"], record["allow_overwrite"], record["ttl"]) == ("Z0123456789", True, 300)


def test_the_arn_is_handed_out_once_the_certificate_is_issued(plan):
    source = plan["configuration"]["root_module"]["outputs"]["certificate_arn"]["expression"]["references"]
    assert source[0] == "aws_acm_certificate_validation.this.certificate_arn"


def test_an_alarm_says_when_the_renewal_failed(plan):
    alarm = values(plan, "aws_cloudwatch_metric_alarm.expiry[0]")
    assert (alarm["metric_name"], alarm["threshold"], alarm["comparison_operator"]) == (
        "DaysToExpiry",
        14,
        "LessThanThreshold",
    )
    assert (alarm["alarm_actions"], alarm["ok_actions"], alarm["tags"]) == (
        [TOPIC],
        [TOPIC],
        {"System": "shop"},
    )


def test_the_alarm_is_there_from_the_start_and_null_switches_it_off(plan_module):
    assert values(plan_module(MODULE, **REQUIRED), "aws_cloudwatch_metric_alarm.expiry[0]")["threshold"] == 30
    silent = plan_module(MODULE, **REQUIRED, alarm_days_before_expiry=None)
    assert not [address for address in silent.resources if "metric_alarm" in address]


def test_a_domain_less_leaves_the_other_records_as_they_were(plan, plan_module):
    smaller = plan_module(MODULE, **REQUIRED, alternative_names=["www.example.org"])
    address = 'aws_route53_record.validation["www.example.org"]'
    assert values(smaller, address) == values(plan, address)


def test_outputs_name_the_issued_certificate_and_its_domains(plan):
    assert plan["output_changes"]["certificate_arn"]["after_unknown"] is True
    assert plan.outputs["domains"] == ["*.example.com", "example.com", "www.example.org"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"domain_name": "Example.com"}, r'lower case.*got "Example\.com"', id="capitals"),
        pytest.param(
            {"domain_name": f"{'a' * 60}.example.com"}, r"64 characters; got 72 in", id="too long for ACM"
        ),
        pytest.param({"name": "n" * 201}, r"200 characters.*got 201", id="name"),
        pytest.param(
            {"alarm_days_before_expiry": 60}, r"from 1 to 59.*got 60", id="alarm before the renewal"
        ),
        pytest.param({"alternative_names": ["www"]}, r'domains in lower case.*got \["www"\]', id="no domain"),
        pytest.param(
            {"alternative_names": ["example.com"]},
            r'not repeat it; got \["example\.com"\]',
            id="first domain again",
        ),
        pytest.param(
            {"alternative_names": [f"w{number}.example.com" for number in range(10)]},
            r"9 domains beside domain_name.*w9\.example\.com",
            id="more names than ACM takes",
        ),
    ],
)
def test_a_certificate_that_acm_refuses_is_refused_with_rule_and_value(plan_module, changed, says):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){says}"):
        plan_module(MODULE, **(REQUIRED | changed))
