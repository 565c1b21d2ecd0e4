"""Show what a plan would do and what a run has done: the table, the failures, the JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from scripts import output
from scripts.runs import changed
from scripts.stateful import is_stateful
from scripts.terragrunt import Change, UnitRun

COLUMNS = ("unit", "to create", "to update", "to replace", "to destroy", "")


def endangered(units: Mapping[str, UnitRun]) -> tuple[tuple[str, Change], ...]:
    """Each stateful resource that would be replaced or destroyed, with its unit."""
    return tuple(
        (name, change)
        for name, unit in units.items()
        for change in unit.changes
        if change.action in {"replace", "delete"} and is_stateful(change.type)
    )


def show_plan(units: Mapping[str, UnitRun]) -> None:
    """One line a unit; the lost data first and in red."""
    for name, change in endangered(units):
        verb = "replaced" if change.action == "replace" else "destroyed"
        output.failure(
            f"{verb}: {name}: {change.address} ({change.reason or 'removed from the configuration'})"
        )
    rows, styles = [], []
    for name, unit in units.items():
        counts = Counter(change.action for change in unit.changes)
        remark = "failed" if unit.problems else "with stand-in values" if unit.mocked else ""
        cells = [counts["create"], counts["update"], counts["replace"], counts["delete"]]
        rows.append([name.removeprefix("live/"), *(str(cell) if cell else "" for cell in cells), remark])
        styles.append("red" if unit.problems else "" if any(cells) else "dim")
    output.table("", COLUMNS, rows, styles)
    output.result(sentence(units))


def sentence(units: Mapping[str, UnitRun]) -> str:
    """The plan in one line."""
    counts = Counter(change.action for unit in units.values() for change in unit.changes)
    total = sum(counts[action] for action in ("create", "update", "replace", "delete"))
    if not total:
        return f"{len(units)} units, nothing to change."
    return (
        f"{len(units)} units, {len(changed(units))} of them change: {counts['create']} to create, "
        f"{counts['update']} to update, {counts['replace']} to replace, {counts['delete']} to destroy."
    )


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
    """The plan or the run for a machine."""
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
