"""Where a name is defined, set and used, and what depends on it: a unit, module, variable, output, resource or AWS name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.checks.finding import Refused, unknown
from scripts.checks.validate import Library
from scripts.hcl.nodes import Block, Expression, expressions, walk
from scripts.hcl.reader import read
from scripts.hcl.references import KEYS, named, references
from scripts.live.inputs import inputs_of
from scripts.live.modules import called, module_paths
from scripts.live.resources import resources_of
from scripts.live.tfvars import read_tfvars
from scripts.live.tree import Tree

DEFINES, SETS, USES, DEPENDS = "defines", "sets", "uses", "depends"


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One place that has to do with the name."""

    kind: str
    role: str
    file: str
    line: int
    text: str

    @property
    def place(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.line}" if self.line else self.file


def find(tree: Tree, library: Library, word: str) -> tuple[Mention, ...]:
    """Every mention of *word*, definitions first. Raises Refused with the nearest name when there is none."""
    wanted = word.strip().rstrip("/").removeprefix("./")
    found = {
        *_units(tree, wanted),
        *_modules(tree, library, wanted),
        *_variables(tree, library, wanted),
        *_outputs(tree, library, wanted),
        *_resources(tree, library, wanted),
    }
    if not found:
        found = set(_in_aws(tree, library, wanted))
    if not found:
        names = known_names(tree, library)
        raise Refused([unknown("find", 0, "unknown-name", "nothing here is called", word, names)])
    order = (DEFINES, SETS, USES, DEPENDS)
    return tuple(
        sorted(found, key=lambda hit: (hit.kind, order.index(hit.role), hit.file, hit.line, hit.text))
    )


def known_names(tree: Tree, library: Library) -> set[str]:
    """Every name that can be asked for, names in AWS aside."""
    names = {unit.name for unit in tree.units} | {unit.system for unit in tree.units}
    for path in module_paths(tree.repo):
        module = library.read(path)
        names |= {path.removeprefix("modules/"), *module.variables, *module.outputs, *module.resource_types}
    return names


def _units(tree: Tree, word: str) -> Iterator[Mention]:
    chosen = [unit for unit in tree.units if word in (unit.name, f"{unit.system}/{unit.name}", unit.path)]
    for unit in chosen:
        yield Mention("unit", DEFINES, unit.file, 1, f"{unit.path}: {unit.module}")
        if unit.definition:
            yield Mention("unit", DEFINES, unit.definition, 1, "its definition")
        for dependency in unit.dependencies:
            how = f"reads {dependency.unit}" if dependency.name else f"comes after {dependency.unit}"
            yield Mention("unit", USES, dependency.file, dependency.line, how)
    paths = {unit.path for unit in chosen}
    for other in tree.units:
        for dependency in other.dependencies:
            if dependency.unit in paths:
                yield Mention("unit", DEPENDS, dependency.file, dependency.line, f"{other.path} needs it")


def _modules(tree: Tree, library: Library, word: str) -> Iterator[Mention]:
    known = module_paths(tree.repo)
    chosen = {
        path for path in known if word in (path, path.removeprefix("modules/"), path.rpartition("/")[2])
    }
    for path in chosen:
        yield Mention("module", DEFINES, path, 0, f"{len(library.read(path).variables)} variables")
    for path in known:
        for file, block in _blocks(tree, library, path):
            if block.type == "module" and called(path, block) in chosen:
                yield Mention("module", USES, file, block.line, f"module.{block.labels[0]} of {path}")
    for unit in tree.units:
        if unit.module in chosen:
            yield Mention("module", DEPENDS, unit.definition or unit.file, 1, f"{unit.path} is made of it")


def _blocks(tree: Tree, library: Library, path: str) -> Iterator[tuple[str, Block]]:
    for source in library.read(path).sources:
        file = source.path.relative_to(tree.repo).as_posix()
        yield from ((file, block) for block in source.body.blocks)


def _variables(tree: Tree, library: Library, word: str) -> Iterator[Mention]:
    name = word.removeprefix("var.")
    having = set()
    for path in module_paths(tree.repo):
        variable = library.read(path).variables.get(name)
        if variable is None:
            continue
        having.add(path)
        yield Mention(
            "variable", DEFINES, variable.file, variable.line, f"{path}: {_first(variable.description)}"
        )
        for file, node in _module_expressions(tree, library, path):
            if ("var", name) in {named(reference)[:2] for reference in references(node)}:
                yield Mention("variable", USES, file, _line(node, "var", name), f"var.{name}")
    for unit in tree.units:
        if unit.module not in having:
            continue
        assigned = read_tfvars(tree.repo, unit.tfvars).assignments.get(name)
        if assigned is not None:
            yield Mention("variable", SETS, unit.tfvars, assigned.line, f"for {unit.path}")
        item = inputs_of(tree.repo, unit).items.get(name)
        if item is not None:
            yield Mention("variable", SETS, item.file, item.line, "as an input")


def _module_expressions(tree: Tree, library: Library, path: str) -> Iterator[tuple[str, Expression]]:
    for file, block in _blocks(tree, library, path):
        if block.type != "variable":
            yield from ((file, node) for node in expressions(block.body))


def _line(node: Expression, *start: str) -> int:
    """Where inside *node* the reference that starts so stands."""
    hits = [
        inner.line
        for inner in walk(node)
        if any(reference[: len(start)] == start for reference in map(named, references(inner)))
    ]
    return max(hits, default=node.line)


def _first(text: str) -> str:
    return text.strip().partition("\n")[0]


def _outputs(tree: Tree, library: Library, word: str) -> Iterator[Mention]:
    name = word.removeprefix("output.")
    having = set()
    for path in module_paths(tree.repo):
        output = library.read(path).outputs.get(name)
        if output is not None:
            having.add(path)
            yield Mention(
                "output", DEFINES, output.file, output.line, f"{path}: {_first(output.description)}"
            )
    for path in module_paths(tree.repo):
        calls = {
            block.labels[0]
            for _, block in _blocks(tree, library, path)
            if block.type == "module" and called(path, block) in having
        }
        for file, node in _module_expressions(tree, library, path):
            for reference in map(named, references(node)):
                if reference[0] == "module" and reference[2:3] == (name,) and reference[1] in calls:
                    yield Mention(
                        "output",
                        USES,
                        file,
                        _line(node, *reference[:3]),
                        f"{path} reads it of module.{reference[1]}",
                    )
    yield from _reading_units(tree, name, having)


def _reading_units(tree: Tree, name: str, having: set[str]) -> Iterator[Mention]:
    for unit in tree.units:
        targets = {
            dependency.name: tree.unit(dependency.unit) for dependency in unit.dependencies if dependency.name
        }
        for file in filter(None, (unit.definition, unit.file)):
            for node in expressions(read(tree.repo / file).body):
                for reference in map(named, references(node)):
                    target = (
                        targets.get(reference[1])
                        if reference[0] == "dependency" and len(reference) > 3
                        else None
                    )
                    if target is not None and target.module in having and reference[3] == name:
                        line = _line(node, *reference[:4])
                        yield Mention("output", DEPENDS, file, line, f"{unit.path} reads it of {target.path}")


def _resources(tree: Tree, library: Library, word: str) -> Iterator[Mention]:
    """By type (aws_sqs_queue), by name (dead_letter) or by both (aws_sqs_queue.dead_letter)."""
    making = set()
    for path in module_paths(tree.repo):
        labels = set()
        for file, block in _blocks(tree, library, path):
            if block.type == "resource" and word in (*block.labels, ".".join(block.labels)):
                labels.add(block.labels)
                yield Mention("resource", DEFINES, file, block.line, f"{'.'.join(block.labels)} of {path}")
        if labels:
            making.add(path)
            for file, node in _module_expressions(tree, library, path):
                for reference in map(named, references(node)):
                    if reference[:2] in labels:
                        yield Mention(
                            "resource",
                            USES,
                            file,
                            _line(node, *reference[:2]),
                            ".".join(step for step in reference if step != KEYS),
                        )
    for unit in tree.units:
        if unit.module and making & _reached(library, unit.module):
            yield Mention("resource", DEPENDS, unit.definition or unit.file, 1, f"{unit.path} may make it")


def _reached(library: Library, path: str) -> set[str]:
    found, waiting = set[str](), [path]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(library.read(current).calls)
    return found


def _in_aws(tree: Tree, library: Library, word: str) -> Iterator[Mention]:
    """What would be called so in an account; asked last, because every unit is worked out for it."""
    makers: set[str] = set()
    for unit in tree.units:
        for resource in resources_of(tree, unit, library):
            if word and resource.name == word:
                makers.add(unit.path)
                yield Mention(
                    "name in AWS", DEFINES, unit.tfvars or unit.file, 1, f"{unit.path}: {resource.address}"
                )
    yield from _needing(tree, makers)


def _needing(tree: Tree, makers: set[str]) -> Iterator[Mention]:
    for unit in tree.units:
        if makers & set(unit.needs):
            yield Mention(
                "name in AWS", DEPENDS, unit.definition or unit.file, 1, f"{unit.path} needs that unit"
            )


__all__ = ["DEFINES", "DEPENDS", "SETS", "USES", "Mention", "find", "known_names"]
