"""A GuardDuty detector keeps the features that an update does not name, and what it was told of an organization."""

from typing import Any

import pytest

AGENTS = ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"]


@pytest.fixture
def guardduty(client: Any) -> Any:
    return client("guardduty")


@pytest.fixture
def detector(guardduty: Any) -> Any:
    return guardduty.create_detector(Enable=True)["DetectorId"]


def test_a_feature_stays_when_another_one_is_switched_on(guardduty: Any, detector: str) -> None:
    for name, status in (
        ("S3_DATA_EVENTS", "ENABLED"),
        ("RDS_LOGIN_EVENTS", "ENABLED"),
        ("S3_DATA_EVENTS", "DISABLED"),
    ):
        guardduty.update_detector(DetectorId=detector, Features=[{"Name": name, "Status": status}])
    found = guardduty.get_detector(DetectorId=detector)["Features"]
    assert {feature["Name"]: feature["Status"] for feature in found} == {
        "S3_DATA_EVENTS": "DISABLED",
        "RDS_LOGIN_EVENTS": "ENABLED",
    }


def test_a_feature_answers_with_all_of_its_agents(guardduty: Any, detector: str) -> None:
    agent = {"Name": "EC2_AGENT_MANAGEMENT", "Status": "ENABLED"}
    feature = {"Name": "RUNTIME_MONITORING", "Status": "ENABLED", "AdditionalConfiguration": [agent]}
    guardduty.update_detector(DetectorId=detector, Features=[feature])
    (found,) = guardduty.get_detector(DetectorId=detector)["Features"]
    assert [(one["Name"], one["Status"]) for one in found["AdditionalConfiguration"]] == [
        *((name, "DISABLED") for name in AGENTS[:2]),
        ("EC2_AGENT_MANAGEMENT", "ENABLED"),
    ]


def test_nothing_is_said_of_other_accounts_at_first(guardduty: Any, detector: str) -> None:
    found = guardduty.describe_organization_configuration(DetectorId=detector)
    assert (found["AutoEnable"], found["AutoEnableOrganizationMembers"], found["Features"]) == (
        False,
        "NONE",
        [],
    )


def test_an_organization_keeps_what_an_update_does_not_name(guardduty: Any, detector: str) -> None:
    def say(*features: Any) -> None:
        guardduty.update_organization_configuration(
            DetectorId=detector, AutoEnableOrganizationMembers="NEW", Features=list(features)
        )

    say({"Name": "S3_DATA_EVENTS", "AutoEnable": "ALL"})
    agent = {"Name": "ECS_FARGATE_AGENT_MANAGEMENT", "AutoEnable": "NEW"}
    say({"Name": "RUNTIME_MONITORING", "AutoEnable": "NEW", "AdditionalConfiguration": [agent]})
    found = guardduty.describe_organization_configuration(DetectorId=detector)
    assert (found["AutoEnable"], found["AutoEnableOrganizationMembers"]) == (True, "NEW")
    data, runtime = found["Features"]
    assert (data["Name"], data["AutoEnable"]) == ("S3_DATA_EVENTS", "ALL")
    assert [(one["Name"], one["AutoEnable"]) for one in runtime["AdditionalConfiguration"]] == list(
        zip(AGENTS, ("NONE", "NEW", "NONE"), strict=True)
    )


def test_what_was_said_of_an_organization_goes_with_its_detector(guardduty: Any, detector: str) -> None:
    guardduty.delete_detector(DetectorId=detector)
    with pytest.raises(guardduty.exceptions.ClientError, match=r"(?i)detector"):
        guardduty.describe_organization_configuration(DetectorId=detector)
