"""Private zones keep the VPCs that they are for; public ones are signed and say who asks."""

from typing import Any

import pytest
from botocore.exceptions import ClientError


def test_a_zone_with_a_vpc_is_private_and_takes_another(client: Any) -> None:
    route53 = client("route53")
    created = route53.create_hosted_zone(
        Name="inner.example", CallerReference="one", VPC={"VPCId": "vpc-1", "VPCRegion": "us-east-1"}
    )["HostedZone"]
    route53.associate_vpc_with_hosted_zone(
        HostedZoneId=created["Id"], VPC={"VPCId": "vpc-2", "VPCRegion": "us-west-2"}
    )
    found = route53.get_hosted_zone(Id=created["Id"])
    assert found["HostedZone"]["Config"]["PrivateZone"]
    assert found["VPCs"] == [
        {"VPCId": "vpc-1", "VPCRegion": "us-east-1"},
        {"VPCId": "vpc-2", "VPCRegion": "us-west-2"},
    ]
    route53.disassociate_vpc_from_hosted_zone(HostedZoneId=created["Id"], VPC={"VPCId": "vpc-1"})
    assert [vpc["VPCId"] for vpc in route53.get_hosted_zone(Id=created["Id"])["VPCs"]] == ["vpc-2"]
    assert route53.list_hosted_zones_by_vpc(VPCId="vpc-2", VPCRegion="us-west-2")["HostedZoneSummaries"]


def test_a_zone_without_a_vpc_is_public(client: Any) -> None:
    created = client("route53").create_hosted_zone(Name="outer.example", CallerReference="two")
    assert not created["HostedZone"]["Config"]["PrivateZone"]
    assert created["DelegationSet"]["NameServers"]


def test_a_zone_is_signed_by_an_active_key_only(client: Any) -> None:
    route53 = client("route53")
    zone = route53.create_hosted_zone(Name="signed.example", CallerReference="three")["HostedZone"]["Id"]
    zone = zone.removeprefix("/hostedzone/")
    assert route53.get_dnssec(HostedZoneId=zone)["Status"]["ServeSignature"] == "NOT_SIGNING"
    with pytest.raises(ClientError, match="KeySigningKeyWithActiveStatusNotFound"):
        route53.enable_hosted_zone_dnssec(HostedZoneId=zone)
    kms = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    key = {"HostedZoneId": zone, "Name": "first"}
    route53.create_key_signing_key(**key, CallerReference="one", KeyManagementServiceArn=kms, Status="ACTIVE")
    route53.enable_hosted_zone_dnssec(HostedZoneId=zone)
    found = route53.get_dnssec(HostedZoneId=zone)
    (shown,) = found["KeySigningKeys"]
    assert (found["Status"]["ServeSignature"], shown["Status"], shown["KmsArn"]) == ("SIGNING", "ACTIVE", kms)
    assert shown["DSRecord"] == f"{shown['KeyTag']} 13 2 {shown['DigestValue']}"
    assert shown["DNSKEYRecord"] == f"257 3 13 {shown['PublicKey']}"
    with pytest.raises(ClientError, match="KeySigningKeyInUse"):
        route53.deactivate_key_signing_key(**key)
    route53.disable_hosted_zone_dnssec(HostedZoneId=zone)
    with pytest.raises(ClientError, match="InvalidKeySigningKeyStatus"):
        route53.delete_key_signing_key(**key)
    route53.deactivate_key_signing_key(**key)
    route53.delete_key_signing_key(**key)
    assert route53.get_dnssec(HostedZoneId=zone)["KeySigningKeys"] == []


@pytest.mark.parametrize("ending", ["", ":*"])
def test_queries_are_logged_to_a_group_that_exists(client: Any, ending: str) -> None:
    route53, logs = client("route53"), client("logs")
    zone = route53.create_hosted_zone(Name="logged.example", CallerReference=f"four{ending}")["HostedZone"][
        "Id"
    ]
    zone = zone.removeprefix("/hostedzone/")
    group = f"/aws/route53/logged{len(ending)}"
    arn = f"arn:aws:logs:us-east-1:111111111111:log-group:{group}{ending}"
    with pytest.raises(ClientError, match="NoSuchCloudWatchLogsLogGroup"):
        route53.create_query_logging_config(HostedZoneId=zone, CloudWatchLogsLogGroupArn=arn)
    logs.create_log_group(logGroupName=group)
    made = route53.create_query_logging_config(HostedZoneId=zone, CloudWatchLogsLogGroupArn=arn)
    found = route53.get_query_logging_config(Id=made["QueryLoggingConfig"]["Id"])["QueryLoggingConfig"]
    assert (found["HostedZoneId"], found["CloudWatchLogsLogGroupArn"]) == (zone, arn)
