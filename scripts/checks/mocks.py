"""What stands in for a dependency's outputs is what the dependency will really give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from scripts.checks.finding import Finding, finding, unknown
from scripts.hcl import nodes
from scripts.hcl.evaluate import Failed, Unknown, evaluate
from scripts.hcl.nodes import Block, expressions, walk
from scripts.hcl.reader import read
from scripts.live.modules import Module
from scripts.live.terragrunt_values import file_scope
from scripts.live.tree import Dependency, Tree, Unit

COMMANDS = ["init", "plan", "validate"]
"""Never apply: a mock would be written into real resources."""


class _Use(NamedTuple):
    line: int
    dependency: str
    output: str
    """None is read: ""."""


def wrong_mocks(tree: Tree, module_of: Callable[[str], Module]) -> Iterator[Finding]:
    """Mocks and uses of outputs that the target's module does not have.

    Units of several environments share a definition, so each is looked at once.
    """
    units = {unit.path: unit for unit in tree.units}
    seen: set[tuple[str, str, str]] = set()
    used = _Uses(tree)
    for unit in tree.units:
        for dependency in unit.dependencies:
            target = units.get(dependency.unit)
            if not dependency.name or target is None or not target.module:
                continue
            key = (dependency.file, dependency.name, target.module)
            if key not in seen:
                seen.add(key)
                yield from _outputs(dependency, module_of(target.module), used.of(dependency.file))
        for file in filter(None, (unit.definition, unit.file)):
            if (file, "", "") not in seen:
                seen.add((file, "", ""))
                yield from _undeclared(tree, file, used.of(file))
                yield from _commands(tree, unit, file)


class _Uses:
    """Every ``dependency.<name>`` of a file and, where one is read, its output; each file is walked once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[str, tuple[_Use, ...]] = {}

    def of(self, file: str) -> tuple[_Use, ...]:
        """The uses in *file*, in its order."""
        if file not in self._known:
            self._known[file] = tuple(_uses(self._tree, file))
        return self._known[file]


def _uses(tree: Tree, file: str) -> Iterator[_Use]:
    for outermost in expressions(read(tree.repo / file).body):
        for node in walk(outermost):
            match node:
                case nodes.Attribute(of=nodes.Name(name="dependency"), name=name, line=line):
                    yield _Use(line, name, "")
                case nodes.Attribute(
                    of=nodes.Attribute(
                        of=nodes.Attribute(of=nodes.Name(name="dependency"), name=name), name="outputs"
                    ),
                    name=output,
                    line=line,
                ):
                    yield _Use(line, name, output)


def _outputs(dependency: Dependency, module: Module, uses: Iterable[_Use]) -> Iterator[Finding]:
    what = f"{module.path} has no output"
    if isinstance(dependency.mocks, nodes.Mapping):
        for item in dependency.mocks.items:
            if isinstance(item.key, nodes.Literal) and str(item.key.value) not in module.outputs:
                yield unknown(
                    dependency.file, item.line, "mock-unknown", what, str(item.key.value), module.outputs
                )
    for use in uses:
        if use.dependency != dependency.name or not use.output:
            continue
        if use.output not in module.outputs:
            yield unknown(dependency.file, use.line, "output-unknown", what, use.output, module.outputs)
        elif isinstance(dependency.mocks, nodes.Mapping) and use.output not in _keys(dependency.mocks):
            message = (
                f'"{dependency.name}" has no mock for the output "{use.output}", so a first plan would fail; '
                "add it to mock_outputs."
            )
            yield finding(dependency.file, use.line, "mock-missing", message, use.output)


def _keys(node: nodes.Mapping) -> set[str]:
    return {str(item.key.value) for item in node.items if isinstance(item.key, nodes.Literal)}


def _undeclared(tree: Tree, file: str, uses: Iterable[_Use]) -> Iterator[Finding]:
    # From the file itself: one that is switched off here (enabled = false) is declared all the same.
    declared = {" ".join(block.labels) for block in read(tree.repo / file).body.of_type("dependency")}
    for use in uses:
        if not use.output and use.dependency not in declared:
            what = "there is no dependency block"
            yield unknown(file, use.line, "dependency-undeclared", what, use.dependency, declared)


def _commands(tree: Tree, unit: Unit, file: str) -> Iterator[Finding]:
    scope = file_scope(tree.repo, tree.repo / file, tree.repo / unit.path)
    for block in read(tree.repo / file).body.of_type("dependency"):
        if block.body.value("mock_outputs") is None:
            continue
        node = block.body.value("mock_outputs_allowed_terraform_commands")
        try:
            commands = evaluate(node, scope) if node is not None else None
        except (Unknown, Failed):
            continue
        if not isinstance(commands, list) or sorted(map(str, commands)) != COMMANDS:
            yield _bad_commands(file, block)


def _bad_commands(file: str, block: Block) -> Finding:
    wanted = 'mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]'
    message = f'the mocks of "{" ".join(block.labels)}" could reach an apply; write {wanted}.'
    return finding(file, block.line, "mock-commands", message, "", wanted)
