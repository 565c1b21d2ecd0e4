"""invoke drift"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from scripts import output, runs
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.drift import (
    CANNOT_READ,
    DRIFTED,
    IN_SYNC,
    MISSING,
    STATES,
    UnitDrift,
    applied,
    verdicts,
)
from scripts.plans import saved as saved_plans
from scripts.plans.plan import ResourceChange, read_plan
from scripts.plans.show import unit_documents
from scripts.render import words
from scripts.run_lock import only_run
from scripts.runs import Engine
from scripts.target import Target
from scripts.terragrunt import RunAll, UnitRun

LONGEST = 160
"""Of a value: enough for the rules of a security group."""
STYLES = {CANNOT_READ: "red", MISSING: "red", DRIFTED: "yellow", IN_SYNC: "dim"}


def drift(flags: Flags) -> int:
    """Compare AWS with the states, unit by unit; 2 with drift, 1 when a unit cannot be read. Changes nothing."""
    target = options.target(flags)
    with only_run(runs.cache(target) / "runs", runs.run_name(target), f"drift --env {flags.env}") as run:
        found = _look(target, flags)
        # A run that was broken off before is still to be tidied up after, by one that may.
        run.ended_well = run.unfinished is None
    if flags.json:
        output.emit_json([_row(unit) for unit in found])
    else:
        _show(found)
    states = {unit.state for unit in found}
    if CANNOT_READ in states:
        return options.FAILED
    return options.FOUND if states & {DRIFTED, MISSING} else options.FINE


def _look(target: Target, flags: Flags) -> tuple[UnitDrift, ...]:
    present = applied(runs.read_states(target, target.units))
    if not present:
        return verdicts(target.paths, (), {}, {})
    kept = runs.cache(target) / "plans" / f"{runs.run_name(target)}-drift"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True, mode=0o700)
    try:
        with runs.engine(target, present, flags.plain) as engine:
            done, asked = _refresh(engine, present, kept, flags)
            files = {
                name: kept / saved_plans.plan_file(name)
                for name, unit in done.items()
                if unit.status == "done"
            }
            documents = unit_documents(asked, files, engine.warm)
    finally:
        # They hold what AWS says, secrets included.
        shutil.rmtree(kept, ignore_errors=True)
    plans = {name: read_plan(name, document) for name, document in documents.items()}
    return verdicts(target.paths, present, done, plans)


def _refresh(
    engine: Engine, present: tuple[str, ...], kept: Path, flags: Flags
) -> tuple[dict[str, UnitRun], RunAll]:
    """A refresh of each unit, its plan in *kept*.

    Where the configuration already names what is not there yet, Terraform cannot refresh alone ("Invalid index"); a
    whole plan can, and tells the drift apart from the rest.
    """
    at_once = runs.parallelism(flags.parallelism, plain=engine.warm is None, waits=False)
    run = engine.run(present, ("plan", "-refresh-only", "-input=false"), at_once, plans=kept)
    done = engine.follow(run, "drift", flags.json)
    again = tuple(name for name, unit in done.items() if unit.status != "done")
    if again:
        whole = replace(run, units=again, command=("plan", "-input=false"))
        done |= engine.follow(whole, "drift, by a whole plan,", flags.json)
    return done, run


def _show(found: Sequence[UnitDrift]) -> None:
    rows = [row for state in STATES for unit in found if unit.state == state for row in _lines(unit)]
    if rows:
        output.table("", ("unit", "state", "what"), rows, [STYLES.get(row[1], "") for row in rows])
    output.result(sentence(found))
    for unit in found:
        for problem in unit.problems:
            output.failure(f"{unit.unit}: {problem}")


def _lines(unit: UnitDrift) -> Iterator[list[str]]:
    name = unit.unit.removeprefix("live/")
    if not unit.changes:
        yield [name, unit.state, ""]
    for change in unit.changes:
        yield [name, unit.state, f"{change.address} {_what(change)}"]


def _what(change: ResourceChange) -> str:
    if change.action == "delete":
        return "is gone"
    shown = (each for each in change.differences if each.before or each.after)
    return "; ".join(words.difference(each, LONGEST) for each in shown)


def sentence(found: Sequence[UnitDrift]) -> str:
    """The answer in one line, and what to do."""
    counts = Counter(unit.state for unit in found)
    said = ", ".join(f"{counts[state]} {state}" for state in STATES if counts[state])
    if counts[DRIFTED] or counts[MISSING]:
        return f"{said}. Take it back with ./invoke apply, or write it into the configuration first."
    return f"{said}." if said else "no units."


def _row(unit: UnitDrift) -> dict[str, object]:
    return {
        "unit": unit.unit,
        "state": unit.state,
        "resources": [
            {
                "address": change.address,
                "type": change.type,
                "what": MISSING if change.action == "delete" else DRIFTED,
                "differences": [
                    {"path": each.path, "before": each.before, "after": each.after}
                    for each in change.differences
                ],
            }
            for change in unit.changes
        ],
        "problems": [str(problem) for problem in unit.problems],
    }
