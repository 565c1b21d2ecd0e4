"""Functions act in their account and fail as Lambda's functions fail."""

from __future__ import annotations

import json

import pytest

from tests.local_aws.conftest import ACCOUNT, OTHER_ACCOUNT, eventually, package

WHO_AM_I = """
import boto3
def handle(event, context):
    return boto3.client("sts").get_caller_identity()["Account"]
"""
FAIL = """
def handle(event, context):
    raise ValueError("no such order")
"""
COUNT_AND_FAIL = """
import boto3
table = boto3.client("dynamodb")
def handle(event, context):
    table.update_item(TableName="attempts", Key={"id": {"S": event["id"]}},
        UpdateExpression="ADD seen :one", ExpressionAttributeValues={":one": {"N": "1"}})
    raise ValueError("again")
"""


@pytest.fixture(scope="module", autouse=True)
def attempts(client):
    client("dynamodb").create_table(
        TableName="attempts",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )


def seen(client, key):
    item = client("dynamodb").get_item(TableName="attempts", Key={"id": {"S": key}}).get("Item")
    return int(item["seen"]["N"]) if item else 0


@pytest.mark.parametrize("account", [ACCOUNT, OTHER_ACCOUNT])
def test_a_function_acts_in_its_own_account(client, account):
    role = client("iam", account).create_role(RoleName=f"who-{account}", AssumeRolePolicyDocument="{}")[
        "Role"
    ]["Arn"]
    client("lambda", account).create_function(
        FunctionName="who",
        Role=role,
        Runtime="python3.12",
        Handler="handler.handle",
        Code={"ZipFile": package(WHO_AM_I)},
    )
    answer = client("lambda", account).invoke(FunctionName="who")
    assert json.load(answer["Payload"]) == account


def test_an_asynchronous_call_is_tried_three_times_and_then_its_event_is_a_dead_letter(
    client, function, queue, received
):
    url, arn = queue("async-dlq")
    function("async-fails", COUNT_AND_FAIL, DeadLetterConfig={"TargetArn": arn})
    client("lambda").invoke(FunctionName="async-fails", InvocationType="Event", Payload=b'{"id": "async"}')
    letter = received(url)
    assert json.loads(letter["Body"]) == {"id": "async"}
    assert letter["MessageAttributes"]["ErrorMessage"]["StringValue"] == "again"
    assert seen(client, "async") == 3


def test_the_invoke_configuration_of_an_alias_rules_calls_of_that_alias(client, function, queue, received):
    url, arn = queue("alias-destination")
    function("alias-fails", COUNT_AND_FAIL, Publish=True)
    client("lambda").create_alias(FunctionName="alias-fails", Name="live", FunctionVersion="1")
    client("lambda").put_function_event_invoke_config(
        FunctionName="alias-fails",
        Qualifier="live",
        MaximumRetryAttempts=0,
        DestinationConfig={"OnFailure": {"Destination": arn}},
    )
    client("lambda").invoke(
        FunctionName="alias-fails", Qualifier="live", InvocationType="Event", Payload=b'{"id": "alias"}'
    )
    record = json.loads(received(url)["Body"])
    assert record["requestContext"]["condition"] == "RetriesExhausted"
    assert record["requestContext"]["approximateInvokeCount"] == 1
    assert record["requestPayload"] == {"id": "alias"}
    assert record["responsePayload"]["errorMessage"] == "again"


def test_a_success_destination_gets_the_answer(client, function, queue, received):
    url, arn = queue("success-destination")
    function("succeeds", "def handle(event, context):\n    return {'total': 3}\n")
    client("lambda").put_function_event_invoke_config(
        FunctionName="succeeds", DestinationConfig={"OnSuccess": {"Destination": arn}}
    )
    client("lambda").invoke(FunctionName="succeeds", InvocationType="Event", Payload=b"{}")
    record = json.loads(received(url)["Body"])
    assert (record["requestContext"]["condition"], record["responsePayload"]) == ("Success", {"total": 3})


def test_a_code_signing_configuration_is_kept_with_its_functions(client, function):
    lambdas = client("lambda")
    profile = f"arn:aws:signer:us-east-1:{ACCOUNT}:/signing-profiles/acme/abcdefghij"
    created = lambdas.create_code_signing_config(
        AllowedPublishers={"SigningProfileVersionArns": [profile]},
        CodeSigningPolicies={"UntrustedArtifactOnDeployment": "Warn"},
    )
    arn = created["CodeSigningConfig"]["CodeSigningConfigArn"]
    function_arn = function("signed", FAIL, CodeSigningConfigArn=arn)
    assert lambdas.get_code_signing_config(CodeSigningConfigArn=arn)["CodeSigningConfig"][
        "AllowedPublishers"
    ] == {"SigningProfileVersionArns": [profile]}
    assert lambdas.list_functions_by_code_signing_config(CodeSigningConfigArn=arn)["FunctionArns"] == [
        function_arn
    ]
    assert lambdas.get_function_code_signing_config(FunctionName="signed")["CodeSigningConfigArn"] == arn


RECORD_BATCHES = """
import boto3
sqs = boto3.client("sqs")
url = sqs.get_queue_url(QueueName="{seen}")["QueueUrl"]
def handle(event, context):
    numbers = [r["dynamodb"]["NewImage"]["id"]["S"] for r in event["Records"]]
    sqs.send_message(QueueUrl=url, MessageBody=",".join(numbers))
    {verdict}
"""
PARTIAL = """bad = [r["dynamodb"]["SequenceNumber"] for r in event["Records"]
                   if r["dynamodb"]["NewImage"]["id"]["S"] == "3"]
    return {"batchItemFailures": [{"itemIdentifier": n} for n in bad]}"""
POISON = 'if "3" in numbers: raise ValueError("poison")'


def stream_of(client, name):
    table = client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    for number in range(1, 5):
        client("dynamodb").put_item(TableName=name, Item={"id": {"S": str(number)}})
    return table["TableDescription"]["LatestStreamArn"]


def batches(received, url, count):
    return [received(url)["Body"] for _ in range(count)]


@pytest.mark.parametrize(
    ("name", "verdict", "settings", "expected", "given_up"),
    [
        pytest.param(
            "partial",
            PARTIAL,
            {"FunctionResponseTypes": ["ReportBatchItemFailures"], "MaximumRetryAttempts": 1},
            ["1,2,3,4", "3,4"],
            2,
            id="only what follows the reported record is sent again",
        ),
        pytest.param(
            "bisected",
            POISON,
            {"BisectBatchOnFunctionError": True, "MaximumRetryAttempts": 1},
            ["1,2,3,4", "1,2", "3,4", "3", "3", "4"],
            1,
            id="a batch is halved until the bad record is alone",
        ),
        pytest.param(
            "whole",
            POISON,
            {"MaximumRetryAttempts": 2},
            ["1,2,3,4", "1,2,3,4", "1,2,3,4"],
            4,
            id="a batch is retried as a whole otherwise",
        ),
    ],
)
def test_a_stream_mapping_gives_up_as_configured(
    client, function, queue, received, name, verdict, settings, expected, given_up
):
    seen_url, _ = queue(f"{name}-seen")
    dead_url, dead_arn = queue(f"{name}-dead")
    function(name, RECORD_BATCHES.replace("{seen}", f"{name}-seen").replace("{verdict}", verdict), Timeout=30)
    client("lambda").create_event_source_mapping(
        EventSourceArn=stream_of(client, f"{name}-orders"),
        FunctionName=name,
        StartingPosition="TRIM_HORIZON",
        DestinationConfig={"OnFailure": {"Destination": dead_arn}},
        **settings,
    )
    assert batches(received, seen_url, len(expected)) == expected
    failure = json.loads(received(dead_url)["Body"])
    assert failure["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert failure["DDBStreamBatchInfo"]["batchSize"] == given_up


def test_the_stream_goes_on_after_records_were_given_up(client, function, queue, received):
    url, _ = queue("goes-on-seen")
    function("goes-on", RECORD_BATCHES.replace("{seen}", "goes-on-seen").replace("{verdict}", POISON))
    client("lambda").create_event_source_mapping(
        EventSourceArn=stream_of(client, "goes-on-orders"),
        FunctionName="goes-on",
        StartingPosition="TRIM_HORIZON",
        BatchSize=3,
        MaximumRetryAttempts=0,
    )
    assert batches(received, url, 2) == ["1,2,3", "4"]


def test_a_stream_mapping_shows_the_defaults_of_lambda(client, function):
    function("defaults", FAIL)
    created = client("lambda").create_event_source_mapping(
        EventSourceArn=stream_of(client, "defaults-orders"),
        FunctionName="defaults",
        StartingPosition="LATEST",
        MetricsConfig={"Metrics": ["EventCount"]},
    )
    kept = client("lambda").get_event_source_mapping(UUID=created["UUID"])
    assert (kept["BatchSize"], kept["MaximumRetryAttempts"], kept["MetricsConfig"]) == (
        100,
        -1,
        {"Metrics": ["EventCount"]},
    )


def test_a_topic_calls_a_function_only_with_permission_and_retries_it(client, function, queue, received):
    url, arn = queue("topic-dlq")
    target = function("topic-fails", FAIL, DeadLetterConfig={"TargetArn": arn})
    topic = client("sns").create_topic(Name="orders")["TopicArn"]
    client("sns").subscribe(TopicArn=topic, Protocol="lambda", Endpoint=target)
    client("sns").publish(TopicArn=topic, Message="refused")
    client("lambda").add_permission(
        FunctionName="topic-fails",
        StatementId="topic",
        Action="lambda:InvokeFunction",
        Principal="sns.amazonaws.com",
        SourceArn=topic,
    )
    client("sns").publish(TopicArn=topic, Message="allowed")
    letter = json.loads(received(url)["Body"])
    assert letter["Records"][0]["Sns"]["Message"] == "allowed"
    assert eventually(lambda: received(url, 0.3), 1) is None
