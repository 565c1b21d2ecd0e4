"""Stored orders become events in order, and the first failure hands the rest of the batch back."""

import json

import boto3
import pytest
from botocore.stub import Stubber


def record(number, kind="INSERT", **image):
    full = {
        "order_id": {"S": f"o-{number}"},
        "day": {"S": "2026-01-31"},
        "placed_at": {"S": "2026-01-31T10:00:00.000Z"},
        "currency": {"S": "EUR"},
        "total": {"S": "25.99"},
        "items": {"L": [{"M": {}}, {"M": {}}]},
        "correlation_id": {"S": f"c-{number}"},
    }
    return {"eventName": kind, "dynamodb": {"SequenceNumber": f"seq-{number}", "NewImage": full | image}}


def entries(number):
    detail = {
        "order_id": f"o-{number}",
        "day": "2026-01-31",
        "placed_at": "2026-01-31T10:00:00.000Z",
        "currency": "EUR",
        "total": "25.99",
        "items": 2,
        "correlation_id": f"c-{number}",
    }
    entry = {
        "Source": "acme.orders",
        "DetailType": "OrderPlaced",
        "Detail": json.dumps(detail),
        "EventBusName": "bus",
    }
    return {"Entries": [entry]}


TAKEN = {"FailedEntryCount": 0, "Entries": [{"EventId": "e"}]}
REFUSED = {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "InternalFailure"}]}


@pytest.fixture
def bus(handler, monkeypatch):
    """An EventBridge that answers exactly the calls a test queues, and fails the test on any other."""
    monkeypatch.setenv("BUS_NAME", "bus")
    client = boto3.client("events", region_name="us-east-1")
    monkeypatch.setattr(handler, "bus", lambda: client)
    with Stubber(client) as stubbed:
        yield stubbed
        stubbed.assert_no_pending_responses()


def test_every_new_order_is_published_once_in_order(handler, bus):
    for number in (1, 2, 3):
        bus.add_response("put_events", TAKEN, entries(number))
    answer = handler.handle({"Records": [record(1), record(2), record(3)]}, None)
    assert answer == {"batchItemFailures": []}


@pytest.mark.parametrize("kind", ["MODIFY", "REMOVE"])
def test_what_is_not_a_new_order_is_passed_over(handler, bus, kind):
    assert handler.handle({"Records": [record(1, kind)]}, None) == {"batchItemFailures": []}


def test_an_entry_that_eventbridge_refuses_stops_the_batch_there(handler, bus):
    bus.add_response("put_events", TAKEN, entries(1))
    bus.add_response("put_events", REFUSED, entries(2))
    answer = handler.handle({"Records": [record(1), record(2), record(3)]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "seq-2"}]}


def test_a_call_that_fails_stops_the_batch_there(handler, bus):
    bus.add_client_error("put_events", "ThrottlingException")
    answer = handler.handle({"Records": [record(1), record(2)]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "seq-1"}]}


def test_a_broken_record_is_handed_back_with_its_number_and_logged_without_its_content(handler, bus, capsys):
    broken = record(1, total={"N": "secret-7"})
    answer = handler.handle({"Records": [broken]}, None)
    line = capsys.readouterr().out
    assert answer == {"batchItemFailures": [{"itemIdentifier": "seq-1"}]}
    assert (json.loads(line)["sequence"], json.loads(line)["correlation_id"]) == ("seq-1", "c-1")
    assert "secret-7" not in line


def test_the_log_line_of_an_order_carries_the_request_that_placed_it(handler, bus, capsys):
    bus.add_response("put_events", TAKEN, entries(1))
    handler.handle({"Records": [record(1)]}, None)
    line = json.loads(capsys.readouterr().out)
    assert (line["correlation_id"], line["order_id"], line["level"]) == ("c-1", "o-1", "INFO")
