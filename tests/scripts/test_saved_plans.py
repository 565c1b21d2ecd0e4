"""A saved plan is applied only while everything that it was made of is as it was."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.checks.finding import Refused
from scripts.plans import saved as saved_plans
from scripts.plans.saved import Origin, Saved, load, plan_file, save, unfit
from scripts.states.state import State
from scripts.terragrunt import UnitRun

UNIT = "live/dev/us-east-1/shop/orders"
DEV = Origin("dev", "111111111111", False)
INPUTS = {UNIT: "digest"}


def state(serial: int = 4, lineage: str = "first") -> dict[str, State | None]:
    return {UNIT: State(UNIT, serial, {}, frozenset(), {}, lineage)}


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    file = tmp_path / plan_file(UNIT)
    file.parent.mkdir(parents=True)
    file.write_bytes(b"plan")
    done = {UNIT: UnitRun(UNIT, status="done", mocked=True)}
    return save(tmp_path, DEV, INPUTS, state(), done, frozenset({UNIT}))


def test_terragrunt_finds_the_plans_where_it_put_them() -> None:
    assert plan_file(UNIT) == "us-east-1/shop/orders/tfplan.tfplan"


def test_a_plan_that_still_holds_is_fit(saved: Saved) -> None:
    assert list(unfit(load(saved.folder), DEV, INPUTS, state())) == []


def test_a_unit_that_waits_has_no_plan_file_and_is_fit_all_the_same(tmp_path: Path) -> None:
    source = "live/dev/us-east-1/platform/kms"
    done = {UNIT: UnitRun(UNIT, status="done", mocked=True, waits_for=(source,))}
    loaded = load(save(tmp_path, DEV, INPUTS, state(), done, frozenset()).folder)
    assert list(unfit(loaded, DEV, INPUTS, state())) == []
    assert loaded.plans[UNIT].waits_for == (source,)


def test_the_manifest_is_for_its_owner_only(saved: Saved) -> None:
    assert (saved.folder / saved_plans.MANIFEST).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("origin", "inputs", "states", "said"),
    [
        pytest.param(
            Origin("prod", "333333333333", False),
            INPUTS,
            state(),
            "plans: these plans were made for dev (111111111111), and this is prod (333333333333); make them again.",
            id="another environment",
        ),
        pytest.param(
            Origin("dev", "111111111111", True), INPUTS, state(),
            "plans: these plans were made for dev (111111111111), and this is dev (111111111111, rehearsal); "
            "make them again.",
            id="a rehearsal's",
        ),
        pytest.param(
            DEV, {UNIT: "other"}, state(),
            f"{UNIT}: its configuration or its module changed since the plan; plan again.",
            id="configuration changed",
        ),
        pytest.param(
            DEV, INPUTS, state(serial=5),
            f"{UNIT}: its state was 4 when it was planned and is 5 now: somebody applied meanwhile; plan again.",
            id="state changed",
        ),
        pytest.param(
            DEV, INPUTS, state(lineage="second"),
            f"{UNIT}: its state is another one than when it was planned: somebody applied meanwhile; plan again.",
            id="another state",
        ),
        pytest.param(
            DEV, INPUTS, {UNIT: None},
            f"{UNIT}: its state is another one than when it was planned: somebody applied meanwhile; plan again.",
            id="no state any more",
        ),
        pytest.param(
            DEV, {"live/dev/us-east-1/shop/mail": "digest"}, state(),
            "live/dev/us-east-1/shop/mail: was not planned; plan it, or choose other units.",
            id="a unit that was not planned",
        ),
    ],
)  # fmt: skip
def test_a_plan_that_does_not_hold_is_refused_with_the_reason(
    saved: Saved, origin: Origin, inputs: dict[str, str], states: dict[str, State | None], said: str
) -> None:
    assert [str(found) for found in unfit(saved, origin, inputs, states)] == [said]


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda file: file.write_bytes(b"plan!"), id="edited"),
        pytest.param(lambda file: file.unlink(), id="taken away"),
    ],
)
def test_a_plan_file_that_is_another_is_refused(saved: Saved, edit: Callable[[Path], object]) -> None:
    edit(saved.file(UNIT))
    (found,) = unfit(saved, DEV, INPUTS, state())
    assert found.rule == "plan-edited"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("{}", id="nothing in it"),
        pytest.param(json.dumps({"version": 99}), id="of a later version"),
        pytest.param(json.dumps({"version": 1, "origin": {"who": 1}, "plans": []}), id="of another shape"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_refused(saved: Saved, text: str) -> None:
    (saved.folder / saved_plans.MANIFEST).write_text(text)
    with pytest.raises(Refused, match="make the plans again with `invoke plan`"):
        load(saved.folder)


def test_a_folder_without_plans_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there are no saved plans"):
        load(tmp_path)


def test_what_was_saved_is_read_again(saved: Saved) -> None:
    again = load(saved.folder)
    assert again == replace(saved, plans=dict(saved.plans))
    assert (again.plans[UNIT].mocked, again.plans[UNIT].changes, again.plans[UNIT].serial) == (True, True, 4)
