"""What stands in for a dependency's outputs is what the dependency will really give."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scripts.checks.finding import Finding, finding, unknown
from scripts.hcl import nodes
from scripts.hcl.evaluate import Failed, Unknown, evaluate
from scripts.hcl.nodes import Block, Expression, expressions, walk
from scripts.hcl.reader import read
from scripts.live.modules import Module
from scripts.live.terragrunt_values import file_scope
from scripts.live.tree import Dependency, Tree, Unit

COMMANDS = ["init", "plan", "validate"]
"""Never apply: a mock would be written into real resources."""


def wrong_mocks(tree: Tree, module_of: Callable[[str], Module]) -> Iterator[Finding]:
    """Mocks and uses of outputs that the target's module does not have.

    Units of several environments share a definition, so each is looked at once.
    """
    units = {unit.path: unit for unit in tree.units}
    seen: set[tuple[str, str, str]] = set()
    for unit in tree.units:
        for dependency in unit.dependencies:
            target = units.get(dependency.unit)
            if not dependency.name or target is None or not target.module:
                continue
            key = (dependency.file, dependency.name, target.module)
            if key not in seen:
                seen.add(key)
                yield from _outputs(tree, dependency, module_of(target.module))
        for file in filter(None, (unit.definition, unit.file)):
            if (file, "", "") not in seen:
                seen.add((file, "", ""))
                yield from _undeclared(tree, file)
                yield from _commands(tree, unit, file)


def _outputs(tree: Tree, dependency: Dependency, module: Module) -> Iterator[Finding]:
    what = f"{module.path} has no output"
    if isinstance(dependency.mocks, nodes.Mapping):
        for item in dependency.mocks.items:
            if isinstance(item.key, nodes.Literal) and str(item.key.value) not in module.outputs:
                yield unknown(
                    dependency.file, item.line, "mock-unknown", what, str(item.key.value), module.outputs
                )
    for line, name in _used(tree, dependency):
        if name not in module.outputs:
            yield unknown(dependency.file, line, "output-unknown", what, name, module.outputs)
        elif isinstance(dependency.mocks, nodes.Mapping) and name not in _keys(dependency.mocks):
            message = (
                f'"{dependency.name}" has no mock for the output "{name}", so a first plan would fail; '
                "add it to mock_outputs."
            )
            yield finding(dependency.file, line, "mock-missing", message, name)


def _keys(node: nodes.Mapping) -> set[str]:
    return {str(item.key.value) for item in node.items if isinstance(item.key, nodes.Literal)}


def _used(tree: Tree, dependency: Dependency) -> Iterator[tuple[int, str]]:
    """Every ``dependency.<name>.outputs.<output>`` in the file."""
    for node in _all(tree, dependency.file):
        if isinstance(node, nodes.Attribute) and _dependency_of(node.of) == dependency.name:
            yield node.line, node.name


def _dependency_of(node: Expression) -> str:
    match node:
        case nodes.Attribute(of=nodes.Attribute(of=nodes.Name(name="dependency"), name=name), name="outputs"):
            return name
        case _:
            return ""


def _all(tree: Tree, file: str) -> Iterator[Expression]:
    for outermost in expressions(read(tree.repo / file).body):
        yield from walk(outermost)


def _undeclared(tree: Tree, file: str) -> Iterator[Finding]:
    # From the file itself: one that is switched off here (enabled = false) is declared all the same.
    declared = {" ".join(block.labels) for block in read(tree.repo / file).body.of_type("dependency")}
    for node in _all(tree, file):
        match node:
            case nodes.Attribute(of=nodes.Name(name="dependency"), name=name, line=line) if (
                name not in declared
            ):
                yield unknown(
                    file, line, "dependency-undeclared", "there is no dependency block", name, declared
                )


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
