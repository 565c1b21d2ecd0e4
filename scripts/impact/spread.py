"""How far a difference spreads: a unit that reads an output which may change is planned again if it does.

The seed's rule, computed: networks, security groups and policies reach whoever reads them; another table, bucket,
function or alarm reaches nobody, because nobody reads the new entry yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scripts.hcl.evaluate import Value
from scripts.hcl.references import KEYS
from scripts.impact.difference import Chain, Change, Difference, difference
from scripts.impact.reading import OutputRead
from scripts.impact.snapshot import Snapshot
from scripts.live.reach import Aspect, Reach
from scripts.live.units import Unit

PLANS = "plans again"
PERHAPS = "if outputs change"
UNTOUCHED = "depends, untouched"
GONE = "gone"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change means for one unit, and why."""

    unit: str
    effect: str
    why: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change means for the tree."""

    files: tuple[str, ...]
    effects: tuple[Effect, ...]
    without_effect: tuple[str, ...]
    """Changed files below live/, modules/ and functions/ that no unit notices."""

    def of(self, effect: str) -> tuple[str, ...]:
        """The units with this effect."""
        return tuple(found.unit for found in self.effects if found.effect == effect)


def impact_of_files(now: Snapshot, before: Snapshot | None, files: Iterable[str]) -> Impact:
    """What the changed *files* mean; *before* makes values comparable."""
    changed = frozenset(files)
    own = {unit.path: difference(now, before, changed, unit) for unit in now.tree.units}
    gone = [unit.path for unit in before.tree.units if now.tree.unit(unit.path) is None] if before else []
    effects = spread(now, before, {path: found for path, found in own.items() if found})
    ends = [Effect(path, GONE, (("its state and resources stay until it is destroyed",),)) for path in gone]
    heads = {link for found in effects for chain in found.why for link in chain}
    concerned = {file for file in changed if file.startswith(("live/", "modules/", "functions/"))}
    silent = {
        file for file in concerned if not any(head == file or head.startswith(f"{file}:") for head in heads)
    }
    new = {f"{path}/" for path, found in own.items() if found.why[:1] == (("new unit",),)}
    silent = {file for file in silent if not file.startswith((*new, *(f"{path}/" for path in gone)))}
    return Impact(tuple(sorted(changed)), (*effects, *ends), tuple(sorted(silent)))


def impact_of_units(now: Snapshot, units: Iterable[Unit]) -> Impact:
    """What it means when anything in these units changes."""
    named = {unit.path: Difference(True, {}, (("named",),)) for unit in units}
    return Impact((), spread(now, None, named), ())


def spread(now: Snapshot, before: Snapshot | None, own: Mapping[str, Difference]) -> tuple[Effect, ...]:
    """The effect on every unit that is touched, or that depends on one that is."""
    reach = Reach(now.library.read)
    state = {path: (found.whole, dict(found.variables)) for path, found in own.items()}
    why: dict[str, list[Chain]] = {path: list(found.why) for path, found in own.items()}
    untouched: dict[str, list[Chain]] = {}
    for unit in in_order(now.tree.units):
        touched: dict[str, Change] = {}
        for need in unit.needs:
            if need not in state:
                continue
            outputs, inputs = _read_and_touched(now, before, reach, unit, need, *state[need])
            touched |= dict.fromkeys(inputs, None)
            if outputs:
                why.setdefault(unit.path, []).append((need, ", ".join(outputs)))
            else:
                untouched.setdefault(unit.path, []).append((need, "nothing that it reads"))
        if touched:
            whole, variables = state.get(unit.path, (False, {}))
            state[unit.path] = (whole, variables | touched)
    found = []
    for unit in now.tree.units:
        if unit.path in own:
            found.append(Effect(unit.path, PLANS, tuple(why[unit.path])))
        elif unit.path in state:
            found.append(Effect(unit.path, PERHAPS, tuple(why[unit.path])))
        elif unit.path in untouched:
            found.append(Effect(unit.path, UNTOUCHED, tuple(untouched[unit.path])))
    return tuple(found)


def in_order(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units, each after those it needs; a circle is cut where it closes."""
    known = {unit.path: unit for unit in units}
    done: dict[str, Unit] = {}
    for start in known.values():
        waiting = [(start, False)]
        open_now: set[str] = set()
        while waiting:
            unit, ready = waiting.pop()
            if unit.path in done:
                continue
            if ready:
                done[unit.path] = unit
            elif unit.path not in open_now:
                open_now.add(unit.path)
                waiting.append((unit, True))
                waiting.extend((known[need], False) for need in reversed(unit.needs) if need in known)
    return tuple(done.values())


def _read_and_touched(
    now: Snapshot,
    before: Snapshot | None,
    reach: Reach,
    unit: Unit,
    need: str,
    whole: bool,
    variables: Mapping[str, Change],
) -> tuple[list[str], set[str]]:
    """The outputs of *need* that *unit* reads and that may change, and the inputs of *unit* made of them."""
    target = now.tree.unit(need)
    if target is None or not target.module:
        return [], set()
    reached = reach.outputs(target.module)
    outputs: set[str] = set()
    inputs: set[str] = set()
    for item in now.reading(unit).inputs.values():
        for found in item.outputs:
            if found.unit == need and (whole or _may_change(now, before, target, found, reached, variables)):
                outputs.add(found.output if found.key is None else f'{found.output}["{found.key}"]')
                inputs.add(item.name)
    return sorted(outputs), inputs


def _may_change(
    now: Snapshot,
    before: Snapshot | None,
    target: Unit,
    found: OutputRead,
    reached: Mapping[str, frozenset[Aspect]],
    variables: Mapping[str, Change],
) -> bool:
    """Whether one of the changed *variables* can change what is read."""
    everything = frozenset((name, "") for name in variables)
    for name, part in reached.get(found.output, everything):
        if name not in variables:
            continue
        change = variables[name]
        if change is None:
            return True
        if part == KEYS and not change.keys_too:
            continue
        if found.key is None or found.key in change.names:
            return True
        # Modules key their outputs as their inputs are keyed, so an entry that stays keeps what it gives.
        if found.key not in _keys(now.values(target).get(name)):
            return True
    return False


def _keys(value: Value) -> set[str]:
    return set(value) if isinstance(value, dict) else set()
