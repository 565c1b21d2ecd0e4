"""Units that can only be planned once what they read is applied: they name a key that its outputs do not have yet.

A stand-in is of no use there. Terragrunt puts one in the place of a whole output that does not exist; mixed into one that
does, it would also bring back what the other unit has given up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scripts.live.wiring import Wire
from scripts.plans.plan import UnitPlan
from scripts.plans.review import read_again
from scripts.terragrunt import Problem, UnitRun

LACKING = ("Invalid index", "Unsupported attribute", "Missing map element")
"""What Terragrunt and Terraform call a key that is not there."""
ADVICE = Problem(
    "No unit of this plan changes the output that it reads there",
    "Add the key to the unit that is to give it; where it has the key already, choose that unit, too, or apply it first.",
    "",
)


def waiting(
    runs: Mapping[str, UnitRun], plans: Mapping[str, UnitPlan], wires: Iterable[Wire]
) -> dict[str, tuple[str, ...]]:
    """The units that failed for such a key, each with the units of this run that may yet give it."""
    listed = tuple(wires)
    again = read_again(plans, listed)
    found = {}
    for name in (unit.unit for unit in runs.values() if lacks_a_key(unit)):
        given = {wire.source for wire in listed if wire.reader == name and _may_change(wire, plans, again)}
        if given:
            found[name] = tuple(sorted(given))
    return found


def advised(unit: UnitRun) -> UnitRun:
    """A unit that failed for such a key without hope, with what to do."""
    return replace(unit, problems=(*unit.problems, ADVICE)) if lacks_a_key(unit) else unit


def lacks_a_key(unit: UnitRun) -> bool:
    """Whether it failed because an output that it reads has no such key."""
    said = " ".join(str(problem) for problem in unit.problems)
    return unit.status == "failed" and any(name in said for name in LACKING)


def _may_change(wire: Wire, plans: Mapping[str, UnitPlan], again: frozenset[str]) -> bool:
    plan = plans.get(wire.source)
    changed = plan.changed_outputs if plan else ()
    return wire.source in again or any(wire.carries(output.name) for output in changed)
