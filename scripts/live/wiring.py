"""Which outputs a unit reads of the units it needs, from the files that say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.hcl import nodes
from scripts.hcl.nodes import Expression, children, expressions
from scripts.hcl.reader import read
from scripts.live.units import Unit

ALL = frozenset({"*"})
"""Read as a whole, so any output may matter."""


@dataclass(frozen=True, slots=True)
class Wire:
    """One unit reads outputs of another."""

    reader: str
    source: str
    outputs: frozenset[str]

    def carries(self, output: str) -> bool:
        """Whether the reader sees this output."""
        return self.outputs == ALL or output in self.outputs


def wires(repository: Path, units: tuple[Unit, ...]) -> tuple[Wire, ...]:
    """Every wire into *units*; a dependency for the order only is none."""
    used: dict[str, dict[str, frozenset[str]]] = {}
    found = []
    for unit in units:
        for dependency in unit.dependencies:
            if not dependency.name:
                continue
            if dependency.file not in used:
                used[dependency.file] = _used(repository / dependency.file)
            outputs = used[dependency.file].get(dependency.name, frozenset())
            if outputs:
                found.append(Wire(unit.path, dependency.unit, outputs))
    return tuple(found)


def _used(file: Path) -> dict[str, frozenset[str]]:
    """By the name of the dependency: the outputs that *file* mentions, or ALL."""
    found: dict[str, set[str]] = {}
    for outermost in expressions(read(file).body):
        for name, output in _mentions(outermost):
            found.setdefault(name, set()).add(output)
    return {name: ALL if "*" in outputs else frozenset(outputs) for name, outputs in found.items()}


def _mentions(node: Expression) -> Iterator[tuple[str, str]]:
    match node:
        case nodes.Attribute(
            of=nodes.Attribute(
                of=nodes.Attribute(of=nodes.Name(name="dependency"), name=name), name="outputs"
            ),
            name=output,
        ):
            yield name, output
        case nodes.Attribute(of=nodes.Name(name="dependency"), name=name):
            yield name, "*"
        case _:
            for child in children(node):
                yield from _mentions(child)
