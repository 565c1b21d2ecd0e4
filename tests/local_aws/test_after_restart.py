"""What has to go on after a clean stop as if nothing had happened."""

import json
from pathlib import Path
from typing import Any

from scripts.local_aws import lifecycle
from tests.local_aws.conftest import client_of, eventually, package

COUNT = """
import boto3
def handle(event, context):
    for record in event["Records"]:
        boto3.client("sqs").send_message(QueueUrl=record["dynamodb"]["NewImage"]["to"]["S"], MessageBody="seen")
"""
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
    ],
}
ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


def put_and_see(url: str, key: str) -> Any:
    """Write a record that asks the function for a message; true once the message is there."""
    sqs = client_of(url, "sqs")
    queue = sqs.create_queue(QueueName=f"seen-{key}")["QueueUrl"]
    client_of(url, "dynamodb").put_item(TableName="orders", Item={"id": {"S": key}, "to": {"S": queue}})
    return eventually(lambda: sqs.receive_message(QueueUrl=queue).get("Messages"), 30)


def test_a_stream_goes_on_where_it_was(home: Path) -> None:
    url = lifecycle.start(home).url
    table = client_of(url, "dynamodb").create_table(
        TableName="orders",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )["TableDescription"]
    iam = client_of(url, "iam")
    role = iam.create_role(RoleName="all", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
    iam.put_role_policy(RoleName="all", PolicyName="all", PolicyDocument=json.dumps(ALL))
    functions = client_of(url, "lambda")
    functions.create_function(
        FunctionName="count",
        Role=role,
        Runtime="python3.12",
        Handler="handler.handle",
        Timeout=30,
        Code={"ZipFile": package(COUNT)},
    )
    functions.create_event_source_mapping(
        FunctionName="count", EventSourceArn=table["LatestStreamArn"], StartingPosition="TRIM_HORIZON"
    )
    assert put_and_see(url, "one")
    assert put_and_see(url, "two")
    lifecycle.stop(home)
    url = lifecycle.start(home).url
    assert put_and_see(url, "three")
    assert put_and_see(url, "four")
