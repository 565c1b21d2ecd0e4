"""Write the report of one day to the bucket and say so on the bus.

Started by a schedule (the event's ``time`` says when; the report is of the day before, in UTC) or by hand
with ``{"day": "2026-01-31"}``. Every step can be repeated: the same day gives the same keys. A failure is
raised, so that Lambda tries again and then sets the event aside in the dead letter queue.
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import boto3
from report import Image, Report, summarise
from structured_log import StructuredLog

if TYPE_CHECKING:
    from botocore.client import BaseClient


class InvalidRequest(Exception):
    """The event names no day; a retry cannot help, but the dead letter queue keeps it for a person."""


class NotAnnounced(Exception):
    """EventBridge took the call but not the entry; the text is its error code."""


@cache
def client(service: str) -> "BaseClient":
    """A client, made on the first use: an import must not fail where no region is set."""
    return boto3.client(service)


def handle(event: dict[str, str], context: object) -> dict[str, str | int | dict[str, str]]:
    """Make one report and answer with what was announced."""
    log = StructuredLog(
        "report-generator", event.get("id") or str(getattr(context, "aws_request_id", "none"))
    )
    try:
        day = day_of(event)
        report = summarise(day, orders_of(day))
        announced = announce(report, log.correlation_id, *write(report))
    except Exception as error:
        log.error("report failed", error=type(error).__name__, reason=str(error))
        raise
    log.info("report written", day=report.day, orders=report.orders)
    return announced


def day_of(event: dict[str, str]) -> str:
    """Find the day that *event* asks for."""
    if "day" in event:
        return _date(event["day"], "day").isoformat()
    if "time" in event:
        return (_date(event["time"], "time") - timedelta(days=1)).isoformat()
    raise InvalidRequest(f'the event needs "day" (YYYY-MM-DD) or a schedule\'s "time"; got {sorted(event)}')


def _date(value: str, key: str) -> date:
    form = "%Y-%m-%d" if key == "day" else "%Y-%m-%dT%H:%M:%S%z"
    try:
        found = datetime.strptime(value, form)
    except (TypeError, ValueError):
        shape = "YYYY-MM-DD" if key == "day" else "YYYY-MM-DDTHH:MM:SSZ"
        raise InvalidRequest(f'"{key}" must be {shape}; got {json.dumps(value)}') from None
    return (found.astimezone(UTC) if found.tzinfo else found).date()


def orders_of(day: str) -> Iterator[Image]:
    """Read the day's orders page by page."""
    pages = (
        client("dynamodb")
        .get_paginator("query")
        .paginate(
            TableName=os.environ["TABLE_NAME"],
            IndexName="by-day",
            KeyConditionExpression="#day = :day",
            ExpressionAttributeNames={"#day": "day"},
            ExpressionAttributeValues={":day": {"S": day}},
        )
    )
    for page in pages:
        yield from page["Items"]


def write(report: Report) -> tuple[str, str]:
    """Put both files into the bucket and return their keys."""
    stem = f"{os.environ['REPORT_PREFIX']}{report.day}/orders"
    files = {
        f"{stem}.csv": (report.as_csv(), "text/csv"),
        f"{stem}.json": (report.as_json(), "application/json"),
    }
    for key, (text, kind) in files.items():
        client("s3").put_object(
            Bucket=os.environ["BUCKET_NAME"],
            Key=key,
            Body=text.encode(),
            ContentType=f"{kind}; charset=utf-8",
        )
    return f"{stem}.csv", f"{stem}.json"


def announce(
    report: Report, correlation_id: str, csv_key: str, json_key: str
) -> dict[str, str | int | dict[str, str]]:
    """Put ReportReady on the bus; raise unless EventBridge took it."""
    detail: dict[str, str | int | dict[str, str]] = {
        "day": report.day,
        "orders": report.orders,
        "revenue": report.revenue(),
        "bucket": os.environ["BUCKET_NAME"],
        "csv_key": csv_key,
        "json_key": json_key,
        "correlation_id": correlation_id,
    }
    entry = {
        "Source": os.environ["EVENT_SOURCE"],
        "DetailType": "ReportReady",
        "Detail": json.dumps(detail),
        "EventBusName": os.environ["BUS_NAME"],
    }
    result = client("events").put_events(Entries=[entry])
    if result["FailedEntryCount"]:
        raise NotAnnounced(result["Entries"][0].get("ErrorCode", "unknown"))
    return detail
