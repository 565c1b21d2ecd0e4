"""Put an OrderPlaced event on the bus for every order that the table's stream reports.

The stream is the record of what was stored, so a crash between storing and publishing loses nothing.
Records go one at a time and in order; at the first failure the batch is handed back from that record on
(batchItemFailures), so nothing is lost and nothing before it is sent again. Only a crash of the function
itself can repeat an event; consumers tell it by the order id.
"""

import json
import os
from functools import cache
from typing import TYPE_CHECKING, NotRequired, TypedDict

import boto3
from structured_log import StructuredLog

if TYPE_CHECKING:
    from botocore.client import BaseClient

Typed = dict[str, dict[str, str | list[object]]]


class Change(TypedDict):
    """What happened to one item; a removal has no new image."""

    SequenceNumber: str
    NewImage: NotRequired[Typed]


class Record(TypedDict):
    """One record of the stream."""

    eventName: str
    dynamodb: Change


class NotPublished(Exception):
    """EventBridge took the call but not the entry; the text is its error code."""


@cache
def bus() -> "BaseClient":
    """The client, made on the first record: an import must not fail where no region is set."""
    return boto3.client("events")


def handle(event: dict[str, list[Record]], context: object) -> dict[str, list[dict[str, str]]]:
    """Publish the new orders of one batch, in order, up to the first failure."""
    for record in event["Records"]:
        change = record["dynamodb"]
        try:
            if record["eventName"] == "INSERT":
                publish(change["NewImage"])
        except Exception as error:
            log = StructuredLog("order-events", correlation_of(change))
            log.error("order not published", error=type(error).__name__, sequence=change["SequenceNumber"])
            return {"batchItemFailures": [{"itemIdentifier": change["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def publish(image: Typed) -> None:
    """Put one order on the bus; raise unless EventBridge took it.

    The lines stay in the table: a consumer that needs them asks the API, and no event outgrows 256 KB.
    """
    detail = {
        "order_id": text(image, "order_id"),
        "day": text(image, "day"),
        "placed_at": text(image, "placed_at"),
        "currency": text(image, "currency"),
        "total": text(image, "total"),
        "items": len(image["items"]["L"]),
        "correlation_id": text(image, "correlation_id"),
    }
    entry = {
        "Source": os.environ["EVENT_SOURCE"],
        "DetailType": "OrderPlaced",
        "Detail": json.dumps(detail),
        "EventBusName": os.environ["BUS_NAME"],
    }
    result = bus().put_events(Entries=[entry])
    if result["FailedEntryCount"]:
        raise NotPublished(result["Entries"][0].get("ErrorCode", "unknown"))
    log = StructuredLog("order-events", detail["correlation_id"])
    log.info("order published", order_id=detail["order_id"])


def correlation_of(change: Change) -> str:
    """Find the id that joins the log lines of an order, even in a record that is broken otherwise."""
    image = change.get("NewImage")
    return text(image, "correlation_id") if image and "correlation_id" in image else "none"


def text(image: Typed, field: str) -> str:
    """Read a string attribute."""
    return str(image[field]["S"])
