"""What a destroy shows and refuses before it asks."""

import json

import pytest

from scripts.checks.finding import Refused
from scripts.commands.destroy import planned, refuse_stateful
from scripts.render import terminal
from scripts.review import review
from scripts.states import State, parse_state


def state(**resources: str) -> State:
    return State("live/dev/r/shop/a", 3, dict(resources), frozenset(), {})


TABLE = "aws_dynamodb_table"


def test_data_that_would_be_lost_is_shown_first() -> None:
    found = planned({"live/dev/r/shop/a": state(orders=TABLE, log="aws_cloudwatch_log_group")})
    lines = [line.text for line in terminal.render(review("dev", found.plans, found.runs, {}))]
    assert lines[:2] == [
        "DATA WOULD BE LOST",
        "  destroyed: shop/a  orders",
    ]
    assert lines[-1] == "dev: 1 unit, 1 of them change: 0 to create, 0 to update, 0 to replace, 2 to destroy."


@pytest.mark.parametrize("allow", ["", "other", "order"])
def test_data_is_refused_until_it_is_named(allow: str) -> None:
    with pytest.raises(Refused, match="orders holds data; name it to lose it: --allow 'orders'"):
        refuse_stateful({"u": state(orders=TABLE)}, allow)


@pytest.mark.parametrize("allow", ["orders", "other, orders", "ord*", "*"])
def test_data_that_is_named_may_go(allow: str) -> None:
    refuse_stateful({"u": state(orders=TABLE)}, allow)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param({"final_snapshot_identifier": "last"}, {"aws_db_instance.this": "last"}, id="kept"),
        pytest.param({"final_snapshot_identifier": "last", "skip_final_snapshot": True}, {}, id="skipped"),
        pytest.param({}, {}, id="none named"),
    ],
)
def test_a_last_snapshot_is_known_from_the_state(
    attributes: dict[str, object], expected: dict[str, str]
) -> None:
    instance = {"attributes": attributes}
    resource = {"mode": "managed", "type": "aws_db_instance", "name": "this", "instances": [instance]}
    found = parse_state("u", json.dumps({"version": 4, "resources": [resource]}).encode())
    assert found.final_snapshots == expected
