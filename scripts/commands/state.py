"""invoke state.*: look at states, copy them, bring one back, take a lock away, move a resource, import one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from scripts import output, runs
from scripts.checks.finding import Refused
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.live.units import Unit
from scripts.run_lock import only_run
from scripts.states import backup as state_backup
from scripts.states import copies as state_copies
from scripts.states import locks as state_locks
from scripts.states import moving as state_move
from scripts.states.state import parse_state, read_text
from scripts.target import Target


def list_states(flags: Flags, copies: bool) -> int:
    """The chosen units' states, or with *copies* what older forms of them there are."""
    target = options.target(flags, sound=False)
    return _list_copies(target, flags) if copies else _list_states(target, flags)


def _list_states(target: Target, flags: Flags) -> int:
    states = runs.read_states(target, target.units)
    locks = {
        unit.path: state_locks.read_lock(target.session(unit.region), target.store(unit.region), unit)
        for unit in target.units
    }
    rows = [
        {
            "unit": path,
            "applied": state is not None,
            "serial": state.serial if state else None,
            "resources": len(state.addresses) if state else 0,
            "lock": str(locks[path]) if locks[path] else None,
        }
        for path, state in states.items()
    ]
    if flags.json:
        output.emit_json(rows)
        return options.FINE
    output.table(
        "",
        ("unit", "serial", "#", "held by"),
        [
            [
                str(row["unit"]).removeprefix("live/"),
                str(row["serial"]) if row["applied"] else "not applied",
                str(row["resources"]),
                str(row["lock"] or ""),
            ]
            for row in rows
        ],
    )
    return options.FINE


def _list_copies(target: Target, flags: Flags) -> int:
    found = {
        unit.path: state_copies.copies(target.session(unit.region), target.store(unit.region), unit)
        for unit in target.units
    }
    if flags.json:
        output.emit_json(
            {
                path: [{"at": copy.name, "kind": copy.kind, "version": copy.version} for copy in listed]
                for path, listed in found.items()
            }
        )
        return options.FINE
    output.table(
        "",
        ("unit", "at", "kind", "bytes", "version"),
        [
            [path.removeprefix("live/"), copy.name, copy.kind, str(copy.bytes), copy.version]
            for path, listed in found.items()
            for copy in listed
        ],
    )
    return options.FINE


def backup(flags: Flags) -> int:
    """Copy the chosen units' states; says where to."""
    target = options.target(flags, sound=False)
    places = [place for region in target.regions for place in _backup(target, region)]
    if flags.json:
        output.emit_json({place.unit: str(place) for place in places})
    else:
        for place in places:
            output.result(str(place))
        output.say(f"{len(places)} of {len(target.units)} units have a state; it was copied.")
    return options.FINE


def _backup(target: Target, region: str) -> tuple[state_backup.Place, ...]:
    here = [unit for unit in target.units if unit.region == region]
    return state_backup.backup(target.session(region), target.store(region), here)


def restore(flags: Flags, at: str) -> int:
    """Make an older copy the state of one unit again, after showing what that changes."""
    target = options.target(flags, sound=False)
    unit = options.one(target, flags)
    session, store = target.session(unit.region), target.store(unit.region)
    with _run(target, f"state.restore --env {flags.env}"):
        copy = state_copies.choose(unit, state_copies.copies(session, store, unit), at)
        old, now = state_copies.read(session, store, copy), read_text(session, store, unit)
        then = parse_state(unit.path, old)
        today = parse_state(unit.path, now) if now else None
        back, gone = state_copies.difference(today, then)
        output.step(f"{unit.path}: its state of {copy.name} (serial {then.serial}, {copy.kind})")
        output.say(f"  now: {f'serial {today.serial}' if today else 'no state'}")
        for address in back:
            output.say(f"  known again:     {address}")
        for address in gone:
            output.say(f"  no longer known: {address} (it goes on to exist in AWS)")
        options.confirm("Make this the unit's state?", flags.env, flags)
        with state_locks.held(session, store, unit, "state.restore"):
            state_backup.backup(session, store, [unit])
            made = state_copies.write(session, store, unit, state_copies.renewed(old, now))
    output.result(f"Restored as serial {made.serial}. Next: ./invoke plan {_words(flags, unit)}")
    return options.FINE


def unlock(flags: Flags) -> int:
    """Take away the locks on the chosen units' states, after saying whose they are."""
    target = options.target(flags, sound=False)
    with _run(target, f"state.unlock --env {flags.env}"):
        held = [
            (unit, lock)
            for unit in target.units
            if (lock := state_locks.read_lock(target.session(unit.region), target.store(unit.region), unit))
        ]
        for unit, lock in held:
            output.say(f"{unit.path} is held by {lock}")
        if not held:
            output.result("No state of the chosen units is locked.")
            return options.FINE
        output.say("A run that goes on would meet another run's changes; make sure that it is over.")
        options.confirm(f"Take away {len(held)} locks?", flags.env, flags)
        for unit, _ in held:
            state_locks.release(target.session(unit.region), target.store(unit.region), unit)
    output.result(f"{len(held)} locks taken away. The command that left them may be run again.")
    return options.FINE


def move(flags: Flags, source: str, destination: str, to_unit: str) -> int:
    """Give a resource another address, or another unit, without touching it in AWS."""
    target = options.target(flags, sound=False)
    unit = options.one(target, flags)
    other = _named(target, to_unit) if to_unit else unit
    with _run(target, f"state.move --env {flags.env}"):
        ends = [
            state_move.End(each, target.session(each.region), target.store(each.region))
            for each in (unit, other)
        ]
        found = state_move.check(ends[0], source, ends[1], destination)
        where = f"{unit.path} to {other.path}" if other is not unit else unit.path
        output.step(f"{where}:")
        for old, new in found:
            output.say(f"  {old} becomes {new}")
        output.say(
            "A `moved` block in the module says the same for every environment; prefer it within a unit."
        )
        options.confirm("Move this in the state?", flags.env, flags)
        with ExitStack() as locks:
            for end in ends[:1] if other is unit else ends:
                locks.enter_context(state_locks.held(end.session, end.store, end.unit, "state.move"))
                state_backup.backup(end.session, end.store, [end.unit])
            state_move.move(ends[0], source, ends[1], destination)
    output.result(f"Moved. Next: ./invoke plan {_words(flags, unit)}")
    return options.FINE


def import_resource(flags: Flags, address: str, identity: str) -> int:
    """Take a resource that exists into the unit's state: planned, reviewed and applied as any other change."""
    from scripts.commands.apply import apply
    from scripts.states import importing as state_import

    target = options.target(flags)
    unit = options.one(target, flags)
    state_import.refuse(runs.read_states(target, [unit])[unit.path], unit, address, identity)
    with state_import.asked_for(target.repository / unit.path, address, identity):
        return apply(flags, warm=False, plans="")


@contextmanager
def _run(target: Target, task: str) -> Iterator[None]:
    with only_run(runs.cache(target) / "runs", runs.run_name(target), task) as run:
        yield
        # What an apply left unfinished stays so; this changed nothing of it.
        run.ended_well = run.unfinished is None


def _named(target: Target, word: str) -> Unit:
    """The unit that ``system/unit`` names in the environment and, where several regions have one, the first."""
    found = [
        unit
        for unit in target.tree.units
        if unit.environment == target.environment.name and f"{unit.system}/{unit.name}" == word
    ]
    if found:
        return found[0]
    from scripts.checks.finding import unknown

    known = {
        f"{unit.system}/{unit.name}"
        for unit in target.tree.units
        if unit.environment == target.environment.name
    }
    raise Refused([unknown("--to-unit", 0, "unknown-unit", "there is no unit", word, known)])


def _words(flags: Flags, unit: Unit) -> str:
    local = " --local" if flags.local else ""
    return f"--env {flags.env}{local} --system {unit.system} --unit {unit.name}"
