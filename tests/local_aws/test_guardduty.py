"""A GuardDuty detector keeps the features that an update does not name."""

from typing import Any


def test_a_feature_stays_when_another_one_is_switched_on(client: Any) -> None:
    guardduty = client("guardduty")
    detector = guardduty.create_detector(Enable=True)["DetectorId"]
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
