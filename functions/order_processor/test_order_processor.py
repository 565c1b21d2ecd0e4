"""Orders are stored once, read back, and refused with the field that is wrong."""

import base64
import json

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

ORDER = {
    "order_id": "o-1001",
    "currency": "EUR",
    "items": [
        {"product": "p-1", "quantity": 2, "unit_price": "12.50"},
        {"product": "p-2", "quantity": 1, "unit_price": "0.99"},
    ],
}


@pytest.fixture
def table(monkeypatch):
    """An orders table as the storage unit makes it."""
    monkeypatch.setenv("TABLE_NAME", "orders")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        client.create_table(
            TableName="orders",
            KeySchema=[{"AttributeName": "order_id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "order_id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        yield client


@pytest.fixture
def post(handler, table):
    """Send a body to POST /orders; the answer's body comes back parsed."""

    def send(body, **event):
        text = body if isinstance(body, str | None) else json.dumps(body)
        request = {"httpMethod": "POST", "body": text, "requestContext": {"requestId": "r-1"}, **event}
        answer = handler.handle(request, None)
        return answer["statusCode"], json.loads(answer["body"])

    return send


@pytest.fixture
def get(handler, table):
    """Ask for an order by id."""

    def send(order_id):
        request = {"httpMethod": "GET", "pathParameters": {"order_id": order_id}, "requestContext": {}}
        answer = handler.handle(request, None)
        return answer["statusCode"], json.loads(answer["body"])

    return send


def changed(**fields):
    return ORDER | fields


def with_line(**fields):
    return ORDER | {"items": [ORDER["items"][0], ORDER["items"][1] | fields]}


def without(key, document=ORDER):
    return {name: value for name, value in document.items() if name != key}


def test_a_new_order_is_stored_and_answered_with_its_total(post, table):
    status, body = post(ORDER)
    assert (status, body["order_id"], body["total"]) == (201, "o-1001", "25.99")
    (item,) = table.scan(TableName="orders")["Items"]
    assert item["items"]["L"][0]["M"] == {
        "product": {"S": "p-1"},
        "quantity": {"N": "2"},
        "unit_price": {"S": "12.50"},
    }
    assert item["day"]["S"] == item["placed_at"]["S"][:10]


def test_the_same_order_again_is_answered_200_and_stays_one_item(post, table):
    _, first = post(ORDER)
    status, again = post(ORDER)
    assert (status, again) == (200, first)
    assert table.scan(TableName="orders")["Count"] == 1


def test_the_same_order_written_differently_is_still_the_same(post):
    post(ORDER)
    reordered = json.dumps(dict(reversed(ORDER.items())), indent=4).replace('"12.50"', '"12.5"')
    assert post(reordered)[0] == 200


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(changed(currency="USD"), id="another currency"),
        pytest.param(with_line(quantity=7), id="another quantity"),
        pytest.param(with_line(unit_price="1.00"), id="another price"),
        pytest.param(changed(items=ORDER["items"][:1]), id="fewer lines"),
    ],
)
def test_a_taken_id_with_another_body_is_a_conflict_and_changes_nothing(post, get, other):
    _, stored = post(ORDER)
    status, body = post(other)
    assert (status, body["field"]) == (409, "order_id")
    assert get("o-1001") == (200, stored)


def test_an_order_is_read_back_without_what_only_we_need(post, get):
    _, stored = post(ORDER)
    status, body = get("o-1001")
    assert (status, body) == (200, stored)
    assert body["items"] == ORDER["items"]
    assert body.keys() == {"order_id", "day", "placed_at", "currency", "total", "items"}


def test_an_unknown_order_is_404_with_its_id(get):
    assert get("o-none") == (404, {"message": "no order o-none"})


@pytest.mark.parametrize("order_id", [None, "", "a/b", "x" * 65, "é"])
def test_a_path_that_names_no_order_is_refused(get, order_id):
    status, body = get(order_id)
    assert (status, body["field"]) == (400, "order_id")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param(None, "body", id="no body"),
        pytest.param("{", "body", id="broken JSON"),
        pytest.param([ORDER], "body", id="a list"),
        pytest.param("null", "body", id="null"),
        pytest.param(without("order_id"), "order_id", id="no order id"),
        pytest.param(without("currency"), "currency", id="no currency"),
        pytest.param(without("items"), "items", id="no items"),
        pytest.param(changed(order_id="a b"), "order_id", id="a space in the id"),
        pytest.param(changed(order_id="o-1\n"), "order_id", id="a newline at the end of the id"),
        pytest.param(changed(order_id=7), "order_id", id="a number as id"),
        pytest.param(changed(currency="eur"), "currency", id="small letters"),
        pytest.param(changed(items=[]), "items", id="no item"),
        pytest.param(changed(items=ORDER["items"] * 51), "items", id="more than 100 items"),
        pytest.param(changed(items={}), "items", id="items as an object"),
        pytest.param(changed(items=["p-1"]), "items[0]", id="an item that is no object"),
        pytest.param(changed(email="a@example.com"), "email", id="personal data nobody asked for"),
        pytest.param(with_line(note="x"), "items[1].note", id="an unknown field of an item"),
        pytest.param(with_line(quantity=0), "items[1].quantity", id="none of it"),
        pytest.param(with_line(quantity=-1), "items[1].quantity", id="less than none"),
        pytest.param(with_line(quantity=1.5), "items[1].quantity", id="half of one"),
        pytest.param(with_line(quantity=True), "items[1].quantity", id="true is no number"),
        pytest.param(with_line(quantity=10_001), "items[1].quantity", id="too many"),
        pytest.param(with_line(unit_price=12.5), "items[1].unit_price", id="a float as price"),
        pytest.param(with_line(unit_price="-1"), "items[1].unit_price", id="a negative price"),
        pytest.param(with_line(unit_price="1e3"), "items[1].unit_price", id="an exponent"),
        pytest.param(with_line(unit_price="NaN"), "items[1].unit_price", id="not a number"),
        pytest.param(with_line(product="=cmd"), "items[1].product", id="a formula as product"),
    ],
)
def test_a_broken_rule_is_answered_400_with_the_field_and_nothing_is_stored(post, table, body, field):
    status, answer = post(body)
    assert (status, answer["field"]) == (400, field)
    assert answer["message"].startswith(f"{field} ")
    assert table.scan(TableName="orders")["Count"] == 0


def test_a_base64_body_is_read_like_any_other(post):
    coded = base64.b64encode(json.dumps(ORDER).encode()).decode()
    assert post(coded, isBase64Encoded=True)[0] == 201


def test_a_body_that_is_not_base64_after_all_is_refused(post):
    assert post("%%%", isBase64Encoded=True)[1]["field"] == "body"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param({"x-correlation-id": "abc-1"}, "abc-1", id="the caller's id"),
        pytest.param({"X-Correlation-Id": "abc-2"}, "abc-2", id="in any case"),
        pytest.param({"X-Correlation-Id": 'x"}\n{"forged'}, "r-1", id="a forged one is replaced"),
        pytest.param(None, "r-1", id="the request's own id"),
    ],
)
def test_one_correlation_id_joins_answer_item_and_log(handler, table, capsys, headers, expected):
    request = {"httpMethod": "POST", "body": json.dumps(ORDER), "headers": headers}
    answer = handler.handle(request | {"requestContext": {"requestId": "r-1"}}, None)
    (item,) = table.scan(TableName="orders")["Items"]
    (line,) = capsys.readouterr().out.splitlines()
    found = {
        answer["headers"]["X-Correlation-Id"],
        item["correlation_id"]["S"],
        json.loads(line)["correlation_id"],
    }
    assert found == {expected}


def test_a_refused_body_is_not_in_the_log(post, capsys):
    post(changed(email="someone@example.com"))
    out = capsys.readouterr().out
    assert json.loads(out)["field"] == "email"
    assert "someone@example.com" not in out


def test_a_failing_table_is_raised_and_logged_so_that_the_alarm_sees_it(handler, table, monkeypatch, capsys):
    monkeypatch.setenv("TABLE_NAME", "missing")
    with pytest.raises(ClientError, match="ResourceNotFound"):
        handler.handle({"httpMethod": "POST", "body": json.dumps(ORDER), "requestContext": {}}, None)
    assert json.loads(capsys.readouterr().out)["level"] == "ERROR"
