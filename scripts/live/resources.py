"""The resources that a unit would make, as far as they are known without Terraform: address, type and name in AWS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.checks.expansion import Instance, expand, repeated
from scripts.checks.names import LIMITS
from scripts.checks.validate import Library
from scripts.checks.values import given
from scripts.hcl.evaluate import Failed, Scope, Unknown, evaluate
from scripts.hcl.nodes import Block
from scripts.live.tree import Tree
from scripts.live.units import Unit

_NAMES = ("name", "bucket", "identifier", "function_name", "alarm_name", "domain", "domain_name", "alias")


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource of a unit; *name* is empty where only an apply knows it."""

    address: str
    type: str
    name: str
    module: str
    key: str
    scope: Scope
    block: Block


def instances_of(tree: Tree, unit: Unit, library: Library) -> list[Instance]:
    """The unit's module and all that it calls, with the values that reach them."""
    if not unit.module:
        return []
    module = library.read(unit.module)
    return list(expand(module, given(tree.repo, unit, module).values, library.read))


def resources_of(tree: Tree, unit: Unit, library: Library) -> Iterator[Resource]:
    """Each resource whose instances are known; those made of what only an apply knows are left out."""
    for instance in instances_of(tree, unit, library):
        for source in instance.module.sources:
            for block in source.body.of_type("resource"):
                if len(block.labels) == 2:
                    yield from _instances(instance, block)


def _instances(instance: Instance, block: Block) -> Iterator[Resource]:
    kind, label = block.labels
    prefix = f"{instance.address}." if instance.address else ""
    counted = block.body.value("count") is not None
    for number, (key, scope) in enumerate(repeated(block, instance.scope)):
        index = f'["{key}"]' if key else f"[{number}]" if counted else ""
        address = f"{prefix}{kind}.{label}{index}"
        yield Resource(address, kind, _name(block, scope), instance.module.path, key, scope, block)


def _name(block: Block, scope: Scope) -> str:
    known = LIMITS.get(block.labels[0])
    for attribute in (known[0], *_NAMES) if known else _NAMES:
        node = block.body.value(attribute)
        if node is None:
            continue
        try:
            value = evaluate(node, scope)
        except (Unknown, Failed):
            continue
        if isinstance(value, str):
            return value
    return ""
