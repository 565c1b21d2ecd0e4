"""Changes and events become audit records, each once; what fails is handed back by itself."""

import json

import boto3
import pytest
from botocore.stub import ANY, Stubber

AT = "2026-01-31T10:00:00.500+00:00"


def change(number, kind="INSERT", old=None, new=None):
    images = {name: image for name, image in (("OldImage", old), ("NewImage", new)) if image}
    return {
        "eventID": f"e-{number}",
        "eventName": kind,
        "dynamodb": {
            "SequenceNumber": f"seq-{number}",
            "ApproximateCreationDateTime": 1769853600.5,
            "Keys": {"review_id": {"S": f"r-{number}"}, "book_id": {"S": "b-1"}},
            **images,
        },
    }


def message(number, **detail):
    event = {
        "id": f"e-{number}",
        "time": "2026-01-31T10:00:00Z",
        "source": "acme.bookstore",
        "detail-type": "OrderPlaced",
        "detail": detail,
    }
    return {"messageId": f"m-{number}", "eventSource": "aws:sqs", "body": json.dumps(event)}


def put(subject, entry, action, changed=(), correlation_id="none"):
    return {
        "TableName": "audit",
        "Item": {
            "subject": {"S": subject},
            "entry": {"S": entry},
            "action": {"S": action},
            "changed": {"L": [{"S": name} for name in changed]},
            "correlation_id": {"S": correlation_id},
            "expires_at": {"N": ANY},
        },
        "ConditionExpression": "attribute_not_exists(entry)",
    }


@pytest.fixture
def table(handler, monkeypatch):
    """A DynamoDB that answers exactly the calls a test queues, and fails the test on any other."""
    monkeypatch.setenv("TABLE_NAME", "audit")
    monkeypatch.setenv("KEEP_DAYS", "30")
    client = boto3.client("dynamodb", region_name="us-east-1")
    monkeypatch.setattr(handler, "table", lambda: client)
    with Stubber(client) as stubbed:
        yield stubbed
        stubbed.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("kind", "old", "new", "action", "changed"),
    [
        pytest.param("INSERT", None, {"stars": {"N": "5"}}, "created", ["stars"], id="a new review"),
        pytest.param(
            "MODIFY",
            {"stars": {"N": "5"}, "text": {"S": "fine"}},
            {"stars": {"N": "1"}, "text": {"S": "fine"}},
            "changed",
            ["stars"],
            id="only what differs",
        ),
        pytest.param("REMOVE", {"stars": {"N": "5"}}, None, "removed", ["stars"], id="a removed review"),
    ],
)
def test_a_change_is_recorded_with_the_names_of_what_changed(handler, table, kind, old, new, action, changed):
    table.add_response("put_item", {}, put("review#b-1#r-1", f"{AT}#e-1", action, changed))
    assert handler.handle({"Records": [change(1, kind, old, new)]}, None) == {"batchItemFailures": []}


def test_an_event_of_the_bus_is_recorded_with_its_correlation_id(handler, table):
    expected = put(
        "event#acme.bookstore", "2026-01-31T10:00:00Z#e-1", "OrderPlaced", ["correlation_id", "total"], "c-1"
    )
    table.add_response("put_item", {}, expected)
    answer = handler.handle({"Records": [message(1, total="9.90", correlation_id="c-1")]}, None)
    assert answer == {"batchItemFailures": []}


def test_a_record_that_stands_already_is_no_failure(handler, table):
    table.add_client_error("put_item", "ConditionalCheckFailedException")
    assert handler.handle({"Records": [message(1)]}, None) == {"batchItemFailures": []}


def test_a_stream_stops_at_the_first_failure(handler, table):
    table.add_client_error("put_item", "ThrottlingException")
    answer = handler.handle({"Records": [change(1), change(2)]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "seq-1"}]}


def test_a_message_that_is_no_event_is_handed_back_and_the_next_is_written(handler, table, capsys):
    table.add_response("put_item", {}, put("event#acme.bookstore", "2026-01-31T10:00:00Z#e-2", "OrderPlaced"))
    poison = {"messageId": "m-1", "body": "secret-7"}
    answer = handler.handle({"Records": [poison, message(2)]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m-1"}]}
    assert "secret-7" not in capsys.readouterr().out


def test_records_hold_no_value_of_what_changed(handler, table, capsys):
    table.add_response("put_item", {}, put("review#b-1#r-1", f"{AT}#e-1", "created", ["text"]))
    handler.handle({"Records": [change(1, new={"text": {"S": "secret-7"}})]}, None)
    assert "secret-7" not in capsys.readouterr().out
