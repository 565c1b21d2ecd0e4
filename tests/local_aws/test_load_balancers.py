"""A load balancer that is guarded against deletion stays until the guard is lifted."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

GUARD = "deletion_protection.enabled"


@pytest.fixture
def guarded(client: Any) -> str:
    ec2, balancers = client("ec2"), client("elbv2")
    vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.7.{n}.0/24", AvailabilityZone=f"us-east-1{zone}")[
            "Subnet"
        ]["SubnetId"]
        for n, zone in enumerate("ab")
    ]
    made = balancers.create_load_balancer(Name="guarded", Subnets=subnets)["LoadBalancers"][0]
    arn = str(made["LoadBalancerArn"])
    balancers.modify_load_balancer_attributes(
        LoadBalancerArn=arn, Attributes=[{"Key": GUARD, "Value": "true"}]
    )
    return arn


def test_a_guarded_load_balancer_is_deleted_only_after_its_guard(client: Any, guarded: str) -> None:
    balancers = client("elbv2")
    with pytest.raises(ClientError, match="deletion protection is enabled") as refused:
        balancers.delete_load_balancer(LoadBalancerArn=guarded)
    assert refused.value.response["Error"]["Code"] == "OperationNotPermitted"
    lifted = [{"Key": GUARD, "Value": "false"}]
    balancers.modify_load_balancer_attributes(LoadBalancerArn=guarded, Attributes=lifted)
    balancers.delete_load_balancer(LoadBalancerArn=guarded)
    with pytest.raises(ClientError, match="LoadBalancerNotFound"):
        balancers.describe_load_balancers(Names=["guarded"])
