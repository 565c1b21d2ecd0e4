"""invoke destroy"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scripts import output, runs
from scripts.checks.finding import Finding, Refused, finding
from scripts.commands import options, review
from scripts.commands.options import Flags
from scripts.plans.plan import ResourceChange, UnitPlan
from scripts.plans.planned import Planned
from scripts.plans.stateful import is_named, is_stateful
from scripts.run_lock import only_run
from scripts.states.backup import backup_all
from scripts.states.state import State
from scripts.target import Target
from scripts.terragrunt import UnitRun


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
            if flags.json:
                output.emit_json([])
            else:
                output.result("Nothing to destroy: no chosen unit has resources.")
            return options.FINE
        refuse_needed(target, present)
        if not flags.json:
            review.show(review.of(target, planned(present), priced=False))
            show_snapshots(present)
        refuse([*unnamed(present, allow), *guarded(present)])
        total = sum(len(state.addresses) for state in present.values())
        question = f"Destroy {total} resources of {target.environment.name}?"
        options.confirm(question, target.environment.name, flags)
        if place := backup_all(target, present):
            output.say(f"  {place}")
        units = runs.destroy(
            target, tuple(present), plain=flags.plain, at_once=flags.parallelism, quiet=flags.json
        )
        run.ended_well = all(unit.status == "done" for unit in units.values())
    review.show_failures(units.values())
    if flags.json:
        output.emit_json(review.as_json(units))
    elif run.ended_well:
        output.result(f"{len(units)} units destroyed.")
    return options.FINE if run.ended_well else options.FAILED


def planned(states: Mapping[str, State]) -> Planned:
    """What a destroy does needs no plan: everything that the states hold goes."""
    plans = {
        path: UnitPlan(
            path,
            tuple(
                ResourceChange(address, kind, "delete", stateful=is_stateful(kind))
                for address, kind in sorted(state.addresses.items())
            ),
        )
        for path, state in states.items()
    }
    return Planned({path: UnitRun(path, status="done") for path in states}, plans, None)


def show_snapshots(states: Mapping[str, State]) -> None:
    """What of the data stays: the databases that are told to leave a last snapshot."""
    for path, state in states.items():
        for address, snapshot in state.final_snapshots.items():
            output.result(f"{path.removeprefix('live/')}: {address} leaves the snapshot {snapshot}")


def unnamed(states: Mapping[str, State], allow: str) -> Iterator[Finding]:
    """Each resource with data that *allow* (addresses or globs, by commas) does not name."""
    for path, state in states.items():
        for address, kind in state.addresses.items():
            if is_stateful(kind) and not is_named(address, allow):
                message = f"{address} holds data; name it to lose it: --allow '{address}'."
                yield finding(path, 0, "stateful", message, address)


def guarded(states: Mapping[str, State]) -> Iterator[Finding]:
    """Each resource that AWS would refuse to delete, after everything that depends on it was gone already."""
    for path, state in states.items():
        for address, guard in state.guards.items():
            message = (
                f"AWS keeps {address} ({guard}), and the destroy would stop there, half done; set deletion_protection "
                "= false in its terraform.tfvars, apply that, then destroy (docs/runbooks/taking-away.md)."
            )
            yield finding(path, 0, "guarded", message, address)


def refuse(found: list[Finding]) -> None:
    """Raise Refused when there is anything to refuse."""
    if found:
        raise Refused(found)


def refuse_needed(target: Target, going: Mapping[str, State]) -> None:
    """Raise Refused when a unit that stays was made from the outputs of one that goes."""
    staying = [
        unit
        for unit in target.tree.units
        if unit.environment == target.environment.name
        and unit.path not in going
        and set(unit.needs) & set(going)
    ]
    states = runs.read_states(target, staying)
    found = [
        Finding(
            unit.path,
            0,
            "still-needs",
            need,
            "",
            "",
            f"needs {need} and still has {len(state.addresses)} resources; destroy it too, or first: "
            f"--system {unit.system}.",
        )
        for unit in staying
        if (state := states[unit.path]) is not None and state.addresses
        for need in unit.needs
        if need in going
    ]
    refuse(found)
