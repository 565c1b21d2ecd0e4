"""EC2 keeps what Terraform reads back, and both emulators see one network."""

from __future__ import annotations

import json

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.local_aws.conftest import ACCOUNT, OTHER_ACCOUNT, package


@pytest.fixture(scope="module")
def network(client):
    """A VPC with one subnet and two groups; their ids."""
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.9.1.0/24", AvailabilityZone="us-east-1a")["Subnet"][
        "SubnetId"
    ]
    groups = [
        ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
        for name in ("one", "two")
    ]
    return {"vpc": vpc, "subnet": subnet, "groups": groups}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param({"IpRanges": [{"CidrIp": "10.9.0.0/16", "Description": "why"}]}, id="a range"),
        pytest.param({"UserIdGroupPairs": [{"GroupId": "{two}", "Description": "why"}]}, id="another group"),
        pytest.param({"PrefixListIds": [{"PrefixListId": "pl-1", "Description": "why"}]}, id="a prefix list"),
    ],
)
@pytest.mark.parametrize("direction", ["ingress", "egress"])
def test_a_security_group_rule_keeps_its_description(client, network, direction, source):
    one, two = network["groups"]
    permission = json.loads(
        json.dumps({"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, **source}).replace("{two}", two)
    )
    authorize = getattr(client("ec2"), f"authorize_security_group_{direction}")
    rule = authorize(GroupId=one, IpPermissions=[permission])["SecurityGroupRules"][0]
    found = client("ec2").describe_security_group_rules(SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])
    assert found["SecurityGroupRules"][0]["Description"] == "why"


def test_a_flow_log_to_a_bucket_keeps_its_file_options(client, network):
    client("s3").create_bucket(Bucket="flow-logs")
    options = {"FileFormat": "parquet", "HiveCompatiblePartitions": True, "PerHourPartition": True}
    created = client("ec2").create_flow_logs(
        ResourceIds=[network["vpc"]],
        ResourceType="VPC",
        TrafficType="ALL",
        LogDestinationType="s3",
        LogDestination="arn:aws:s3:::flow-logs",
        DestinationOptions=options,
    )
    assert created["Unsuccessful"] == []
    found = client("ec2").describe_flow_logs(FlowLogIds=created["FlowLogIds"])["FlowLogs"][0]
    assert found["DestinationOptions"] == options


def test_a_flow_log_to_a_log_group_is_active(client, network):
    client("logs").create_log_group(logGroupName="/vpc/flow")
    created = client("ec2").create_flow_logs(
        ResourceIds=[network["subnet"]],
        ResourceType="Subnet",
        TrafficType="ALL",
        LogGroupName="/vpc/flow",
        DeliverLogsPermissionArn=f"arn:aws:iam::{ACCOUNT}:role/flow",
    )
    found = client("ec2").describe_flow_logs(FlowLogIds=created["FlowLogIds"])["FlowLogs"][0]
    assert (found["FlowLogStatus"], found["DeliverLogsStatus"]) == ("ACTIVE", "SUCCESS")


def test_a_function_in_a_subnet_knows_its_vpc(client, network, role):
    created = client("lambda").create_function(
        FunctionName="inside",
        Role=role,
        Runtime="python3.12",
        Handler="handler.handle",
        Code={"ZipFile": package("def handle(event, context): return 1")},
        VpcConfig={"SubnetIds": [network["subnet"]], "SecurityGroupIds": network["groups"][:1]},
    )
    assert created["VpcConfig"]["VpcId"] == network["vpc"]


def test_a_database_subnet_group_finds_subnets(client, network):
    group = client("rds").create_db_subnet_group(
        DBSubnetGroupName="db",
        DBSubnetGroupDescription="db",
        SubnetIds=[network["subnet"], second(client, network)],
    )["DBSubnetGroup"]
    assert group["VpcId"] == network["vpc"]


def second(client, network):
    found = client("ec2").create_subnet(
        VpcId=network["vpc"], CidrBlock="10.9.2.0/24", AvailabilityZone="us-east-1b"
    )
    return found["Subnet"]["SubnetId"]


def test_an_instance_finds_its_profile_and_its_public_image(client, network):
    profile = client("iam").create_instance_profile(InstanceProfileName="workers")["InstanceProfile"]["Arn"]
    name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
    image = client("ssm").get_parameter(Name=name)["Parameter"]["Value"]
    assert client("ec2").describe_images(ImageIds=[image])["Images"]
    started = client("ec2").run_instances(
        ImageId=image,
        MinCount=1,
        MaxCount=1,
        InstanceType="t3.micro",
        SubnetId=network["subnet"],
        IamInstanceProfile={"Name": "workers"},
    )["Instances"][0]
    found = client("ec2").describe_instances(InstanceIds=[started["InstanceId"]])
    assert found["Reservations"][0]["Instances"][0]["IamInstanceProfile"]["Arn"] == profile


def test_a_scalable_target_keeps_its_tags(client):
    scaling = client("application-autoscaling")
    created = scaling.register_scalable_target(
        ServiceNamespace="dynamodb",
        ResourceId="table/orders",
        ScalableDimension="dynamodb:table:ReadCapacityUnits",
        MinCapacity=1,
        MaxCapacity=5,
        Tags={"System": "orders"},
    )
    arn = created["ScalableTargetARN"]
    scaling.tag_resource(ResourceARN=arn, Tags={"Owner": "team"})
    scaling.untag_resource(ResourceARN=arn, TagKeys=["System"])
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"Owner": "team"}


@pytest.mark.parametrize(
    ("service", "create", "listed"),
    [
        pytest.param(
            "ec2",
            lambda ec2: ec2.create_vpc(CidrBlock="10.8.0.0/16"),
            lambda ec2: "10.8.0.0/16" in [vpc["CidrBlock"] for vpc in ec2.describe_vpcs()["Vpcs"]],
            id="moto's side",
        ),
        pytest.param(
            "sqs",
            lambda sqs: sqs.create_queue(QueueName="mine"),
            lambda sqs: bool(sqs.list_queues(QueueNamePrefix="mine").get("QueueUrls")),
            id="ministack's side",
        ),
    ],
)
def test_accounts_are_separate(client, service, create, listed):
    create(client(service, ACCOUNT))
    assert listed(client(service, ACCOUNT))
    assert not listed(client(service, OTHER_ACCOUNT))


@pytest.mark.parametrize("account", [ACCOUNT, OTHER_ACCOUNT])
def test_the_access_key_is_the_account(client, account):
    assert client("sts", account).get_caller_identity()["Account"] == account


def test_credentials_of_an_assumed_role_act_in_the_roles_account(client, server):
    who = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
    }
    trust = json.dumps({"Version": "2012-10-17", "Statement": [who]})
    created = client("iam", OTHER_ACCOUNT).create_role(RoleName="deploy", AssumeRolePolicyDocument=trust)
    role = created["Role"]["Arn"]
    keys = client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], "us-east-1")
    caller = session.client("sts", endpoint_url=server.url).get_caller_identity()
    vpcs = session.client("ec2", endpoint_url=server.url).describe_vpcs()["Vpcs"]
    assert (caller["Account"], vpcs[0]["OwnerId"]) == (OTHER_ACCOUNT, OTHER_ACCOUNT)


def test_an_operation_that_the_emulator_lacks_is_named_and_not_retried(client):
    with pytest.raises(ClientError) as raised:
        client("ec2").describe_address_transfers()
    answer = raised.value.response
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert "describe_address_transfers" in answer["Error"]["Message"]
