"""What a unit reads: files, single values of shared files, outputs of other units; each with the way it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.checks.validate import Library
from scripts.hcl import nodes
from scripts.hcl.evaluate import Failed, Scope, Unknown, evaluate
from scripts.hcl.nodes import Block, Expression, expressions
from scripts.hcl.reader import read
from scripts.hcl.references import (
    COMPUTED,
    KEYS,
    READS_CONFIG,
    Reference,
    calls,
    references,
    with_known_keys,
)
from scripts.live.inputs import ROOT, inputs_of
from scripts.live.terragrunt_values import file_scope
from scripts.live.units import Dependency, Unit, relative

LOCK = ".terraform.lock.hcl"
PACKAGER = "scripts/package_function.py"
_FILE_READERS = ("file", "filebase64", "filebase64sha256", "filemd5", "filesha256", "templatefile")

Setting = tuple[str, str]
"""One local of a shared file: ("live/context.hcl", "vpc_cidr"); an empty name means all of them."""


@dataclass(frozen=True, slots=True)
class OutputRead:
    """One output that a unit reads of another; *key* is the one entry it takes, where it is written out."""

    unit: str
    output: str
    key: str | None


@dataclass(frozen=True, slots=True)
class InputReading:
    """What one input of a unit's module is made of; the name is empty for what is no input: provider and backend."""

    name: str
    settings: frozenset[Setting]
    sources: frozenset[Setting]
    """The settings, and those of further files that they are made of."""
    documents: frozenset[str]
    outputs: frozenset[OutputRead]
    packages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one unit reads."""

    unit: Unit
    modules: Mapping[str, tuple[str, ...]]
    """Each module folder, and the folders on the way from it to the unit's own module."""
    functions: frozenset[str]
    inputs: Mapping[str, InputReading]

    @property
    def files(self) -> frozenset[str]:
        """The single files it reads, those of its modules and functions aside."""
        own = {self.unit.file, self.unit.definition, self.unit.tfvars, ROOT} - {""}
        shared = {path for found in self.inputs.values() for path, _ in found.sources}
        return frozenset(own | shared | {path for found in self.inputs.values() for path in found.documents})


class Reader:
    """Reads units of one tree; what several of them share is looked at once."""

    def __init__(self, repo: Path, library: Library) -> None:
        self.repo = repo
        self.library = library
        self._locals: dict[str, dict[str, Expression]] = {}
        self._configs: dict[str, dict[str, nodes.Call]] = {}
        self._sources: dict[tuple[str, ...], frozenset[Setting]] = {}
        self._root = [part for block in read(repo / ROOT).body.blocks for part in _of_block(block)]
        assigned = read(repo / ROOT).body.assignments.items()
        self._root += [made.value for name, made in assigned if name != "inputs"]

    def reading(self, unit: Unit) -> Reading:
        """What *unit* reads, without evaluating more than the paths of files."""
        names: dict[str, InputReading] = {}
        found = inputs_of(self.repo, unit)
        for item in found.items.values():
            names[item.name] = self._input(unit, item.name, item.file, [item.node])
        if not found.closed and unit.module:
            written = _inputs_nodes(self.repo, unit)
            for name in self.library.read(unit.module).variables.keys() - found.items.keys():
                names[name] = self._input(unit, name, unit.definition, written)
        names[""] = self._input(unit, "", ROOT, self._root)
        return Reading(unit, self._ways(unit), frozenset(_functions(self.repo, unit)), names)

    def _input(self, unit: Unit, name: str, file: str, written: Iterable[Expression]) -> InputReading:
        """The closure of *written* through the locals of its file."""
        scope = file_scope(self.repo, self.repo / file, self.repo / unit.path)
        every = list(self._closed(file, written))
        used = {reference for node in every for reference in references(node)}
        settings = self._settings(unit, file, every, used, scope)
        sources = {source for setting in settings for source in self._with_sources(unit, setting)}
        return InputReading(
            name,
            frozenset(settings),
            frozenset(sources),
            frozenset(path for node in every for path in _documents(self.repo, unit, node, scope)),
            frozenset(
                found
                for node in every
                for reference in references(with_known_keys(node, lambda key: _entry(key, scope)))
                for found in _output_reads(unit, reference)
            ),
            frozenset(path for node in every for path in _packages(node)),
        )

    def _locals_of(self, file: str) -> dict[str, Expression]:
        if file not in self._locals:
            written = {
                name: found.value
                for block in read(self.repo / file).body.of_type("locals")
                for name, found in block.body.assignments.items()
            }
            self._locals[file] = written
            self._configs[file] = {name: call for name, node in written.items() if (call := _config(node))}
        return self._locals[file]

    def _closed(self, file: str, written: Iterable[Expression]) -> Iterator[Expression]:
        """*written* and the locals it is made of, each once; one that is another file's locals stays closed."""
        known, seen, waiting = self._locals_of(file), set[str](), list(written)
        while waiting:
            node = waiting.pop()
            yield node
            for reference in references(node):
                if reference[0] == "local" and len(reference) > 1 and reference[1] not in seen:
                    seen.add(reference[1])
                    if reference[1] in known and reference[1] not in self._configs[file]:
                        waiting.append(known[reference[1]])

    def _settings(
        self, unit: Unit, file: str, every: Iterable[Expression], used: Iterable[Reference], scope: Scope
    ) -> set[Setting]:
        """The settings of other files that these expressions and references name."""
        found = {setting for node in every for setting in self._written(unit, node, scope)}
        for reference in used:
            call = (
                self._configs[file].get(reference[1])
                if reference[0] == "local" and len(reference) > 1
                else None
            )
            if call is not None and (path := self._config_path(unit, call, scope)):
                found.add((path, reference[2] if len(reference) > 2 else ""))
        return found

    def _written(self, unit: Unit, node: Expression, scope: Scope) -> Iterator[Setting]:
        """``read_terragrunt_config("...").locals.name``, or all of the file where no name follows."""
        match node:
            case nodes.Attribute(of=of, name=name) if call := _config(of):
                if path := self._config_path(unit, call, scope):
                    yield path, name
                return
            case nodes.Call(name=name) if name == READS_CONFIG:
                if path := self._config_path(unit, node, scope):
                    yield path, ""
                return
        for child in nodes.children(node):
            yield from self._written(unit, child, scope)

    def _config_path(self, unit: Unit, call: nodes.Call, scope: Scope) -> str:
        """The file that a ``read_terragrunt_config`` reads, empty when it cannot be known."""
        value = _evaluated(call, scope)
        return (relative(self.repo, self.repo / unit.path, value) or "") if value else ""

    def _with_sources(self, unit: Unit, setting: Setting) -> frozenset[Setting]:
        """*setting* and the settings of further files that it is made of; the same for a system's units in a region."""
        key = (*setting, unit.environment, unit.region, unit.system)
        if key not in self._sources:
            found: set[Setting] = set()
            waiting = [setting]
            while waiting:
                path, name = waiting.pop()
                if (path, name) in found or not (self.repo / path).is_file():
                    continue
                found.add((path, name))
                written = self._locals_of(path)
                chosen = [written[name]] if name in written else list(written.values())
                scope = file_scope(self.repo, self.repo / path, self.repo / unit.path)
                every = list(self._closed(path, chosen))
                used = {reference for node in every for reference in references(node)}
                waiting.extend(self._settings(unit, path, every, used, scope))
            self._sources[key] = frozenset(found)
        return self._sources[key]

    def _ways(self, unit: Unit) -> dict[str, tuple[str, ...]]:
        """Each module that the unit's module is made of, and how it is reached."""
        if not unit.module:
            return {}
        ways: dict[str, tuple[str, ...]] = {unit.module: (unit.module,)}
        waiting = [unit.module]
        while waiting:
            current = waiting.pop(0)
            for inner in self.library.read(current).calls:
                if inner not in ways and (self.repo / inner).is_dir():
                    ways[inner] = (inner, *ways[current])
                    waiting.append(inner)
        return ways


def _of_block(block: Block) -> list[Expression]:
    """The expressions of a block; locals count only where something uses them."""
    return [] if block.type == "locals" else list(expressions(block.body))


def _inputs_nodes(repo: Path, unit: Unit) -> list[Expression]:
    found = (read(repo / file).body.value("inputs") for file in (unit.definition, unit.file) if file)
    return [node for node in found if node is not None]


def _config(node: Expression) -> nodes.Call | None:
    """The call in ``read_terragrunt_config(...).locals``."""
    match node:
        case nodes.Attribute(of=nodes.Call(name=name) as call, name="locals") if name == READS_CONFIG:
            return call
        case _:
            return None


def _entry(key: Expression, scope: Scope) -> str | None:
    """The key that an index comes to, as ``[local.service]`` does for one unit."""
    try:
        value = evaluate(key, scope)
    except (Unknown, Failed):
        return None
    return value if isinstance(value, str) else None


def _evaluated(call: nodes.Call, scope: Scope) -> str:
    """The first argument when it is a text that can be known."""
    try:
        value = evaluate(call.arguments[0], scope)
    except (Unknown, Failed, IndexError):
        return ""
    return value if isinstance(value, str) else ""


def _documents(repo: Path, unit: Unit, node: Expression, scope: Scope) -> Iterator[str]:
    """Files whose text becomes a value: openapi.yaml and the like."""
    for call in calls(node, *_FILE_READERS):
        value = _evaluated(call, scope)
        path = relative(repo, repo / unit.path, value) if value else None
        if path is not None:
            yield path


def _packages(node: Expression) -> Iterator[str]:
    """Zips that a function's ``filename`` names, by the function's folder."""
    for found in nodes.walk(node):
        if isinstance(found, nodes.Literal) and isinstance(found.value, str):
            start, _, name = found.value.rpartition("/")
            if start == "artifacts" and name.endswith(".zip"):
                yield name.removesuffix(".zip")


def _output_reads(unit: Unit, reference: Reference) -> Iterator[OutputRead]:
    if reference[0] != "dependency" or len(reference) < 2:
        return
    for dependency in unit.dependencies:
        if dependency.name != reference[1]:
            continue
        if len(reference) > 3 and reference[2] == "outputs":
            key = reference[4] if len(reference) > 4 else ""
            literal = key.startswith("[") and key not in {COMPUTED, KEYS}
            yield OutputRead(dependency.unit, reference[3], key[1:-1] if literal else None)
        else:
            # Handed on as a whole: what has a stand-in is what it reads, or a first plan would fail.
            for output in _mocked(dependency):
                yield OutputRead(dependency.unit, output, None)


def _mocked(dependency: Dependency) -> Iterator[str]:
    if isinstance(dependency.mocks, nodes.Mapping):
        for item in dependency.mocks.items:
            if isinstance(item.key, nodes.Literal):
                yield str(item.key.value)


def _functions(repo: Path, unit: Unit) -> Iterator[str]:
    """The functions that the unit's hook packages."""
    for file in filter(None, (unit.definition, unit.file)):
        for terraform in read(repo / file).body.of_type("terraform"):
            for hook in terraform.body.of_type("before_hook"):
                words = hook.body.value("execute")
                texts = [
                    part.value
                    for part in (nodes.walk(words) if words is not None else ())
                    if isinstance(part, nodes.Literal) and isinstance(part.value, str)
                ]
                if any(text.endswith(PACKAGER.rsplit("/", 1)[1]) for text in texts):
                    yield from (
                        text for text in texts if (repo / "functions" / text).is_dir() and "/" not in text
                    )
