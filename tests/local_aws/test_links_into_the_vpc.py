"""A REST API reaches into a VPC by a link to a network load balancer, which its ARN tells from another."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError


@pytest.fixture(scope="module")
def arns(client):
    """The ARN of a load balancer of each type, and their VPC."""
    ec2, balancers = client("ec2"), client("elbv2")
    vpc = ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.8.{n}.0/24", AvailabilityZone=f"us-east-1{zone}")[
            "Subnet"
        ]["SubnetId"]
        for n, zone in enumerate("ab")
    ]
    made = {"vpc": vpc}
    for kind in ("application", "network"):
        answer = balancers.create_load_balancer(Name=f"links-{kind}", Type=kind, Subnets=subnets)
        made[kind] = answer["LoadBalancers"][0]["LoadBalancerArn"]
    return made


@pytest.mark.parametrize(("kind", "word"), [("application", "app"), ("network", "net")])
def test_the_arn_tells_which_kind_of_load_balancer_it_is(client, arns, kind, word):
    assert f":loadbalancer/{word}/links-{kind}/" in arns[kind]
    (found,) = client("elbv2").describe_load_balancers(Names=[f"links-{kind}"])["LoadBalancers"]
    assert (found["LoadBalancerArn"], found["Type"]) == (arns[kind], kind)


def test_a_listener_belongs_to_the_network_load_balancer(client, arns):
    group = client("elbv2").create_target_group(
        Name="links", Protocol="TCP", Port=443, TargetType="ip", VpcId=arns["vpc"]
    )
    forward = {"Type": "forward", "TargetGroupArn": group["TargetGroups"][0]["TargetGroupArn"]}
    made = client("elbv2").create_listener(
        LoadBalancerArn=arns["network"], Protocol="TCP", Port=443, DefaultActions=[forward]
    )
    assert ":listener/net/links-network/" in made["Listeners"][0]["ListenerArn"]


def test_a_link_is_kept_changed_tagged_and_goes(client, arns):
    api = client("apigateway")
    made = api.create_vpc_link(name="services", targetArns=[arns["network"]], tags={"System": "shop"})
    changes = [{"op": "replace", "path": "/name", "value": "other"}]
    api.update_vpc_link(vpcLinkId=made["id"], patchOperations=changes)
    resource = f"arn:aws:apigateway:us-east-1::/vpclinks/{made['id']}"
    api.tag_resource(resourceArn=resource, tags={"Owner": "me"})
    api.untag_resource(resourceArn=resource, tagKeys=["System"])
    found = api.get_vpc_link(vpcLinkId=made["id"])
    assert (found["name"], found["status"], found["targetArns"]) == ("other", "AVAILABLE", [arns["network"]])
    assert found["tags"] == api.get_tags(resourceArn=resource)["tags"] == {"Owner": "me"}
    api.delete_vpc_link(vpcLinkId=made["id"])
    with pytest.raises(api.exceptions.NotFoundException):
        api.get_vpc_link(vpcLinkId=made["id"])


def test_a_link_to_another_kind_of_load_balancer_is_refused(client, arns):
    with pytest.raises(ClientError, match="BadRequestException"):
        client("apigateway").create_vpc_link(name="wrong", targetArns=[arns["application"]])
