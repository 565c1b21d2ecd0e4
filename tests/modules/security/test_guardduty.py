"""The guardduty module: on, with chosen features, and heard by people."""

import json

import pytest
import tftest

MODULE = "security/guardduty"
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, name="acme")


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        name="acme",
        alerts={"topic_arn": TOPIC, "severity": 7},
        features={"RUNTIME_MONITORING": ["ECS_FARGATE_AGENT_MANAGEMENT"], "EKS_AUDIT_LOGS": []},
        finding_publishing_frequency="SIX_HOURS",
        organization={
            "auto_enable": "NEW",
            "features": {"S3_DATA_EVENTS": "ALL", "RUNTIME_MONITORING": "NEW"},
        },
        tags={"System": "platform"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


def test_the_detector_is_on_and_tells_again_every_quarter_of_an_hour(plain, full):
    found = values(plain, "aws_guardduty_detector.this")
    assert (found["enable"], found["finding_publishing_frequency"]) == (True, "FIFTEEN_MINUTES")
    found = values(full, "aws_guardduty_detector.this")
    assert (found["finding_publishing_frequency"], found["tags"]) == ("SIX_HOURS", {"System": "platform"})


def test_data_logins_and_functions_are_watched_by_default(plain):
    features = {
        key: value["values"]["status"] for key, value in plain.resources.items() if "detector_feature" in key
    }
    assert features == {
        f'aws_guardduty_detector_feature.this["{name}"]': "ENABLED"
        for name in ("LAMBDA_NETWORK_LOGS", "RDS_LOGIN_EVENTS", "S3_DATA_EVENTS")
    }


AGENTS = ("EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT")


def test_a_feature_says_all_of_its_agents_in_the_order_of_awss_answer(plan_module, full):
    feature = values(full, 'aws_guardduty_detector_feature.this["RUNTIME_MONITORING"]')
    agents = [(agent["name"], agent["status"]) for agent in feature["additional_configuration"]]
    assert agents == list(zip(AGENTS, ("DISABLED", "ENABLED", "DISABLED"), strict=True))
    assert (
        values(full, 'aws_guardduty_detector_feature.this["EKS_AUDIT_LOGS"]')["additional_configuration"]
        == []
    )
    older = plan_module(MODULE, name="acme", features={"EKS_RUNTIME_MONITORING": ["EKS_ADDON_MANAGEMENT"]})
    feature = values(older, 'aws_guardduty_detector_feature.this["EKS_RUNTIME_MONITORING"]')
    assert feature["additional_configuration"] == [{"name": "EKS_ADDON_MANAGEMENT", "status": "ENABLED"}]


def test_nothing_is_said_of_other_accounts_by_default(plain):
    assert not [address for address in plain.resources if "organization" in address]


def test_all_accounts_are_meant_and_no_feature_when_an_organization_is_named_alone(plan_module):
    plan = plan_module(MODULE, name="acme", organization={})
    said = {
        address: found["values"] for address, found in plan.resources.items() if "organization" in address
    }
    assert list(said) == ["aws_guardduty_organization_configuration.this[0]"]
    assert (
        said["aws_guardduty_organization_configuration.this[0]"]["auto_enable_organization_members"] == "ALL"
    )


def test_an_organization_has_the_features_and_agents_that_are_said(full):
    found = values(full, "aws_guardduty_organization_configuration.this[0]")
    assert found["auto_enable_organization_members"] == "NEW"
    data = values(full, 'aws_guardduty_organization_configuration_feature.this["S3_DATA_EVENTS"]')
    assert (data["auto_enable"], data["additional_configuration"]) == ("ALL", [])
    runtime = values(full, 'aws_guardduty_organization_configuration_feature.this["RUNTIME_MONITORING"]')
    agents = [(agent["name"], agent["auto_enable"]) for agent in runtime["additional_configuration"]]
    assert (runtime["auto_enable"], agents) == (
        "NEW",
        list(zip(AGENTS, ("NONE", "NEW", "NONE"), strict=True)),
    )


def test_people_hear_of_findings_from_the_severity_that_matters(plain, full):
    assert not [address for address in plain.resources if "event" in address]
    rule = values(full, "aws_cloudwatch_event_rule.findings[0]")
    pattern = json.loads(rule["event_pattern"])
    assert (rule["name"], rule["tags"]) == ("acme-guardduty", {"System": "platform"})
    assert pattern["detail"] == {"severity": [{"numeric": [">=", 7]}]}
    target = values(full, "aws_cloudwatch_event_target.findings[0]")
    assert target["arn"] == TOPIC
    assert "<title>" in target["input_transformer"][0]["input_template"]


def test_medium_findings_are_passed_on_by_default(plan_module):
    rule = values(
        plan_module(MODULE, name="acme", alerts={"topic_arn": TOPIC}), "aws_cloudwatch_event_rule.findings[0]"
    )
    assert json.loads(rule["event_pattern"])["detail"] == {"severity": [{"numeric": [">=", 4]}]}


def test_outputs_name_the_detector(plain):
    assert {"detector_arn", "detector_id"} == set(plain.planned_values["outputs"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"name": "a" * 55}, r"1 to 54 letters.*\(55 characters\)", id="name too long"),
        pytest.param({"alerts": {"topic_arn": TOPIC, "severity": 0}}, "1 to 10; got.*0", id="severity"),
        pytest.param({"alerts": {"topic_arn": "t"}}, 'ARN of a topic; got.*"t"', id="topic"),
        pytest.param({"features": {"MAGIC": []}}, r'features are.*\["MAGIC"\]', id="unknown feature"),
        pytest.param(
            {"features": {"RUNTIME_MONITORING": [], "EKS_RUNTIME_MONITORING": []}},
            "refuses both",
            id="both monitorings",
        ),
        pytest.param(
            {"features": {"S3_DATA_EVENTS": ["EC2_AGENT_MANAGEMENT"]}},
            "Agents are.*S3_DATA_EVENTS",
            id="agent",
        ),
        pytest.param({"organization": {"auto_enable": "SOME"}}, "accounts are ALL.*SOME", id="accounts"),
        pytest.param(
            {"organization": {"features": {"S3_DATA_EVENTS": "OLD"}}},
            "accounts are ALL.*OLD",
            id="its accounts",
        ),
        pytest.param(
            {"organization": {"features": {"MAGIC": "ALL"}}}, "organization.features are.*MAGIC", id="of all"
        ),
        pytest.param(
            {"organization": {"features": {"RUNTIME_MONITORING": "ALL", "EKS_RUNTIME_MONITORING": "NEW"}}},
            "organization.features: RUNTIME_MONITORING includes",
            id="both monitorings of all",
        ),
        pytest.param({"finding_publishing_frequency": "DAILY"}, 'SIX_HOURS; got "DAILY"', id="frequency"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **({"name": "acme"} | change))
