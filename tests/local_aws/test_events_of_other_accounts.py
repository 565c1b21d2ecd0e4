"""Another account puts on a bus what the bus's policy lets in, and nothing else."""

from __future__ import annotations

import json

import pytest

from tests.local_aws.conftest import ACCOUNT, OTHER_ACCOUNT, eventually

BUS = f"arn:aws:events:us-east-1:{ACCOUNT}:event-bus/partners"


@pytest.fixture(scope="module")
def queue(client):
    """A queue that gets every event of the bus, which lets one account tell of one thing."""
    events, sqs = client("events"), client("sqs")
    events.create_event_bus(Name="partners")
    statement = {
        "Sid": "Warehouse",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{OTHER_ACCOUNT}:root"},
        "Action": "events:PutEvents",
        "Resource": BUS,
        "Condition": {"StringEquals": {"events:source": "warehouse", "events:detail-type": ["Shipped"]}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    events.put_permission(EventBusName="partners", Policy=policy)
    url = sqs.create_queue(QueueName="partners")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    pattern = json.dumps({"source": [{"prefix": ""}]})
    rule = events.put_rule(Name="all", EventBusName="partners", EventPattern=pattern)["RuleArn"]
    allow = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
    }
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps({"Statement": [allow]})})
    events.put_targets(Rule="all", EventBusName="partners", Targets=[{"Id": "queue", "Arn": arn}])
    return url


def entry(source, kind, number=0):
    detail = json.dumps({"number": number})
    return {"Source": source, "DetailType": kind, "Detail": detail, "EventBusName": BUS}


def test_what_the_policy_lets_in_reaches_the_rules_of_the_bus(client, queue):
    answer = client("events", OTHER_ACCOUNT).put_events(Entries=[entry("warehouse", "Shipped", 7)])
    assert answer["FailedEntryCount"] == 0

    def told():
        found = client("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages", [])
        return [json.loads(message["Body"])["detail"] for message in found]

    assert eventually(told) == [{"number": 7}]


@pytest.mark.parametrize(
    ("source", "kind", "account"),
    [
        pytest.param("shop", "Shipped", OTHER_ACCOUNT, id="in another's name"),
        pytest.param("warehouse", "Placed", OTHER_ACCOUNT, id="something else"),
        pytest.param("warehouse", "Shipped", "333333333333", id="from an account that is not named"),
    ],
)
def test_everything_else_is_refused(client, queue, source, kind, account):
    answer = client("events", account).put_events(Entries=[entry(source, kind)])
    assert answer["FailedEntryCount"] == 1
    assert answer["Entries"][0]["ErrorCode"] == "AccessDeniedException"
