"""A unit that fails only for the sake of speed runs again without it, and whoever waited for it follows."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from scripts import runs
from scripts.terragrunt import Problem, RunAll, UnitRun

LACKING = Problem("Invalid resource type", 'The provider does not support resource type "aws_x".', "")


class Warm:
    """Stands for the warm provider: remembers who was sent away."""

    def __init__(self) -> None:
        self.sent_away: list[str] = []

    def fall_back(self, unit: str, reason: str) -> None:
        self.sent_away.append(unit)


def outcomes(monkeypatch: pytest.MonkeyPatch, *rounds: dict[str, UnitRun]) -> list[tuple[str, ...]]:
    """Let Terragrunt end in *rounds*, one after the other; gives the units it was asked for."""
    asked: list[tuple[str, ...]] = []
    left = list(rounds)

    def run_all(run: RunAll, on_change: Callable[[Mapping[str, UnitRun]], None]) -> dict[str, UnitRun]:
        asked.append(run.units)
        return left.pop(0)

    monkeypatch.setattr(runs, "run_all", run_all)
    return asked


def units(**statuses: str) -> dict[str, UnitRun]:
    return {name: UnitRun(name, status=status) for name, status in statuses.items()}


RUN = RunAll(Path("/r"), Path("/r/live/dev"), ("a", "b", "c"), ("plan",), {})


def test_it_and_those_behind_it_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = units(a="done", c="not reached") | {"b": UnitRun("b", status="failed", problems=(LACKING,))}
    asked = outcomes(monkeypatch, first, units(b="done", c="done"))
    warm = Warm()
    ended = runs._run_or_fall_back(RUN, warm, lambda _: None)  # type: ignore[arg-type]
    assert (set(asked[1]), warm.sent_away) == ({"b", "c"}, ["b"])
    assert {unit.status for unit in ended.values()} == {"done"}


def test_any_other_failure_stays_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = outcomes(monkeypatch, units(a="failed"))
    runs._run_or_fall_back(RUN, Warm(), lambda _: None)  # type: ignore[arg-type]
    assert len(asked) == 1


def test_a_plain_run_has_nothing_to_fall_back_to(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = outcomes(monkeypatch, {"a": UnitRun("a", status="failed", problems=(LACKING,))})
    runs._run_or_fall_back(RUN, None, lambda _: None)
    assert len(asked) == 1
