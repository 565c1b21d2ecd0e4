"""What reaches a unit's module besides its tfvars: inputs of the root, of the definition and of the unit itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.hcl import nodes
from scripts.hcl.evaluate import MISSING, Failed, Scope, Unknown, Value, evaluate
from scripts.hcl.nodes import Expression
from scripts.hcl.reader import read
from scripts.live.terragrunt_values import file_scope
from scripts.live.units import Unit

ROOT = "terragrunt.hcl"


@dataclass(frozen=True, slots=True)
class Input:
    """One wired value: where it is written, and what an expression there may use."""

    name: str
    file: str
    line: int
    node: Expression
    scope: Scope

    @property
    def from_root(self) -> bool:
        """Whether every unit gets it, wanted or not."""
        return self.file == ROOT


@dataclass(frozen=True, slots=True)
class Inputs:
    """All inputs of one unit; *closed* is false when some keys could not be read."""

    items: dict[str, Input]
    closed: bool


def inputs_of(repo: Path, unit: Unit) -> Inputs:
    """The inputs of *unit*, the later file winning as in Terragrunt."""
    items: dict[str, Input] = {}
    closed = True
    for file in dict.fromkeys((ROOT, unit.definition, unit.file)):
        if not file or not (repo / file).is_file():
            continue
        node = read(repo / file).body.value("inputs")
        if node is None:
            continue
        scope = scope_in(repo, unit, file)
        found = list(_items(node))
        closed = closed and None not in found
        for item in found:
            if item is not None and isinstance(item.key, nodes.Literal):
                name = str(item.key.value)
                items[name] = Input(name, file, item.line, item.value, scope)
    return Inputs(items, closed)


def scope_in(repo: Path, unit: Unit, file: str) -> Scope:
    """What *file* may use when it is read for *unit*; the mocks stand for the outputs of dependencies."""
    scope = file_scope(repo, repo / file, repo / unit.path)
    mocks: dict[str, Value] = {
        dependency.name: {"outputs": _mocked(dependency.mocks, scope)}
        for dependency in unit.dependencies
        if dependency.file == file and dependency.name
    }
    return Scope({**scope.names, "dependency": mocks}, scope.functions)


def _mocked(node: Expression | None, scope: Scope) -> Value:
    try:
        return evaluate(node, scope) if node is not None else MISSING
    except (Unknown, Failed):
        return MISSING


def _items(node: Expression) -> Iterator[nodes.Item | None]:
    """The entries of ``inputs``, also through merge(); None for what cannot be read."""
    if isinstance(node, nodes.Mapping):
        yield from node.items
    elif isinstance(node, nodes.Call) and node.name == "merge" and not node.expand:
        for argument in node.arguments:
            yield from _items(argument)
    else:
        yield None
