"""What differs in a unit itself: which of its values, or all of it, and which change did it.

A value that can be computed is compared; a line that says the same in other words touches nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from scripts.hcl.evaluate import Value, incomplete
from scripts.hcl.nodes import Block
from scripts.hcl.reader import read
from scripts.hcl.references import shape
from scripts.impact.reading import PACKAGER, InputReading, Reading
from scripts.impact.snapshot import Snapshot
from scripts.live.inputs import ROOT, inputs_of
from scripts.live.tfvars import read_tfvars
from scripts.live.units import Unit

Chain = tuple[str, ...]
"""From the change to the unit: ("modules/storage/s3/main.tf", "modules/patterns/storage-layer")."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Which entries of a map differ, and whether some came or went."""

    names: frozenset[str]
    keys_too: bool


Change = Entries | None
"""How a value differs; None when it is no map, or differs in a way that is not known."""

_NO_CODE = {".md"}
_NO_CODE_FOLDERS = {"tests", "__pycache__", "examples"}


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one unit. *whole* is true when it is more than values: module, provider, source."""

    whole: bool
    variables: Mapping[str, Change]
    why: tuple[Chain, ...]

    def __bool__(self) -> bool:
        return self.whole or bool(self.variables)


def difference(now: Snapshot, before: Snapshot | None, files: frozenset[str], unit: Unit) -> Difference:
    """What the changed *files* change in *unit*; without *before* all of each file counts as changed."""
    reading = now.reading(unit)
    old = before.tree.unit(unit.path) if before else unit
    if old is None:
        return Difference(True, {}, (("new unit",),))
    found = _Found()
    for chain in _module_files(now, before, files, reading):
        found.whole.append(chain)
    _functions(found, files, reading)
    if files & (reading.files | (before.reading(old).files if before else frozenset())):
        for item in reading.inputs.values():
            for path in sorted(item.documents & files):
                found.value(item.name, None, (path, *(() if not item.name else (unit.definition,))))
        if before is None:
            _whole_files(found, now, files, reading)
        else:
            _values(found, now, before, files, unit, old)
            _blocks(found, now, before, files, unit, old)
    return found.made()


class _Found:
    """What was found so far."""

    def __init__(self) -> None:
        self.whole: list[Chain] = []
        self.variables: dict[str, Change] = {}
        self.why: list[Chain] = []

    def value(self, name: str, entries: Change, chain: Chain) -> None:
        """One value differs; a nameless one is the provider's or the backend's."""
        if not name:
            self.whole.append(chain)
            return
        self.variables[name] = entries
        self.why.append(chain)

    def made(self) -> Difference:
        return Difference(bool(self.whole), self.variables, tuple(dict.fromkeys([*self.whole, *self.why])))


def _module_files(
    now: Snapshot, before: Snapshot | None, files: frozenset[str], reading: Reading
) -> Iterator[Chain]:
    for file in sorted(files):
        path = PurePosixPath(file)
        way = next((reading.modules[str(p)] for p in path.parents if str(p) in reading.modules), None)
        if way is None or path.suffix in _NO_CODE or _NO_CODE_FOLDERS & set(path.parts):
            continue
        if path.suffix == ".tf" and before is not None and _same_file(now, before, file):
            continue
        yield (file, *way)


def _same_file(now: Snapshot, before: Snapshot, file: str) -> bool:
    one, two = read(now.path(file)), read(before.path(file))
    return not one.problem and not two.problem and shape(one.body) == shape(two.body)


def _functions(found: _Found, files: frozenset[str], reading: Reading) -> None:
    """A function's code differs: its zip, and with it the input that names the zip."""
    for file in sorted(files):
        for function in sorted(reading.functions):
            if file != PACKAGER and not _is_code(file, function):
                continue
            chain = tuple(dict.fromkeys((file, f"functions/{function}", reading.unit.definition)))
            names = [item.name for item in reading.inputs.values() if function in item.packages]
            for name in names:
                found.value(name, None, chain)
            if not names:
                found.whole.append(chain)


def _is_code(file: str, function: str) -> bool:
    """Whether *file* goes into the function's zip: see package_function.sources."""
    parts = file.split("/")
    if parts[0] != "functions" or len(parts) < 3 or parts[1] not in {function, "_shared"}:
        return False
    tests = parts[-1].startswith("test_") or parts[-1] == "conftest.py" or "tests" in parts
    return not tests and not parts[-1].endswith(".md")


def _whole_files(found: _Found, now: Snapshot, files: frozenset[str], reading: Reading) -> None:
    """Everything in each changed file counts."""
    unit = reading.unit
    for file in sorted({unit.file, unit.definition, ROOT} & files):
        found.whole.append((file,) if file != ROOT else (file, "every unit includes it"))
    if unit.tfvars in files:
        for name in read_tfvars(now.tree.repo, unit.tfvars).assignments:
            found.value(name, None, (unit.tfvars,))
    for item in reading.inputs.values():
        for path in sorted({path for path, _ in item.sources} & files):
            found.value(item.name, None, _setting_chain(path, item))


def _setting_chain(path: str, item: InputReading) -> Chain:
    via = [f"{file}: {name}" for file, name in sorted(item.settings) if file != path]
    return (
        path,
        *via[:1],
        *((f"input {item.name}",) if item.name else ("provider and state of every unit",)),
    )


def _values(
    found: _Found, now: Snapshot, before: Snapshot, files: frozenset[str], unit: Unit, old: Unit
) -> None:
    new_values, old_values = now.values(unit), before.values(old)
    reading = now.reading(unit)
    for name in sorted(new_values.keys() | old_values.keys()):
        one, two = new_values.get(name), old_values.get(name)
        item = reading.inputs.get(name)
        if incomplete(one) or incomplete(two):
            if _written_otherwise(now, before, unit, old, name) or (
                item is not None and _other_settings(now, before, unit, item)
            ):
                found.value(name, None, _why(now, before, files, unit, name, item))
        elif one != two:
            found.value(name, _entries(one, two), _why(now, before, files, unit, name, item))
    provider = reading.inputs[""]
    if _other_settings(now, before, unit, provider):
        found.value("", None, _why(now, before, files, unit, "", provider))


def _entries(one: Value, two: Value) -> Change:
    """Which entries differ between two maps."""
    if not isinstance(one, dict) or not isinstance(two, dict):
        return None
    names = (key for key in one.keys() | two.keys() if one.get(key, ...) != two.get(key, ...))
    return Entries(frozenset(names), one.keys() != two.keys())


def _other_settings(now: Snapshot, before: Snapshot, unit: Unit, item: InputReading) -> list[str]:
    """The settings of *item* that have another value, or one that cannot be compared."""
    differing = []
    for setting in sorted(item.settings):
        one, two = now.setting(unit, setting), before.setting(unit, setting)
        file = setting[0]
        unknown = incomplete(one) or incomplete(two)
        if one != two or (unknown and not _same_file(now, before, file)):
            differing.append(f"{file}: {setting[1]}" if setting[1] else file)
    return differing


def _written_otherwise(now: Snapshot, before: Snapshot, unit: Unit, old: Unit, name: str) -> bool:
    """Whether an input or tfvars line that cannot be computed is written in other words."""
    return _written(now, unit, name) != _written(before, old, name)


def _written(at: Snapshot, unit: Unit, name: str) -> object:
    assigned = read_tfvars(at.tree.repo, unit.tfvars).assignments.get(name)
    if assigned is not None:
        return shape(assigned.value)
    item = inputs_of(at.tree.repo, unit).items.get(name)
    if item is None:
        return None
    made = [block.body for block in read(at.path(item.file)).body.of_type("locals")]
    return shape([item.node, *made])


def _why(
    now: Snapshot,
    before: Snapshot,
    files: frozenset[str],
    unit: Unit,
    name: str,
    item: InputReading | None,
) -> Chain:
    """The way from the changed file to the value."""
    end = f"input {name}" if name else "provider or state"
    if item is None:
        return (unit.tfvars or unit.file, name)
    sources = sorted({path for path, _ in item.sources} & files)
    settings = _other_settings(now, before, unit, item) if sources else []
    if settings:
        leaf = [path for path in sources if not settings[0].startswith(f"{path}:")][:1]
        return (*leaf, settings[0], end)
    written = next((file for file in (unit.definition, unit.file, ROOT) if file in files), unit.tfvars)
    return (written, end)


def _blocks(
    found: _Found, now: Snapshot, before: Snapshot, files: frozenset[str], unit: Unit, old: Unit
) -> None:
    """Source, hooks and dependencies: what no input says."""
    if ROOT in files and _rest(now, ROOT, True) != _rest(before, ROOT, True):
        found.whole.append((ROOT, "every unit includes it"))
    if (unit.module, unit.needs) != (old.module, old.needs):
        found.whole.append((unit.definition, "source or dependencies"))
        return
    for file, earlier in ((unit.definition, old.definition), (unit.file, old.file)):
        if file and _rest(now, file, False) != _rest(before, earlier, False):
            found.whole.append((file, "source, hooks or dependencies"))


def _rest(at: Snapshot, file: str, with_locals: bool) -> object:
    """Everything in *file* but inputs, and the stand-ins that no applied unit sees."""
    body = read(at.path(file)).body
    said = [
        (name, shape(found.value)) for name, found in sorted(body.assignments.items()) if name != "inputs"
    ]
    blocks = [block for block in body.blocks if with_locals or block.type != "locals"]
    return (said, [_without_mocks(block) for block in blocks])


def _without_mocks(block: Block) -> object:
    kept = {
        name: shape(found.value)
        for name, found in sorted(block.body.assignments.items())
        if not name.startswith("mock_outputs")
    }
    return (block.type, block.labels, kept, [shape(inner) for inner in block.body.blocks])
