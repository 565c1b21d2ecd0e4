"""invoke apply"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from pathlib import Path

from scripts import fixed_waits, output, runs
from scripts.checks.finding import Finding, Refused
from scripts.commands import options, review
from scripts.commands.options import Flags
from scripts.commands.outputs import show_results
from scripts.doctor import refuse_full_disk
from scripts.live.units import Unit
from scripts.plans import planned
from scripts.plans.plan import ResourceChange
from scripts.plans.planned import Planned
from scripts.plans.review import Review, read_again
from scripts.plans.stateful import is_named
from scripts.render import as_json
from scripts.render.words import many
from scripts.run_lock import Run, only_run
from scripts.runs import Engine
from scripts.states.backup import backup_all
from scripts.target import Target
from scripts.terragrunt import UnitRun


def apply(flags: Flags, warm: bool, plans: str, allow: str = "") -> int:
    """Plan, review, confirm, apply exactly that, and say what is there now."""
    began = time.monotonic()
    refuse_full_disk()
    target = options.target(flags)
    with (
        only_run(runs.cache(target) / "runs", runs.run_name(target), f"apply --env {flags.env}") as run,
        contextlib.ExitStack() as stack,
    ):
        output.step(f"{name_of(target)}: {many(len(target.units), 'unit')}")
        for line in runs.prepare_state(target, run.unfinished, allow):
            output.say(f"  {line}")
        refuse_missing_needs(target)
        engine = stack.enter_context(runs.engine(target, target.paths, flags.plain))
        if plans:
            made = planned.reopen(engine, Path(plans))
        else:
            made = planned.make(engine, at_once=flags.parallelism, quiet=flags.json)
        found = review.of(target, made)
        if not flags.json:
            review.show(found)
        if not made.complete:
            review.show_failures(made.runs.values())
            if flags.json:
                output.emit_json({"planned": as_json.rows(found), "applied": []})
            return options.FAILED
        refuse_lost(found, allow)
        applied: dict[str, UnitRun] = {}
        chosen = to_apply(target, made)
        if chosen:
            prod = target.environment.name == "prod"
            options.confirm(f"Apply this to {name_of(target)}?", "prod" if prod else "yes", flags)
            if not flags.yes or plain(flags, warm) != flags.plain:
                # Credentials may have run out while a person thought it over; and prod has its own rule.
                stack.close()
                engine = stack.enter_context(runs.engine(target, chosen, plain(flags, warm)))
            applied = carry_out(engine, made, chosen, flags, allow)
        code = ended(made, applied, run)
    if flags.json:
        output.emit_json({"planned": as_json.rows(found), "applied": review.as_json(applied)})
    elif code == options.FINE:
        resources = sum(unit.applied for unit in applied.values())
        seconds = time.monotonic() - began
        output.result(
            f"\n{name_of(target)}: {many(len(applied), 'unit')} applied, {many(resources, 'resource')} changed, "
            f"in {seconds:.0f} s."
        )
        if waits := fixed_waits.told(fixed_waits.of_plans(made.plans, target.tree)):
            output.result(waits)
        show_results(target)
    return code


def name_of(target: Target) -> str:
    """The environment as people are asked about it."""
    return f"{target.environment.name}{' (rehearsal)' if target.rehearsal else ''}"


def to_apply(target: Target, made: Planned) -> tuple[str, ...]:
    """The units that change, and those that read what these may change."""
    chosen = read_again(made.plans, review.wired(target)) | {
        name for name, plan in made.plans.items() if plan.changing or plan.changed_outputs
    }
    return tuple(path for path in target.paths if path in chosen)


def carry_out(
    engine: Engine, made: Planned, units: Sequence[str], flags: Flags, allow: str = ""
) -> dict[str, UnitRun]:
    """Apply the reviewed plans; what is planned again on the way must show nothing that nobody agreed to."""
    target = engine.target
    assert made.saved is not None
    planned.check(target, made.saved, units)
    if place := backup_all(target, units):
        output.say(f"  {place}")
    again = read_again(made.plans, review.wired(target))
    planned.mark_again(made, units, again, strict=not flags.yes)
    applied = planned.apply(engine, made.saved, units, at_once=flags.parallelism, quiet=flags.json)
    while held := planned.held(made.saved, units):
        broken = [unit for name, unit in applied.items() if unit.status == "failed" and name not in held]
        if flags.yes or broken:
            return applied
        plans = planned.reread(engine, made.saved, tuple(held))
        more = Planned({name: UnitRun(name, status="done") for name in held}, plans, made.saved)
        found = review.of(target, more)
        output.step("planned again with the real values:")
        review.show(found)
        refuse_lost(found, allow)
        options.confirm(f"Apply this to {name_of(target)}?", "yes", flags)
        rest = tuple(name for name in units if applied[name].status != "done")
        planned.mark_again(made, rest, again - set(held), strict=True)
        applied |= planned.apply(engine, made.saved, rest, at_once=flags.parallelism, quiet=flags.json)
    return applied


def ended(made: Planned, applied: dict[str, UnitRun], run: Run) -> int:
    """The exit code, after what went wrong was said."""
    failed = [unit for unit in applied.values() if unit.status != "done"]
    run.ended_well = not failed
    if not failed:
        return options.FINE
    assert made.saved is not None
    held = planned.held(made.saved, tuple(applied))
    review.show_failures(applied.values())
    output.failure(
        f"{len(applied) - len(failed)} of {len(applied)} units applied; mend it and type the same command."
    )
    others = {unit.unit for unit in failed if unit.status == "failed"} - set(held)
    return options.REFUSED if held and not others else options.FAILED


def plain(flags: Flags, warm: bool) -> bool:
    """Whether each unit starts a provider of its own: as asked, and in real applies to prod unless *warm*."""
    return flags.plain or (flags.env == "prod" and not flags.local and not warm)


def refuse_lost(found: Review, allow: str = "") -> None:
    """No apply replaces or destroys a stateful resource that *allow* (addresses or globs, by commas) does not name."""
    lost = [(unit, change) for unit, change in found.lost if not is_named(change.address, allow)]
    if lost:
        raise Refused(
            Finding(
                unit.unit,
                0,
                "stateful",
                change.address,
                "",
                "",
                f"{change.address} holds data and would be lost ({change.reason or change.action}); "
                f"{_kept_by(unit.unit, change)}, or name it to lose it: --allow '{change.address}'.",
            )
            for unit, change in lost
        )


def _kept_by(unit: str, change: ResourceChange) -> str:
    if change.reason == "replace_because_tainted":
        return f"keep it with `terragrunt untaint '{change.address}'` in {unit}"
    return "take the change back"


def refuse_missing_needs(target: Target) -> None:
    """Units outside the choice must have been applied, or the chosen ones have nothing to read."""
    chosen = set(target.paths)
    outside: dict[str, Unit] = {}
    for unit in target.units:
        for need in unit.needs:
            found = target.tree.unit(need)
            if found is not None and need not in chosen:
                outside[need] = found
    states = runs.read_states(target, tuple(outside.values()))
    missing = sorted(path for path, state in states.items() if state is None)
    if missing:
        systems = ",".join(
            sorted({unit.system for unit in target.units} | {outside[path].system for path in missing})
        )
        raise Refused(
            Finding(
                path,
                0,
                "not-applied",
                "",
                "",
                "",
                f"is needed and was never applied; apply it too: --system {systems}, without --unit.",
            )
            for path in missing
        )
