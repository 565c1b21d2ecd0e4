"""A function may do what its role allows, and nothing else."""

from __future__ import annotations

import json

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.local_aws.conftest import ACCOUNT, package

PATH_STYLE = Config(s3={"addressing_style": "path"})

# Runs each call it is sent and says how it ended.
RUN = """
import boto3
def handle(event, context):
    ends = {}
    for name, (service, operation, arguments) in event.items():
        try:
            getattr(boto3.client(service), operation)(**arguments)
            ends[name] = "done"
        except Exception as error:
            ends[name] = getattr(error, "response", {}).get("Error", {}).get("Code", repr(error))
    return ends
"""
REGION = f"us-east-1:{ACCOUNT}"
MAIL = [
    f"arn:aws:ses:{REGION}:identity/role.example.org",
    f"arn:aws:ses:{REGION}:template/role",
    f"arn:aws:ses:{REGION}:configuration-set/role",
]
ALLOWED = [
    {"Action": "dynamodb:PutItem", "Resource": f"arn:aws:dynamodb:{REGION}:table/role"},
    {"Action": "s3:PutObject", "Resource": "arn:aws:s3:::role-reports/reports/*"},
    {
        "Action": "events:PutEvents",
        "Resource": f"arn:aws:events:{REGION}:event-bus/role",
        "Condition": {"StringEquals": {"events:source": "acme.orders"}},
    },
    {
        "Action": ["ses:SendTemplatedEmail", "ses:SendEmail"],
        "Resource": MAIL,
        "Condition": {"StringEquals": {"ses:FromAddress": "reports@role.example.org"}},
    },
]
TLS_ONLY = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": ["arn:aws:s3:::role-reports", "arn:aws:s3:::role-reports/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def event(source, bus):
    return (
        "events",
        "put_events",
        {"Entries": [{"Source": source, "DetailType": "d", "Detail": "{}", "EventBusName": bus}]},
    )


def mail(sender, template="role"):
    arguments = {
        "Source": sender,
        "Destination": {"ToAddresses": ["a@example.com"]},
        "Template": template,
        "TemplateData": "{}",
        "ConfigurationSetName": "role",
    }
    return ("ses", "send_templated_email", arguments)


def mail2(sender):
    arguments = {
        "FromEmailAddress": sender,
        "Destination": {"ToAddresses": ["a@example.com"]},
        "Content": {"Template": {"TemplateName": "role", "TemplateData": "{}"}},
        "ConfigurationSetName": "role",
    }
    return ("sesv2", "send_email", arguments)


CALLS = {
    "own table": ("dynamodb", "put_item", {"TableName": "role", "Item": {"id": {"S": "1"}}}),
    "reading the own table": ("dynamodb", "scan", {"TableName": "role"}),
    "own prefix": ("s3", "put_object", {"Bucket": "role-reports", "Key": "reports/1", "Body": "x"}),
    "another prefix": ("s3", "put_object", {"Bucket": "role-reports", "Key": "other/1", "Body": "x"}),
    "own source on the own bus": event("acme.orders", "role"),
    "another source": event("acme.refunds", "role"),
    "another bus": event("acme.orders", "default"),
    "mail from the own address": mail("reports@role.example.org"),
    "mail from another address": mail("boss@role.example.org"),
    "mail by another template": mail("reports@role.example.org", "secret"),
    "version 2 from the own address": mail2("reports@role.example.org"),
    "version 2 from another address": mail2("boss@role.example.org"),
    "another service": ("sqs", "list_queues", {}),
}


@pytest.fixture(scope="module")
def ends(client):
    """How each call of a function with a narrow role ended."""
    client("dynamodb").create_table(
        TableName="role",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
    client("s3").create_bucket(Bucket="role-reports")
    client("s3").put_bucket_policy(
        Bucket="role-reports", Policy=json.dumps({"Version": "2012-10-17", "Statement": [TLS_ONLY]})
    )
    client("events").create_event_bus(Name="role")
    ses = client("ses")
    ses.verify_domain_identity(Domain="role.example.org")
    for name in ("role", "secret"):
        ses.create_template(Template={"TemplateName": name, "SubjectPart": "s", "TextPart": "t"})
    ses.create_configuration_set(ConfigurationSet={"Name": "role"})
    client("sesv2").create_configuration_set(ConfigurationSetName="role")
    role = client("iam").create_role(RoleName="narrow", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    statements = [{"Effect": "Allow", **statement} for statement in ALLOWED]
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    client("iam").put_role_policy(RoleName="narrow", PolicyName="own", PolicyDocument=document)
    client("lambda").create_function(
        FunctionName="narrow",
        Role=role,
        Runtime="python3.12",
        Handler="handler.handle",
        Timeout=60,
        Code={"ZipFile": package(RUN)},
    )
    answer = client("lambda").invoke(FunctionName="narrow", Payload=json.dumps(CALLS))
    return json.load(answer["Payload"])


@pytest.mark.parametrize(
    "call",
    [
        "own table",
        "own prefix",
        "own source on the own bus",
        "mail from the own address",
        "version 2 from the own address",
    ],
)
def test_what_the_role_allows_is_done(ends, call):
    assert ends[call] == "done"


@pytest.mark.parametrize(
    "call",
    [
        "reading the own table",
        "another prefix",
        "another source",
        "another bus",
        "mail from another address",
        "mail by another template",
        "version 2 from another address",
        "another service",
    ],
)
def test_everything_else_is_denied(ends, call):
    assert ends[call] in {"AccessDenied", "AccessDeniedException"}


VPC_ONLY = {
    "Effect": "Allow",
    "Action": "dynamodb:*",
    "Resource": "*",
    "Condition": {"StringEquals": {"aws:SourceVpc": "{vpc}"}},
}


def test_a_function_in_a_vpc_calls_from_there_once_the_vpc_has_an_endpoint(client):
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.6.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.6.1.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="inside", Description="d", VpcId=vpc)["GroupId"]
    role = client("iam").create_role(RoleName="inside", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    document = json.dumps({"Version": "2012-10-17", "Statement": [VPC_ONLY]}).replace("{vpc}", vpc)
    client("iam").put_role_policy(RoleName="inside", PolicyName="own", PolicyDocument=document)
    client("lambda").create_function(
        FunctionName="inside-vpc",
        Role=role,
        Runtime="python3.12",
        Handler="handler.handle",
        Timeout=60,
        Code={"ZipFile": package(RUN)},
        VpcConfig={"SubnetIds": [subnet], "SecurityGroupIds": [group]},
    )

    def call():
        payload = json.dumps({"list": ("dynamodb", "list_tables", {})})
        return json.load(client("lambda").invoke(FunctionName="inside-vpc", Payload=payload)["Payload"])[
            "list"
        ]

    assert call() == "AccessDeniedException"
    ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName="com.amazonaws.us-east-1.dynamodb", VpcEndpointType="Gateway"
    )
    assert call() == "done"


def test_a_bucket_knows_a_writer_by_its_role_and_not_by_its_session(client, role):
    """As AWS compares aws:PrincipalArn; with the session's ARN nobody could ever be named."""
    s3, iam, sts = client("s3"), client("iam"), client("sts")
    s3.create_bucket(Bucket="written-by-one")
    trust = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}],
        }
    )
    may_put = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}],
        }
    )
    arns = {}
    for name in ("the-writer", "somebody-else"):
        arns[name] = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        iam.put_role_policy(RoleName=name, PolicyName="put", PolicyDocument=may_put)
    deny_others = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::written-by-one/*",
        "Condition": {"ArnNotEquals": {"aws:PrincipalArn": arns["the-writer"]}},
    }
    s3.put_bucket_policy(
        Bucket="written-by-one", Policy=json.dumps({"Version": "2012-10-17", "Statement": [deny_others]})
    )

    def put_as(name):
        found = sts.assume_role(RoleArn=arns[name], RoleSessionName="session")["Credentials"]
        session = boto3.Session(
            found["AccessKeyId"], found["SecretAccessKey"], found["SessionToken"], "us-east-1"
        )
        writer = session.client("s3", endpoint_url=s3.meta.endpoint_url, config=PATH_STYLE)
        return writer.put_object(Bucket="written-by-one", Key=name, Body=b"x")

    assert put_as("the-writer")
    with pytest.raises(ClientError, match="AccessDenied"):
        put_as("somebody-else")
