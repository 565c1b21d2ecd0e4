"""Orders through the running API: stored once, read back, refused with a reason, published once."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.requests.system import received, until


def test_an_order_is_stored_and_read_back(system, order):
    stored = system.patiently("POST", "/orders", order)
    assert (stored.status, stored.body["total"]) == (201, "25.00")
    assert system.patiently("GET", f"/orders/{order['order_id']}").body == stored.body


def test_the_same_order_again_is_no_second_order(system, order):
    first = system.patiently("POST", "/orders", order)
    again = system.patiently("POST", "/orders", order)
    assert (again.status, again.body) == (200, first.body)


def test_a_taken_order_id_is_a_conflict_and_keeps_the_first_order(system, order):
    first = system.patiently("POST", "/orders", order)
    other = system.patiently("POST", "/orders", order | {"currency": "USD"})
    assert (other.status, other.body["field"]) == (409, "order_id")
    assert system.patiently("GET", f"/orders/{order['order_id']}").body == first.body


def test_of_ten_at_once_exactly_one_is_stored_and_the_others_learn_that(system, order):
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: system.patiently("POST", "/orders", order), range(10)))
    assert sorted(answer.status for answer in answers) == [200] * 9 + [201]
    assert len({json.dumps(answer.body, sort_keys=True) for answer in answers}) == 1


@pytest.mark.parametrize("missing", ["order_id", "currency", "items"])
def test_the_api_itself_refuses_a_body_without_a_field_and_names_it(system, order, missing):
    answer = system.patiently("POST", "/orders", {k: v for k, v in order.items() if k != missing})
    assert (answer.status, answer.body["message"]) == (400, "Invalid request body")
    assert f'missing required properties (["{missing}"])' in answer.body["reason"]


def test_a_body_that_is_no_json_is_refused(system):
    assert system.patiently("POST", "/orders", "{").status == 400


@pytest.mark.parametrize(
    ("line", "field"),
    [
        pytest.param({"quantity": 0}, "items[0].quantity", id="none of it"),
        pytest.param({"unit_price": "a lot"}, "items[0].unit_price", id="no amount"),
        pytest.param({"note": "for Anna"}, "items[0].note", id="what nobody asked for"),
    ],
)
def test_the_function_refuses_what_the_model_lets_through_and_names_the_field(system, order, line, field):
    answer = system.patiently("POST", "/orders", order | {"items": [order["items"][0] | line]})
    assert (answer.status, answer.body["field"]) == (400, field)


def test_a_refused_order_is_not_stored(system, order):
    system.patiently("POST", "/orders", order | {"currency": "euro"})
    assert system.patiently("GET", f"/orders/{order['order_id']}").status == 404


def test_a_path_that_the_document_does_not_have_is_closed(system):
    assert system.patiently("DELETE", "/orders").status == 403


@pytest.mark.overruns
def test_more_than_the_throttle_allows_is_answered_429(system):
    """Bodies that the API refuses by itself are quick enough to outrun the throttle on a slow machine too."""
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: system.send("POST", "/orders", "{"), range(200)))
    assert {answer.status for answer in answers} == {400, 429}
    refused = next(answer for answer in answers if answer.status == 429)
    assert refused.body["message"]


def test_a_stored_order_is_published_once_with_the_callers_correlation_id(system, order, listener):
    queue = listener("OrderPlaced", {"order_id": [order["order_id"]]})
    system.patiently("POST", "/orders", order, X_Correlation_Id="corr-1")
    system.patiently("POST", "/orders", order)
    (event,) = until(lambda: received(system, queue))
    assert (event["source"], event["detail"]["total"], event["detail"]["items"]) == (
        "acme.orders",
        "25.00",
        1,
    )
    assert event["detail"]["correlation_id"] == "corr-1"
    assert received(system, queue) == []


def test_the_log_joins_the_functions_of_an_order_and_holds_no_content(system, order, product):
    system.patiently("POST", "/orders", order, X_Correlation_Id=f"corr-{product}")
    logs = system.client("logs")

    def line_of(function):
        group = f"/aws/lambda/{system.name}-{function}"
        events = logs.filter_log_events(logGroupName=group, filterPattern=f'"corr-{product}"')["events"]
        return [event["message"] for event in events]

    lines = [until(lambda name=name: line_of(name)) for name in ("order-processor", "order-events")]
    assert [json.loads(found[0])["message"] for found in lines] == ["order stored", "order published"]
    assert "12.50" not in str(lines)
