"""A day's orders become two files and one event; anything else is raised for Lambda to repeat."""

import csv
import json
from io import StringIO
from types import SimpleNamespace

import boto3
import pytest
from botocore.stub import ANY, Stubber
from moto import mock_aws

DAY = "2026-01-31"


def order(order_id, *lines, currency="EUR", day=DAY):
    items = [
        {"M": {"product": {"S": p}, "quantity": {"N": str(q)}, "unit_price": {"S": u}}} for p, q, u in lines
    ]
    return {
        "order_id": {"S": order_id},
        "day": {"S": day},
        "currency": {"S": currency},
        "items": {"L": items},
    }


@pytest.fixture
def world(handler, monkeypatch):
    """Table, bucket and bus as the units make them; what reaches the bus is read from a stub."""
    for key, value in {"TABLE_NAME": "orders", "BUCKET_NAME": "reports", "REPORT_PREFIX": "reports/"}.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setenv("BUS_NAME", "bus")
    with mock_aws():
        dynamodb = boto3.client("dynamodb", region_name="us-east-1")
        dynamodb.create_table(
            TableName="orders",
            KeySchema=[{"AttributeName": "order_id", "KeyType": "HASH"}],
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": "S"} for name in ("order_id", "day")
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "by-day",
                    "KeySchema": [
                        {"AttributeName": "day", "KeyType": "HASH"},
                        {"AttributeName": "order_id", "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
            BillingMode="PAY_PER_REQUEST",
        )
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="reports")
        events = boto3.client("events", region_name="us-east-1")
        clients = {"dynamodb": dynamodb, "s3": s3, "events": events}
        monkeypatch.setattr(handler, "client", clients.__getitem__)
        with Stubber(events) as bus:
            yield SimpleNamespace(
                put=lambda *orders: [dynamodb.put_item(TableName="orders", Item=item) for item in orders],
                read=lambda key: s3.get_object(Bucket="reports", Key=key)["Body"].read().decode(),
                s3=s3,
                dynamodb=dynamodb,
                bus=bus,
            )


@pytest.fixture
def taken(world):
    """Let the bus take one event."""
    world.bus.add_response("put_events", {"FailedEntryCount": 0, "Entries": [{"EventId": "e"}]}, ANY_ENTRY)
    return world


ANY_ENTRY = {"Entries": ANY}


def rows(text):
    return list(csv.reader(StringIO(text)))


def test_products_and_the_day_are_added_up_to_the_cent(handler, taken):
    taken.put(order("o-1", ("p-1", 3, "0.10"), ("p-2", 1, "5.00")), order("o-2", ("p-1", 1, "0.20")))
    handler.handle({"day": DAY}, None)
    assert rows(taken.read(f"reports/{DAY}/orders.csv")) == [
        ["day", "product", "currency", "orders", "quantity", "revenue"],
        [DAY, "p-1", "EUR", "2", "4", "0.50"],
        [DAY, "p-2", "EUR", "1", "1", "5.00"],
    ]
    document = json.loads(taken.read(f"reports/{DAY}/orders.json"))
    assert (document["orders"], document["totals"]) == (
        2,
        {"EUR": {"orders": 2, "quantity": 5, "revenue": "5.50"}},
    )


def test_currencies_are_never_added_to_each_other(handler, taken):
    taken.put(order("o-1", ("p-1", 1, "1.00")), order("o-2", ("p-1", 1, "100"), currency="JPY"))
    assert handler.handle({"day": DAY}, None)["revenue"] == {"EUR": "1.00", "JPY": "100"}


def test_two_lines_of_one_product_are_one_order_of_it(handler, taken):
    taken.put(order("o-1", ("p-1", 1, "1.00"), ("p-1", 2, "1.00")))
    handler.handle({"day": DAY}, None)
    assert rows(taken.read(f"reports/{DAY}/orders.csv"))[1] == [DAY, "p-1", "EUR", "1", "3", "3.00"]


def test_only_that_day_is_counted(handler, taken):
    taken.put(order("o-1", ("p-1", 1, "1.00")), order("o-2", ("p-1", 1, "1.00"), day="2026-02-01"))
    assert handler.handle({"day": DAY}, None)["orders"] == 1


def test_a_day_without_orders_has_a_report_too(handler, taken):
    assert handler.handle({"day": DAY}, None)["orders"] == 0
    assert len(rows(taken.read(f"reports/{DAY}/orders.csv"))) == 1


def test_every_page_of_a_long_day_is_read(handler, taken, monkeypatch):
    taken.put(*(order(f"o-{number}", ("p-1", 1, "1.00")) for number in range(7)))
    query = taken.dynamodb.query
    pages = []

    def short_pages(*args, **kwargs):
        pages.append(1)
        return query(*args, **kwargs, Limit=3)

    monkeypatch.setattr(taken.dynamodb, "query", short_pages)
    assert handler.handle({"day": DAY}, None)["orders"] == 7
    assert len(pages) == 3


@pytest.mark.parametrize(
    ("time", "day"),
    [
        pytest.param("2026-02-01T02:00:00Z", "2026-01-31", id="the day before the schedule"),
        pytest.param("2026-03-01T00:00:00Z", "2026-02-28", id="over the end of a month"),
        pytest.param("2026-02-01T01:00:00+02:00", "2026-01-30", id="counted in UTC"),
    ],
)
def test_a_schedule_reports_the_day_before(handler, taken, time, day):
    assert handler.handle({"id": "e-1", "time": time, "detail-type": "Scheduled Event"}, None)["day"] == day


def test_the_announcement_says_where_the_files_are(handler, world):
    detail = {
        "day": DAY,
        "orders": 1,
        "revenue": {"EUR": "2.00"},
        "bucket": "reports",
        "csv_key": f"reports/{DAY}/orders.csv",
        "json_key": f"reports/{DAY}/orders.json",
        "correlation_id": "e-9",
    }
    entry = {"Source": "acme.orders", "DetailType": "ReportReady", "EventBusName": "bus"}
    world.bus.add_response(
        "put_events",
        {"FailedEntryCount": 0, "Entries": [{"EventId": "e"}]},
        {"Entries": [entry | {"Detail": json.dumps(detail)}]},
    )
    world.put(order("o-1", ("p-1", 2, "1.00")))
    assert handler.handle({"id": "e-9", "day": DAY}, None) == detail
    world.bus.assert_no_pending_responses()


def test_a_repeated_run_writes_the_same_bytes_under_the_same_keys(handler, taken):
    answer = {"FailedEntryCount": 0, "Entries": [{"EventId": "e"}]}
    taken.bus.add_response("put_events", answer, ANY_ENTRY)
    taken.put(order("o-2", ("p-2", 1, "1.00")), order("o-1", ("p-1", 1, "1.00")))
    handler.handle({"day": DAY}, None)
    first = taken.read(f"reports/{DAY}/orders.csv")
    handler.handle({"day": DAY}, None)
    assert taken.read(f"reports/{DAY}/orders.csv") == first
    assert taken.s3.list_objects_v2(Bucket="reports")["KeyCount"] == 2


def test_a_refused_announcement_is_raised_so_that_lambda_repeats_it(handler, world, capsys):
    world.bus.add_response(
        "put_events", {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "Throttled"}]}, ANY_ENTRY
    )
    with pytest.raises(handler.NotAnnounced, match="Throttled"):
        handler.handle({"day": DAY}, None)
    assert json.loads(capsys.readouterr().out)["level"] == "ERROR"


@pytest.mark.parametrize(
    ("event", "message"),
    [
        pytest.param({}, 'needs "day"', id="nothing"),
        pytest.param(
            {"day": "31.01.2026"}, r"YYYY-MM-DD; got .31\.01\.2026", id="another way to write a day"
        ),
        pytest.param({"day": "2026-02-30"}, "2026-02-30", id="a day that does not exist"),
        pytest.param({"day": None}, "got null", id="null"),
        pytest.param({"time": "yesterday"}, "YYYY-MM-DDTHH:MM:SSZ", id="no time"),
    ],
)
def test_an_event_that_names_no_day_is_raised_with_rule_and_value(handler, world, event, message):
    with pytest.raises(handler.InvalidRequest, match=message):
        handler.handle(event, None)
    assert world.s3.list_objects_v2(Bucket="reports")["KeyCount"] == 0
