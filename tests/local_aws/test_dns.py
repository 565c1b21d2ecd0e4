"""Private zones keep the VPCs that they are for."""

from typing import Any


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
