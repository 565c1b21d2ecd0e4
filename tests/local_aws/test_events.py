"""EventBridge delivers, retries, buries and asks permission; tests can make it fail."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from tests.local_aws.conftest import ACCOUNT, eventually

FAIL = "def handle(event, context):\n    raise ValueError('broken')\n"


@pytest.fixture
def rule(client):
    """Create a rule for one source on the default bus; return its ARN."""

    def create(name):
        pattern = json.dumps({"source": [f"acme.{name}"]})
        return client("events").put_rule(Name=name, EventPattern=pattern)["RuleArn"]

    return create


def put(client, source, detail=None):
    entry = {
        "Source": f"acme.{source}",
        "DetailType": "OrderPlaced",
        "Detail": json.dumps(detail or {"id": 1}),
    }
    return client("events").put_events(Entries=[entry])


def allow(client, function, rule_arn):
    client("lambda").add_permission(
        FunctionName=function,
        StatementId="rule",
        Action="lambda:InvokeFunction",
        Principal="events.amazonaws.com",
        SourceArn=rule_arn,
    )


def attribute(message, name):
    return message["MessageAttributes"][name]["StringValue"]


def test_a_function_that_fails_is_retried_and_its_own_dead_letter_queue_gets_the_event(
    client, function, queue, received, rule
):
    url, arn = queue("fails-dlq")
    rule_url, rule_queue = queue("fails-rule-dlq", "events.amazonaws.com")
    target = function("rule-fails", FAIL, DeadLetterConfig={"TargetArn": arn})
    allow(client, "rule-fails", rule("fails"))
    client("events").put_targets(
        Rule="fails", Targets=[{"Id": "f", "Arn": target, "DeadLetterConfig": {"Arn": rule_queue}}]
    )
    put(client, "fails", {"id": 7})
    assert json.loads(received(url)["Body"])["detail"] == {"id": 7}
    assert eventually(lambda: received(rule_url, 0.2), 1) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("nobody", "NO_RESOURCE", id="a function that does not exist"),
        pytest.param("closed", "NO_PERMISSIONS", id="a function whose policy does not name the rule"),
    ],
)
def test_a_target_that_cannot_be_called_goes_to_the_rules_dead_letter_queue(
    client, function, queue, received, rule, name, code
):
    function("closed-function", FAIL) if name == "closed" else None
    url, arn = queue(f"{name}-dlq", "events.amazonaws.com")
    rule_arn = rule(name)
    target = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{name}-function"
    client("events").put_targets(
        Rule=name, Targets=[{"Id": "f", "Arn": target, "DeadLetterConfig": {"Arn": arn}}]
    )
    put(client, name)
    letter = received(url)
    assert (attribute(letter, "ERROR_CODE"), attribute(letter, "RULE_ARN")) == (code, rule_arn)
    assert attribute(letter, "TARGET_ARN") == target


def test_a_delivery_that_fails_for_a_while_is_retried_as_the_target_allows(
    client, control, queue, received, rule
):
    url, arn = queue("flaky", "events.amazonaws.com")
    dead_url, dead_arn = queue("flaky-dlq", "events.amazonaws.com")
    rule("flaky")
    policy = {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 60}
    target = {"Id": "q", "Arn": arn, "RetryPolicy": policy, "DeadLetterConfig": {"Arn": dead_arn}}
    client("events").put_targets(Rule="flaky", Targets=[target])
    control("POST", "faults", {"service": "sqs", "operation": "SendMessage", "times": 2})
    put(client, "flaky", {"id": 1})
    assert json.loads(received(url)["Body"])["detail"] == {"id": 1}
    control("POST", "faults", {"service": "sqs", "operation": "SendMessage", "times": 3})
    put(client, "flaky", {"id": 2})
    letter = received(dead_url)
    assert json.loads(letter["Body"])["detail"] == {"id": 2}
    assert attribute(letter, "EXHAUSTED_RETRY_CONDITION") == "MaximumRetryAttempts"
    assert attribute(letter, "RETRY_ATTEMPTS") == "2"


def test_a_queue_gets_nothing_from_a_rule_that_its_policy_does_not_allow(client, queue, received, rule):
    url, arn = queue("shut")
    rule("shut")
    client("events").put_targets(Rule="shut", Targets=[{"Id": "q", "Arn": arn}])
    put(client, "shut")
    assert received(url, 1) is None


def test_the_input_transformer_shapes_what_the_target_gets(client, queue, received, rule):
    url, arn = queue("shaped", "events.amazonaws.com")
    rule("shaped")
    transformer = {"InputPathsMap": {"key": "$.detail.key"}, "InputTemplate": '{"object": <key>}'}
    client("events").put_targets(
        Rule="shaped", Targets=[{"Id": "q", "Arn": arn, "InputTransformer": transformer}]
    )
    put(client, "shaped", {"key": "reports/1.csv"})
    assert json.loads(received(url)["Body"]) == {"object": "reports/1.csv"}


def test_a_bus_keeps_the_policy_document_it_was_given(client):
    events = client("events")
    bus = events.create_event_bus(Name="orders")["EventBusArn"]
    statement = {
        "Sid": "own",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Action": "events:PutEvents",
        "Resource": bus,
        "Condition": {"StringEquals": {"events:source": "acme.orders"}},
    }
    events.put_permission(
        EventBusName="orders", Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    )
    assert json.loads(events.describe_event_bus(Name="orders")["Policy"])["Statement"] == [statement]


def test_a_schedule_can_be_fired_without_waiting_for_its_time(client, control, queue, received):
    url, arn = queue("nightly", "events.amazonaws.com")
    client("events").put_rule(Name="nightly", ScheduleExpression="cron(0 3 * * ? *)")
    client("events").put_targets(
        Rule="nightly", Targets=[{"Id": "q", "Arn": arn, "Input": '{"on": "schedule"}'}]
    )
    assert control("POST", "schedules", {"name": "nightly", "account": ACCOUNT}) == {"targets": 1}
    assert json.loads(received(url)["Body"]) == {"on": "schedule"}


def test_the_next_calls_of_an_operation_fail_and_then_it_works_again(client, control):
    fault = {
        "service": "events",
        "operation": "PutEvents",
        "times": 2,
        "error": "InternalFailure",
        "status": 500,
    }
    control("POST", "faults", fault)
    codes = [error_of(lambda: put(client, "faulty")) for _ in range(3)]
    assert codes == ["InternalFailure", "InternalFailure", ""]


@pytest.mark.parametrize(
    ("service", "operation", "call"),
    [
        pytest.param("s3", "ListBuckets", lambda client: client("s3").list_buckets(), id="REST and XML"),
        pytest.param(
            "lambda", "ListFunctions", lambda client: client("lambda").list_functions(), id="REST and JSON"
        ),
        pytest.param("ec2", "DescribeVpcs", lambda client: client("ec2").describe_vpcs(), id="EC2 query"),
        pytest.param("iam", "ListRoles", lambda client: client("iam").list_roles(), id="query"),
        pytest.param("dynamodb", "ListTables", lambda client: client("dynamodb").list_tables(), id="JSON"),
    ],
)
def test_a_fault_speaks_the_protocol_of_its_service(client, control, service, operation, call):
    fault = {"service": service, "operation": operation, "error": "ThrottlingException", "status": 400}
    control("POST", "faults", fault)
    assert error_of(lambda: call(client)) == "ThrottlingException"
    assert error_of(lambda: call(client)) == ""


@pytest.mark.parametrize(
    ("kind", "happened"),
    [
        pytest.param("reset", False, id="before the call happens"),
        pytest.param("lost_answer", True, id="after it happened"),
    ],
)
def test_a_connection_breaks(client, control, kind, happened):
    control("POST", "faults", {"service": "sqs", "operation": "CreateQueue", kind: True})
    with pytest.raises(Exception, match=r"(?i)connection|incomplete"):
        client("sqs").create_queue(QueueName=f"broken-{kind}")
    found = client("sqs").list_queues(QueueNamePrefix=f"broken-{kind}").get("QueueUrls", [])
    assert bool(found) is happened


def test_faults_can_be_seen_and_cleared(client, control):
    control("POST", "faults", {"service": "kms", "times": 5, "account": ACCOUNT})
    assert [fault["left"] for fault in control("GET", "faults")["faults"]] == [5]
    control("DELETE", "faults")
    assert control("GET", "faults") == {"faults": []}


def error_of(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return ""


@pytest.mark.parametrize(
    ("service", "messages"),
    [
        pytest.param("", [], id="nobody"),
        pytest.param("sns.amazonaws.com", ["news"], id="topics"),
    ],
)
def test_a_topic_reaches_only_a_queue_whose_policy_allows(client, queue, received, service, messages):
    url, arn = queue(f"subscriber{len(messages)}", service)
    topic = client("sns").create_topic(Name=f"news{len(messages)}")["TopicArn"]
    client("sns").subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"}
    )
    client("sns").publish(TopicArn=topic, Message="news")
    found = received(url, 2)
    assert ([found["Body"]] if found else []) == messages
