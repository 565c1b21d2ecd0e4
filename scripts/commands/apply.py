"""invoke apply"""

from __future__ import annotations

import time

from scripts import output, runs
from scripts.checks.finding import Finding, Refused
from scripts.commands import options, review
from scripts.commands.options import Flags
from scripts.commands.outputs import show_results
from scripts.run_lock import only_run
from scripts.target import Target
from scripts.terragrunt import Change, UnitRun
from scripts.units import Unit


def apply(flags: Flags, warm: bool) -> int:
    """Plan, review, confirm, apply what changes and what reads it, and say what is there now."""
    began = time.monotonic()
    target = options.target(flags)
    name = f"{target.environment.name}{' (rehearsal)' if target.rehearsal else ''}"
    with only_run(runs.cache(target) / "runs", runs.run_name(target), f"apply --env {flags.env}") as run:
        output.step(f"{name}: {len(target.units)} units")
        for line in runs.prepare_state(target, run.unfinished):
            output.say(f"  {line}")
        refuse_missing_needs(target)
        planned = runs.plan(target, plain=flags.plain, at_once=flags.parallelism, quiet=flags.json)
        if any(unit.status != "done" for unit in planned.values()):
            review.show_failures(planned.values())
            return options.FAILED
        refuse_endangered(planned)
        if not flags.json:
            review.show_plan(planned)
        to_apply = runs.with_dependents(runs.changed(planned), target.units)
        if to_apply:
            prod = target.environment.name == "prod"
            options.confirm(f"Apply this to {name}?", "prod" if prod else "yes", flags)
            applied = runs.apply(
                target, to_apply, plain=plain(flags, warm), at_once=flags.parallelism, quiet=flags.json
            )
        else:
            applied = {}
        failed = [unit for unit in applied.values() if unit.status != "done"]
        run.ended_well = not failed
    review.show_failures(applied.values())
    if flags.json:
        output.emit_json({"planned": review.as_json(planned), "applied": review.as_json(applied)})
    elif failed:
        output.failure(
            f"{len(applied) - len(failed)} of {len(applied)} units applied; mend it and type the same command."
        )
    else:
        resources = sum(unit.applied for unit in applied.values())
        output.result(
            f"\n{name}: {len(applied)} units applied, {resources} resources changed, in {time.monotonic() - began:.0f} s."
        )
        show_results(target)
    return options.FAILED if failed else options.FINE


def plain(flags: Flags, warm: bool) -> bool:
    """Whether each unit starts a provider of its own: as asked, and in real applies to prod unless *warm*."""
    return flags.plain or (flags.env == "prod" and not flags.local and not warm)


def refuse_endangered(planned: dict[str, UnitRun]) -> None:
    """No apply replaces or destroys a stateful resource."""
    found = review.endangered(planned)
    if found:
        raise Refused(_lost(name, change) for name, change in found)


def _lost(unit: str, change: Change) -> Finding:
    message = (
        f"{change.address} holds data and would be lost ({change.reason or change.action}); "
        "take the change back, or destroy it by name first."
    )
    return Finding(unit, 0, "stateful", change.address, "", "", message)


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
                f"is needed and was never applied; add --system {systems}.",
            )
            for path in missing
        )
