"""The session store: what it answers, and what it keeps."""

import json
import time

import pytest

SESSION = "0" * 32


class Table:
    """A table in memory, keyed by session_id."""

    def __init__(self):
        self.items = {}

    def put_item(self, Item, ConditionExpression=None):
        self.items[Item["session_id"]] = Item

    def get_item(self, Key):
        found = self.items.get(Key["session_id"])
        return {} if found is None else {"Item": found}

    def delete_item(self, Key):
        self.items.pop(Key["session_id"], None)


@pytest.fixture
def tables(handler, monkeypatch):
    import store

    made = {"SESSIONS_TABLE": Table(), "CARTS_TABLE": Table()}
    monkeypatch.setattr(store, "table", made.__getitem__)
    return made


def call(handler, method, session=None, body=None, **more):
    event = {
        "httpMethod": method,
        "pathParameters": {"session_id": session} if session else None,
        "body": body if body is None or isinstance(body, str) else json.dumps(body),
    }
    answer = handler.handle(event | more, None)
    return answer["statusCode"], json.loads(answer["body"] or "null")


def begun(handler):
    status, session = call(handler, "POST")
    assert status == 201
    return session


def test_a_session_begins_with_an_empty_cart_and_lasts_a_day(handler, tables):
    session = begun(handler)
    assert session["cart"] == []
    assert session["expires_at"] == pytest.approx(time.time() + 24 * 3600, abs=5)
    assert set(tables["SESSIONS_TABLE"].items) == {session["session_id"]}


def test_two_sessions_have_two_ids_of_128_bits(handler, tables):
    ids = {begun(handler)["session_id"] for _ in range(2)}
    assert len(ids) == 2
    assert {len(bytes.fromhex(session)) for session in ids} == {16}


def test_what_is_put_into_the_cart_is_read_back(handler, tables):
    session = begun(handler)["session_id"]
    cart = [{"product": "teapot", "quantity": 2}]
    assert call(handler, "PUT", session, {"items": cart})[0] == 200
    status, found = call(handler, "GET", session)
    assert (status, found["cart"]) == (200, cart)


def test_a_cart_ends_with_its_session(handler, tables):
    session = begun(handler)["session_id"]
    call(handler, "PUT", session, {"items": [{"product": "teapot", "quantity": 2}]})
    assert call(handler, "DELETE", session) == (204, None)
    assert [table.items for table in tables.values()] == [{}, {}]
    assert call(handler, "GET", session)[0] == 404


def test_an_expired_session_is_over_before_its_item_is_removed(handler, tables):
    tables["SESSIONS_TABLE"].items[SESSION] = {"session_id": SESSION, "expires_at": int(time.time()) - 1}
    assert call(handler, "GET", SESSION)[0] == 404


def test_a_body_in_base64_is_read(handler, tables):
    import base64

    session = begun(handler)["session_id"]
    body = base64.b64encode(b'{"items": []}').decode()
    assert call(handler, "PUT", session, body, isBase64Encoded=True)[0] == 200
    assert call(handler, "PUT", session, "%", isBase64Encoded=True)[1]["field"] == "body"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param("{", "body", id="no JSON"),
        pytest.param({}, "items", id="no items"),
        pytest.param({"items": [{}] * 101}, "items", id="too many"),
        pytest.param({"items": ["teapot"]}, "items[0].product", id="no item"),
        pytest.param({"items": [{"product": "../x", "quantity": 1}]}, "items[0].product", id="no product"),
        pytest.param({"items": [{"product": "a", "quantity": 0}]}, "items[0].quantity", id="none of it"),
        pytest.param({"items": [{"product": "a", "quantity": True}]}, "items[0].quantity", id="true"),
        pytest.param({"items": [{"product": "a", "quantity": 1}] * 2}, "items", id="twice"),
    ],
)
def test_a_cart_that_breaks_a_rule_is_refused_by_field_and_nothing_changes(handler, tables, body, field):
    session = begun(handler)["session_id"]
    status, answer = call(handler, "PUT", session, body)
    assert (status, answer["field"]) == (400, field)
    assert tables["CARTS_TABLE"].items == {}


def test_a_path_that_is_no_session_asks_no_table(handler):
    assert call(handler, "GET", "x")[1]["field"] == "session_id"


def test_a_correlation_id_that_could_forge_a_log_line_is_not_taken(handler, tables):
    headers = {"X-Correlation-Id": "a\nb"}
    event = {"httpMethod": "POST", "headers": headers, "requestContext": {"requestId": "r-1"}}
    assert handler.handle(event, None)["headers"]["X-Correlation-Id"] == "r-1"
    event["headers"] = {"x-correlation-id": "abc"}
    assert handler.handle(event, None)["headers"]["X-Correlation-Id"] == "abc"


def test_what_fails_unexpectedly_is_raised(handler, tables, monkeypatch):
    monkeypatch.setattr(tables["SESSIONS_TABLE"], "get_item", lambda Key: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call(handler, "GET", SESSION)


@pytest.mark.parametrize("origin", [None, "https://shop.example.com"], ids=["none", "the shop's pages"])
def test_pages_of_the_one_origin_may_read_the_answer(handler, tables, monkeypatch, origin):
    monkeypatch.delenv("ALLOWED_ORIGIN", raising=False)
    if origin:
        monkeypatch.setenv("ALLOWED_ORIGIN", origin)
    headers = handler.handle({"httpMethod": "POST"}, None)["headers"]
    assert headers.get("Access-Control-Allow-Origin") == origin
