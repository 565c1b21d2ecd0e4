"""invoke destroy"""

from __future__ import annotations

from fnmatch import fnmatchcase

from scripts import output, runs
from scripts.checks.finding import Finding, Refused
from scripts.commands import options, review
from scripts.commands.options import Flags
from scripts.run_lock import only_run
from scripts.stateful import is_stateful
from scripts.states import State


def destroy(flags: Flags, allow: str) -> int:
    """Destroy the chosen units, dependents first; units without a state are skipped, so it can be run again."""
    target = options.target(flags)
    with only_run(runs.cache(target) / "runs", runs.run_name(target), f"destroy --env {flags.env}") as run:
        for line in runs.prepare_state(target, run.unfinished):
            output.say(f"  {line}")
        states = runs.read_states(target, target.units)
        present = {path: state for path, state in states.items() if state is not None and state.addresses}
        if not present:
            run.ended_well = True
            output.result("Nothing to destroy: no chosen unit has resources.")
            return options.FINE
        _refuse_stateful(present, allow)
        rows = [[path.removeprefix("live/"), str(len(state.addresses))] for path, state in present.items()]
        output.table("", ("unit", "#"), rows)
        total = sum(len(state.addresses) for state in present.values())
        question = f"Destroy {total} resources of {target.environment.name}?"
        options.confirm(question, target.environment.name, flags)
        units = runs.destroy(
            target, tuple(present), plain=flags.plain, at_once=flags.parallelism, quiet=flags.json
        )
        run.ended_well = all(unit.status == "done" for unit in units.values())
    review.show_failures(units.values())
    if flags.json:
        output.emit_json(review.as_json(units))
    if not run.ended_well:
        return options.FAILED
    output.result(f"{len(units)} units destroyed.")
    return options.FINE


def _refuse_stateful(states: dict[str, State], allow: str) -> None:
    """Raise Refused for each resource with data that *allow* (addresses or globs, by commas) does not name."""
    allowed = [word.strip() for word in allow.split(",") if word.strip()]
    kept = [
        Finding(
            path,
            0,
            "stateful",
            address,
            "",
            "",
            f"{address} holds data; name it to lose it: --allow '{address}'.",
        )
        for path, state in states.items()
        for address, kind in state.addresses.items()
        if is_stateful(kind) and not any(fnmatchcase(address, glob) for glob in allowed)
    ]
    if kept:
        raise Refused(kept)
