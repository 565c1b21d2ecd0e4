"""Make and show the review of a plan, and say what a run has done: the failures, the JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scripts import output
from scripts.cost.planned import deltas
from scripts.cost.prices import usage_of
from scripts.live.wiring import Wire, wires
from scripts.plans.planned import Planned
from scripts.plans.review import Review, review
from scripts.render import as_json as rendered_json
from scripts.render import html, markdown, terminal
from scripts.target import Target
from scripts.terragrunt import UnitRun

KINDS = {".md": markdown.text, ".html": html.page, ".json": rendered_json.text}


def of(target: Target, planned: Planned, priced: bool = True) -> Review:
    """The review of what was planned; *priced* with what it adds to the monthly bill."""
    name = f"{target.environment.name}{' (rehearsal)' if target.rehearsal else ''}"
    needs = {unit.path: unit.needs for unit in target.units}
    cost = deltas(planned.plans.values(), usage_of(target.environment)) if priced else None
    return review(name, planned.plans, planned.runs, needs, wired(target), cost)


def wired(target: Target) -> tuple[Wire, ...]:
    """Who reads what in the whole environment: a reader may well stand outside the choice."""
    units = tuple(unit for unit in target.tree.units if unit.environment == target.environment.name)
    return wires(target.repository, units)


def show(found: Review) -> None:
    """The review on the screen."""
    for line in terminal.render(found):
        output.styled(line.text, line.style)


def write(found: Review, out: str) -> None:
    """The review in a file; its ending says how."""
    if out:
        Path(out).write_text(KINDS[Path(out).suffix](found), encoding="utf-8")
        output.say(f"wrote {out}")


def show_failures(units: Iterable[UnitRun]) -> None:
    """Each failed unit with what Terraform said, and how many were not reached because of it."""
    listed = list(units)
    for unit in listed:
        if unit.status == "failed":
            output.failure(f"{unit.unit} failed:")
            for problem in unit.problems:
                output.failure("  " + str(problem).replace("\n", "\n  "))
    missed = sum(1 for unit in listed if unit.status == "not reached")
    if missed:
        output.failure(f"{missed} units were not reached, because they need one that failed.")


def as_json(units: Mapping[str, UnitRun]) -> list[dict[str, Any]]:
    """A run for a machine."""
    return [
        {
            "unit": name,
            "status": unit.status,
            "seconds": round(unit.seconds, 2),
            "mocked": unit.mocked,
            "changes": [
                {
                    "address": change.address,
                    "type": change.type,
                    "action": change.action,
                    "reason": change.reason,
                }
                for change in unit.changes
            ],
            "problems": [
                {"summary": problem.summary, "detail": problem.detail, "place": problem.place}
                for problem in unit.problems
            ],
        }
        for name, unit in units.items()
    ]
