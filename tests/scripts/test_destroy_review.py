"""What a destroy shows and refuses before it asks."""

import json
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from scripts import runs
from scripts.checks.finding import Refused
from scripts.commands.destroy import guarded, planned, refuse_needed, unnamed
from scripts.live.units import Dependency, Unit
from scripts.plans.review import review
from scripts.render import terminal
from scripts.states.state import State, parse_state


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
    (found,) = unnamed({"u": state(orders=TABLE)}, allow)
    assert str(found) == "u: orders holds data; name it to lose it: --allow 'orders'."


@pytest.mark.parametrize("allow", ["orders", "other, orders", "ord*", "*"])
def test_data_that_is_named_may_go(allow: str) -> None:
    assert list(unnamed({"u": state(orders=TABLE)}, allow)) == []


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


@pytest.mark.parametrize(
    ("kind", "attributes", "guard"),
    [
        pytest.param("aws_db_instance", {"deletion_protection": True}, "deletion_protection", id="database"),
        pytest.param(
            "aws_dynamodb_table",
            {"deletion_protection_enabled": True},
            "deletion_protection_enabled",
            id="table",
        ),
        pytest.param(
            "aws_lb", {"enable_deletion_protection": True}, "enable_deletion_protection", id="load balancer"
        ),
        pytest.param(
            "aws_cognito_user_pool", {"deletion_protection": "ACTIVE"}, "deletion_protection", id="user pool"
        ),
        pytest.param("aws_db_instance", {"deletion_protection": False}, "", id="lifted"),
        pytest.param("aws_cognito_user_pool", {"deletion_protection": "INACTIVE"}, "", id="lifted in words"),
        pytest.param("aws_sqs_queue", {}, "", id="nothing to lift"),
    ],
)
def test_what_aws_would_keep_is_told_before_anything_goes(
    kind: str, attributes: dict[str, object], guard: str
) -> None:
    resource = {"mode": "managed", "type": kind, "name": "this", "instances": [{"attributes": attributes}]}
    found = parse_state("u", json.dumps({"version": 4, "resources": [resource]}).encode())
    said = [str(finding) for finding in guarded({"u": found})]
    assert [f"u: AWS keeps {kind}.this ({guard})" in line for line in said] == ([True] if guard else [])


def unit(name: str, *needs: str) -> Unit:
    dependencies = tuple(Dependency(need, f"live/dev/r/shop/{need}", "f", 1, None) for need in needs)
    return Unit(f"live/dev/r/shop/{name}", "dev", "r", "shop", name, "d", "m", dependencies, "t")


@pytest.mark.parametrize(
    ("standing", "refused"),
    [
        pytest.param({"api": state(f="aws_lambda_function")}, True, id="what reads it still stands"),
        pytest.param({"api": state()}, False, id="what reads it is empty"),
        pytest.param({"api": None}, False, id="what reads it was never applied"),
    ],
)
def test_a_unit_that_others_still_need_stays(
    monkeypatch: pytest.MonkeyPatch, standing: dict[str, State | None], refused: bool
) -> None:
    units = (unit("storage"), unit("api", "storage"), unit("mail"))
    target: Any = SimpleNamespace(tree=SimpleNamespace(units=units), environment=SimpleNamespace(name="dev"))
    found = {f"live/dev/r/shop/{name}": known for name, known in standing.items()}
    monkeypatch.setattr(runs, "read_states", lambda _, asked: {each.path: found[each.path] for each in asked})
    going = {"live/dev/r/shop/storage": state(t=TABLE)}
    expected = pytest.raises(Refused, match="api: needs live/dev/r/shop/storage and still has 1 resources")
    with expected if refused else nullcontext():
        refuse_needed(target, going)
