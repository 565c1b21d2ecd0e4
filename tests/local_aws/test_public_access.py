"""VPC Block Public Access: the Region's setting and the exceptions from it."""

from typing import Any

import pytest
from botocore.exceptions import ClientError


def test_the_region_s_block_is_kept(client: Any) -> None:
    ec2 = client("ec2")
    read = ec2.describe_vpc_block_public_access_options
    assert read()["VpcBlockPublicAccessOptions"]["InternetGatewayBlockMode"] == "off"
    ec2.modify_vpc_block_public_access_options(InternetGatewayBlockMode="block-ingress")
    found = read()["VpcBlockPublicAccessOptions"]
    assert (found["InternetGatewayBlockMode"], found["State"]) == ("block-ingress", "update-complete")


def test_an_exception_is_made_changed_and_taken_back(client: Any) -> None:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
    made = ec2.create_vpc_block_public_access_exclusion(
        VpcId=vpc,
        InternetGatewayExclusionMode="allow-egress",
        TagSpecifications=[
            {"ResourceType": "vpc-block-public-access-exclusion", "Tags": [{"Key": "a", "Value": "b"}]}
        ],
    )["VpcBlockPublicAccessExclusion"]
    identifier = made["ExclusionId"]
    assert made["ResourceArn"].endswith(f":vpc/{vpc}")
    assert made["Tags"] == [{"Key": "a", "Value": "b"}]
    ec2.modify_vpc_block_public_access_exclusion(
        ExclusionId=identifier, InternetGatewayExclusionMode="allow-bidirectional"
    )
    read = ec2.describe_vpc_block_public_access_exclusions
    found = read(ExclusionIds=[identifier])["VpcBlockPublicAccessExclusions"][0]
    assert found["InternetGatewayExclusionMode"] == "allow-bidirectional"
    ec2.delete_vpc_block_public_access_exclusion(ExclusionId=identifier)
    assert read(ExclusionIds=[identifier])["VpcBlockPublicAccessExclusions"][0]["State"] == "delete-complete"


def test_an_unknown_exception_is_not_found(client: Any) -> None:
    with pytest.raises(ClientError, match="NotFound"):
        client("ec2").describe_vpc_block_public_access_exclusions(ExclusionIds=["vpcbpa-exclude-0"])
