"""Write an audit record for every change of a review and for every event on the bus.

Changes come by the table's stream, events by a queue. A record says what happened to what and when, and which
attributes changed, never their values: what a customer wrote does not belong in an audit log. The key of a record
is made from its source, so the same change told twice is one record. What cannot be written is handed back by
itself (batchItemFailures), to be tried again and in the end set aside.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NotRequired, TypedDict

import boto3
from structured_log import StructuredLog

if TYPE_CHECKING:
    from botocore.client import BaseClient

Typed = dict[str, dict[str, str]]


class Change(TypedDict):
    """What happened to one item of the table."""

    SequenceNumber: str
    ApproximateCreationDateTime: float
    Keys: Typed
    NewImage: NotRequired[Typed]
    OldImage: NotRequired[Typed]


class Record(TypedDict, total=False):
    """One record of the stream, or one message of the queue."""

    eventID: str
    eventName: str
    dynamodb: Change
    messageId: str
    body: str


class Entry(TypedDict):
    """One audit record, before it is typed for DynamoDB."""

    subject: str
    entry: str
    action: str
    changed: list[str]
    correlation_id: str


@cache
def table() -> "BaseClient":
    """The client, made on the first record: an import must not fail where no region is set."""
    return boto3.client("dynamodb")


def handle(event: dict[str, list[Record]], context: object) -> dict[str, list[dict[str, str]]]:
    """Write one record after the other; a stream stops at the first failure, because its order counts."""
    failed: list[dict[str, str]] = []
    for record in event["Records"]:
        try:
            write(of_change(record) if "dynamodb" in record else of_event(record))
        except Exception as error:
            identifier = identifier_of(record)
            log = StructuredLog("audit-writer", "none")
            log.error("audit record not written", error=type(error).__name__, record=identifier)
            failed.append({"itemIdentifier": identifier})
            if "dynamodb" in record:
                break
    return {"batchItemFailures": failed}


def of_change(record: Record) -> Entry:
    """The record of a change that the stream reports."""
    change = record["dynamodb"]
    old, new = change.get("OldImage", {}), change.get("NewImage", {})
    at = datetime.fromtimestamp(change["ApproximateCreationDateTime"], UTC)
    return {
        "subject": "#".join(
            ["review", *(next(iter(key.values())) for _, key in sorted(change["Keys"].items()))]
        ),
        "entry": f"{at.isoformat(timespec='milliseconds')}#{record['eventID']}",
        "action": {"INSERT": "created", "MODIFY": "changed", "REMOVE": "removed"}[record["eventName"]],
        "changed": sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)),
        "correlation_id": next(iter(new.get("correlation_id", {"S": "none"}).values())),
    }


def of_event(record: Record) -> Entry:
    """The record of an event that a rule put into the queue."""
    event = json.loads(record["body"])
    return {
        "subject": f"event#{event['source']}",
        "entry": f"{event['time']}#{event['id']}",
        "action": event["detail-type"],
        "changed": sorted(event["detail"]),
        "correlation_id": str(event["detail"].get("correlation_id", "none")),
    }


def write(entry: Entry) -> None:
    """Put the record; one that stands there already was written by an earlier attempt."""
    expires = datetime.now(UTC) + timedelta(days=int(os.environ["KEEP_DAYS"]))
    try:
        table().put_item(
            TableName=os.environ["TABLE_NAME"],
            Item={
                "subject": {"S": entry["subject"]},
                "entry": {"S": entry["entry"]},
                "action": {"S": entry["action"]},
                "changed": {"L": [{"S": name} for name in entry["changed"]]},
                "correlation_id": {"S": entry["correlation_id"]},
                "expires_at": {"N": str(int(expires.timestamp()))},
            },
            ConditionExpression="attribute_not_exists(entry)",
        )
    except table().exceptions.ConditionalCheckFailedException:
        return
    log = StructuredLog("audit-writer", entry["correlation_id"])
    log.info("audit record written", subject=entry["subject"], action=entry["action"])


def identifier_of(record: Record) -> str:
    """What Lambda calls the record when it is handed back."""
    return record["dynamodb"]["SequenceNumber"] if "dynamodb" in record else record["messageId"]
