"""What was changed behind Terraform's back: the verdict on each unit, from plans that only refresh.

Terraform tells them apart from what the configuration wants, so a change that somebody is just making in a tfvars is no
drift.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scripts.plans.echoes import Owner, owners_of, without_echoes
from scripts.plans.plan import ResourceChange, UnitPlan
from scripts.states.state import State
from scripts.terragrunt import Problem, UnitRun

IN_SYNC = "in sync"
DRIFTED = "drifted"
MISSING = "missing"
NOT_APPLIED = "not applied"
CANNOT_READ = "cannot read"
STATES = (CANNOT_READ, MISSING, DRIFTED, NOT_APPLIED, IN_SYNC)


@dataclass(frozen=True, slots=True)
class UnitDrift:
    """The verdict on one unit."""

    unit: str
    state: str
    changes: tuple[ResourceChange, ...] = ()
    problems: tuple[Problem, ...] = ()


def applied(states: Mapping[str, State | None]) -> tuple[str, ...]:
    """The units that have something to compare."""
    return tuple(unit for unit, state in states.items() if state is not None and state.addresses)


def verdicts(
    units: Sequence[str],
    present: Iterable[str],
    runs: Mapping[str, UnitRun],
    plans: Mapping[str, UnitPlan],
) -> tuple[UnitDrift, ...]:
    """One verdict a unit, in the order of *units*; *present* are those that are applied."""
    there, owners = set(present), owners_of(plans.values())
    return tuple(
        verdict(unit, runs.get(unit), plans.get(unit), owners)
        if unit in there
        else UnitDrift(unit, NOT_APPLIED)
        for unit in units
    )


def verdict(unit: str, run: UnitRun | None, plan: UnitPlan | None, owners: Counter[Owner]) -> UnitDrift:
    """What the refresh of one applied unit says."""
    if run is None or run.status != "done" or plan is None or plan.errored:
        return UnitDrift(unit, CANNOT_READ, problems=run.problems if run else ())
    changes = without_echoes(plan.drift, owners)
    if any(change.action == "delete" for change in changes):
        return UnitDrift(unit, MISSING, changes)
    return UnitDrift(unit, DRIFTED if changes else IN_SYNC, changes)
