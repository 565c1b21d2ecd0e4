"""Shield Advanced keeps how protections are grouped, what tells an attack and what answers it."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

BALANCER = "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/shop/0123456789abcdef"


@pytest.fixture
def protection(client: Any) -> Any:
    shield = client("shield")
    identifier = shield.create_protection(Name="shop", ResourceArn=BALANCER)["ProtectionId"]
    yield identifier
    shield.delete_protection(ProtectionId=identifier)


def test_protections_are_grouped_under_a_name_that_is_taken_once(client: Any) -> None:
    shield = client("shield")
    group = {"ProtectionGroupId": "shop", "Aggregation": "MAX", "Pattern": "ARBITRARY", "Members": [BALANCER]}
    shield.create_protection_group(**group, Tags=[{"Key": "a", "Value": "b"}])
    with pytest.raises(ClientError, match="ResourceAlreadyExists"):
        shield.create_protection_group(**group)
    shield.update_protection_group(**{**group, "Aggregation": "SUM"})
    found = shield.describe_protection_group(ProtectionGroupId="shop")["ProtectionGroup"]
    arn = found.pop("ProtectionGroupArn")
    assert found == {**group, "Aggregation": "SUM"}
    assert shield.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"Key": "a", "Value": "b"}]
    shield.delete_protection_group(ProtectionGroupId="shop")
    with pytest.raises(ClientError, match="ResourceNotFound"):
        shield.describe_protection_group(ProtectionGroupId="shop")


def test_an_automatic_response_is_kept_with_its_protection(client: Any, protection: str) -> None:
    shield = client("shield")
    shield.enable_application_layer_automatic_response(ResourceArn=BALANCER, Action={"Count": {}})
    shield.update_application_layer_automatic_response(ResourceArn=BALANCER, Action={"Block": {}})
    found = shield.describe_protection(ProtectionId=protection)["Protection"]
    assert found["ApplicationLayerAutomaticResponseConfiguration"] == {
        "Status": "ENABLED",
        "Action": {"Block": {}},
    }
    shield.disable_application_layer_automatic_response(ResourceArn=BALANCER)
    found = shield.describe_protection(ProtectionId=protection)["Protection"]
    assert "ApplicationLayerAutomaticResponseConfiguration" not in found


def test_a_health_check_is_kept_with_its_protection(client: Any, protection: str) -> None:
    shield = client("shield")
    check = {"ProtectionId": protection, "HealthCheckArn": "arn:aws:route53:::healthcheck/abc"}
    shield.associate_health_check(**check)
    assert shield.describe_protection(ProtectionId=protection)["Protection"]["HealthCheckIds"] == ["abc"]
    shield.disassociate_health_check(**check)
    assert "HealthCheckIds" not in shield.describe_protection(ProtectionId=protection)["Protection"]
