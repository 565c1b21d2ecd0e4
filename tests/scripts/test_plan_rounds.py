"""A plan goes on past units that have to wait, and stops where one has failed."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from scripts.live.wiring import Wire
from scripts.plans import planned
from scripts.plans.plan import OutputChange, UnitPlan
from scripts.terragrunt import Change, Problem, UnitRun

NO_SUCH_KEY = Problem(
    "Invalid index", "The given key does not identify an element in this collection value.", ""
)
WIRES = (
    Wire("b", "a", frozenset({"names"})),
    Wire("c", "b", frozenset({"names"})),
    Wire("d", "c", frozenset({"x"})),
)
CHANGE = (Change("aws_x.this", "aws_x", "create", ""),)


def done(unit: str, changes: tuple[Change, ...] = ()) -> UnitRun:
    return UnitRun(unit, status="done", changes=changes)


def lacking(unit: str) -> UnitRun:
    return UnitRun(unit, status="failed", problems=(NO_SUCH_KEY,))


def missed(unit: str) -> UnitRun:
    return UnitRun(unit, status="not reached")


class Engine:
    """Stands for Terragrunt: ends in *rounds*, one after the other, and remembers what it was asked for."""

    def __init__(self, *rounds: tuple[UnitRun, ...]) -> None:
        self.left = list(rounds)
        self.asked: list[tuple[str, ...]] = []
        self.warm = None
        self.target = SimpleNamespace(paths=("a", "b", "c", "d"), units=(), repository=Path("/r"))

    def run(self, units: tuple[str, ...], command: tuple[str, ...], at_once: int, *, plans: Path) -> None:
        self.asked.append(units)

    def follow(self, run: None, verb: str, quiet: bool) -> dict[str, UnitRun]:
        return {unit.unit: unit for unit in self.left.pop(0)}


def planned_by(
    monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> tuple[dict[str, UnitRun], dict[str, UnitPlan]]:
    """What comes of it; each unit that changes gives other names."""
    changed = (OutputChange("names", "update"),)
    monkeypatch.setattr(
        planned,
        "unit_plans",
        lambda run, files, mocked, warm: {unit: UnitPlan(unit, outputs=changed) for unit in files},
    )
    monkeypatch.setattr(planned, "wires", lambda repository, units: WIRES)
    monkeypatch.setattr(planned.saved_plans, "plan_file", lambda unit: f"{unit}.tfplan")
    return planned._plan_all(engine, 4, Path("/kept"), True)  # type: ignore[arg-type]


def test_who_waits_is_left_for_the_apply_and_whoever_needs_it_is_planned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = (done("a", CHANGE), lacking("b"), missed("c"), missed("d"))
    engine = Engine(first, (lacking("c"), missed("d")), (done("d"),))
    runs, plans = planned_by(monkeypatch, engine)
    assert engine.asked == [("a", "b", "c", "d"), ("c", "d"), ("d",)]
    assert {name: unit.waits_for for name, unit in runs.items()} == {
        "a": (),
        "b": ("a",),
        "c": ("b",),
        "d": (),
    }
    assert {unit.status for unit in runs.values()} == {"done"}
    assert plans["b"].mocked and plans["c"].mocked


def test_without_a_unit_that_will_give_the_key_it_has_failed_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = Engine((done("a"), lacking("b"), missed("c"), missed("d")))
    runs, _ = planned_by(monkeypatch, engine)
    assert len(engine.asked) == 1
    assert [unit.status for unit in runs.values()] == ["done", "failed", "not reached", "not reached"]
    assert "choose that unit, too" in runs["b"].problems[-1].detail


def test_an_ordinary_plan_asks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(tuple(done(unit) for unit in "abcd"))
    planned_by(monkeypatch, engine)
    assert len(engine.asked) == 1
