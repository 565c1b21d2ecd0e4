"""Make plans, keep them, and apply exactly those: what was reviewed is what runs."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts import runs, toolchain
from scripts.checks.finding import Refused
from scripts.live.wiring import wires
from scripts.machine import REPOSITORY
from scripts.plans import saved as saved_plans
from scripts.plans.again import Addition, Agreed, again_file, held_file, read_held
from scripts.plans.plan import UnitPlan
from scripts.plans.saved import Origin, Saved
from scripts.plans.show import unit_plans
from scripts.plans.unit_digest import digests
from scripts.plans.waiting import advised, lacks_a_key, waiting
from scripts.runs import Engine
from scripts.states.state import State
from scripts.target import Target
from scripts.terragrunt import UnitRun


@dataclass(frozen=True, slots=True)
class Planned:
    """What was planned: each unit's run, and the plans of those that would change something."""

    runs: Mapping[str, UnitRun]
    plans: Mapping[str, UnitPlan]
    saved: Saved | None
    """The plan files; None when a unit could not be planned."""

    @property
    def complete(self) -> bool:
        """Whether every unit could be planned."""
        return self.saved is not None


def folder(target: Target) -> Path:
    """Where the plans of this environment are kept."""
    return runs.cache(target) / "plans" / runs.run_name(target)


def origin(target: Target) -> Origin:
    """For what plans made now are good."""
    return Origin(target.environment.name, target.environment.account_id, target.rehearsal)


def make(engine: Engine, *, at_once: int, quiet: bool) -> Planned:
    """Plan every unit of the target and keep the plans in the cache folder, for this user's eyes only."""
    target, kept = engine.target, folder(engine.target)
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True, mode=0o700)
    inputs = digests(target.repository, target.units)
    at_once = runs.parallelism(at_once, plain=engine.warm is None, waits=False)
    done, plans = _plan_all(engine, at_once, kept, quiet)
    planned = {name: unit for name, unit in done.items() if unit.status == "done"}
    saved = None
    if len(planned) == len(done):
        changing = frozenset(runs.changed(planned))
        saved = saved_plans.save(kept, origin(target), inputs, engine.states, done, changing)
    return Planned(done, plans, saved)


def _plan_all(
    engine: Engine, at_once: int, kept: Path, quiet: bool
) -> tuple[dict[str, UnitRun], dict[str, UnitPlan]]:
    """Plan every unit; those that must wait for what they read are left for the apply, and whoever needs them goes on."""
    target = engine.target
    done: dict[str, UnitRun] = {}
    plans: dict[str, UnitPlan] = {}
    left: tuple[str, ...] = target.paths
    while left:
        run = engine.run(left, ("plan", "-input=false"), at_once, plans=kept)
        ended = engine.follow(run, "plan", quiet)
        good = {name: unit for name, unit in ended.items() if unit.status == "done"}
        files = {name: kept / saved_plans.plan_file(name) for name in runs.changed(good)}
        mocked = [name for name, unit in good.items() if unit.mocked]
        plans |= {name: UnitPlan(name, mocked=True) for name in mocked}
        plans |= unit_plans(run, files, mocked, engine.warm)
        lacking = any(map(lacks_a_key, ended.values()))
        later = waiting(ended, plans, wires(target.repository, target.units)) if lacking else {}
        done |= {name: advised(unit) for name, unit in ended.items()}
        plans |= {name: UnitPlan(name, mocked=True) for name in later}
        done |= {
            name: UnitRun(name, status="done", mocked=True, waits_for=for_) for name, for_ in later.items()
        }
        left = tuple(name for name, unit in done.items() if unit.status == "not reached") if later else ()
    return done, plans


def reopen(engine: Engine, kept: Path) -> Planned:
    """The plans that an earlier ``invoke plan`` left in *kept*; raises Refused when they do not hold any more."""
    target = engine.target
    saved = saved_plans.load(kept.resolve())
    check(target, saved, target.paths, engine.states)
    # They are made again and marked while they are applied; the folder that was handed in stays as it is.
    own = folder(target).with_name(f"{runs.run_name(target)}-applying")
    shutil.rmtree(own, ignore_errors=True)
    own.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(saved.folder, own)
    own.chmod(0o700)
    saved = Saved(own, saved.origin, saved.plans)
    chosen = [saved.plans[path] for path in target.paths]
    files = {plan.unit: saved.file(plan.unit) for plan in chosen if plan.changes}
    mocked = [plan.unit for plan in chosen if plan.mocked]
    plans = unit_plans(engine.run(target.paths, ("show",), 4, plans=own), files, mocked, engine.warm)
    plans |= {name: UnitPlan(name, mocked=True) for name in mocked if name not in plans}
    done = {
        plan.unit: UnitRun(plan.unit, status="done", mocked=plan.mocked, waits_for=plan.waits_for)
        for plan in chosen
    }
    return Planned(done, plans, saved)


def check(
    target: Target, saved: Saved, units: Sequence[str], states: Mapping[str, State | None] | None = None
) -> None:
    """Raise Refused unless the plans of *units* are still what an apply should do."""
    chosen = [unit for unit in target.units if unit.path in set(units)]
    now = runs.read_states(target, chosen) if states is None else states
    found = tuple(saved_plans.unfit(saved, origin(target), digests(target.repository, chosen), now))
    if found:
        raise Refused(found)


def mark_again(planned: Planned, units: Sequence[str], again: frozenset[str], strict: bool) -> None:
    """Leave word beside the plans of *again* that they are to be made again, and what was agreed to."""
    assert planned.saved is not None
    for unit in units:
        file = planned.saved.file(unit)
        held_file(file).unlink(missing_ok=True)
        again_file(file).unlink(missing_ok=True)
        if unit in again:
            plan = planned.plans.get(unit)
            shown = plan.changing if plan else ()
            agreed = Agreed(frozenset((change.address, change.action) for change in shown), strict)
            again_file(file).write_text(agreed.to_json())


def apply(
    engine: Engine, saved: Saved, units: Sequence[str], *, at_once: int, quiet: bool
) -> dict[str, UnitRun]:
    """Apply the saved plans of *units* in dependency order."""
    more = {
        "TG_TF_PATH": str(REPOSITORY / "scripts" / "plans" / "again.sh"),
        "STAGECRAFT_TERRAFORM": engine.variables.get("TG_TF_PATH") or str(toolchain.terraform()),
        "STAGECRAFT_PYTHON": sys.executable,
        "STAGECRAFT_CODE": str(REPOSITORY),
    }
    at_once = runs.parallelism(at_once, plain=engine.warm is None, waits=True)
    run = engine.run(units, ("apply", "-input=false"), at_once, plans=saved.folder, more=more)
    return engine.follow(run, "apply", quiet)


def held(saved: Saved, units: Sequence[str]) -> dict[str, tuple[Addition, ...]]:
    """The units that were held back, and why."""
    found = {unit: read_held(saved.file(unit)) for unit in units}
    return {unit: why for unit, why in found.items() if why}


def reread(engine: Engine, saved: Saved, units: Sequence[str]) -> dict[str, UnitPlan]:
    """The plans of *units* as they stand now, after they were made again."""
    files = {unit: saved.file(unit) for unit in units}
    return unit_plans(engine.run(units, ("show",), 4, plans=saved.folder), files, (), engine.warm)
