"""What an expression refers to, and what it says whatever line it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from scripts.hcl import nodes
from scripts.hcl.nodes import Body, Expression, children

Reference = tuple[str, ...]
"""``dependency.iam.outputs.role_arns["mailer"]`` is ("dependency", "iam", "outputs", "role_arns", "[mailer]")."""

READS_CONFIG = "read_terragrunt_config"
KEYS = "[#keys]"
"""The last step of a reference that takes only the keys of a collection."""
NOTHING: Mapping[str, Reference] = {}
COMPUTED = "[]"
"""The step of an index that is not written out, or of a splat."""


def references(node: Expression, bound: Mapping[str, Reference] = NOTHING) -> Iterator[Reference]:
    """Every reference in *node*, as long as it is written; also those inside its indexes.

    What a for expression calls by a name of its own is spelled as the collection it comes from (*bound*).
    """
    steps: list[str] = []
    current = node
    while True:
        match current:
            case nodes.Attribute(of=of, name=name):
                steps.append(name)
                current = of
            case nodes.Index(of=of, key=key):
                if isinstance(key, nodes.Literal):
                    steps.append(f"[{key.value}]")
                else:
                    steps.append(COMPUTED)
                    yield from references(key, bound)
                current = of
            case nodes.Splat(of=of, each=each):
                steps.extend([*reversed(_after_star(each)), COMPUTED])
                current = of
            case nodes.Name(name=name):
                start = bound.get(name, (name,))
                # A key has no attributes.
                yield start if start[-1] == KEYS else (*start, *reversed(steps))
                return
            case nodes.For():
                yield from _of_for(current, bound)
                return
            case _:
                for child in children(current):
                    yield from references(child, bound)
                return


def _of_for(node: nodes.For, bound: Mapping[str, Reference]) -> Iterator[Reference]:
    inner = {**bound, **_bindings(node, bound)}
    yield from key_references(node.collection, bound)
    if not any(name in inner for name in node.names):
        yield from references(node.collection, bound)
    for part in (node.key, node.value, node.condition):
        if part is not None:
            yield from references(part, inner)


def _bindings(node: nodes.For, bound: Mapping[str, Reference]) -> dict[str, Reference]:
    """The names of a for expression over a plain reference; nothing over what is computed."""
    if not isinstance(node.collection, (nodes.Name, nodes.Attribute, nodes.Index)):
        return {}
    found = list(references(node.collection, bound))
    if not found or found[-1][-1] == KEYS:
        return {}
    whole = found[-1]
    return dict(zip(reversed(node.names), ((*whole, COMPUTED), (*whole, KEYS)), strict=False))


def key_references(node: Expression, bound: Mapping[str, Reference] = NOTHING) -> Iterator[Reference]:
    """What the keys of a collection are made of, whatever its values are."""
    match node:
        case nodes.Name() | nodes.Attribute() | nodes.Index():
            for found in references(node, bound):
                yield found if found[-1] == KEYS else (*found, KEYS)
        case nodes.Mapping(items=items):
            for item in items:
                yield from references(item.key, bound)
        case nodes.For(key=key, condition=condition, collection=collection) if key is not None:
            inner = {**bound, **_bindings(node, bound)}
            yield from key_references(collection, bound)
            for part in (key, condition):
                if part is not None:
                    yield from references(part, inner)
            if not inner.keys() >= set(node.names):
                yield from references(collection, bound)
        case nodes.Call(name="keys" | "merge" | "toset" | "tomap" | "tolist", arguments=arguments) if (
            not node.expand
        ):
            for argument in arguments:
                yield from key_references(argument, bound)
        case nodes.Conditional(test=test, yes=yes, no=no):
            yield from references(test, bound)
            yield from key_references(yes, bound)
            yield from key_references(no, bound)
        case _:
            yield from references(node, bound)


def field_references(
    node: Expression, field: str, bound: Mapping[str, Reference] = NOTHING
) -> Iterator[Reference]:
    """What one field is made of, in an object or in every entry of a map of objects."""
    match node:
        case nodes.Mapping(items=items):
            named_so = [
                item for item in items if isinstance(item.key, nodes.Literal) and item.key.value == field
            ]
            entries = [item for item in items if isinstance(item.value, nodes.Mapping)]
            if named_so:
                yield from references(named_so[0].value, bound)
            elif len(entries) == len(items):
                yield from key_references(node, bound)
                for item in entries:
                    yield from _field_of_entry(item.value, field, bound)
            # An object without the field: its type's default, which no caller changes.
        case nodes.For(value=value) if node.key is not None:
            yield from key_references(node, bound)
            yield from _field_of_entry(value, field, {**bound, **_bindings(node, bound)})
        case _:
            yield from references(node, bound)


def _field_of_entry(node: Expression, field: str, bound: Mapping[str, Reference]) -> Iterator[Reference]:
    if not isinstance(node, nodes.Mapping):
        yield from references(node, bound)
        return
    for item in node.items:
        if not isinstance(item.key, nodes.Literal) or item.key.value == field:
            yield from references(item.value, bound)


def _after_star(node: Expression) -> list[str]:
    found = next((reference for reference in references(node) if reference[0] == "*"), ("*",))
    return list(found[1:])


def named(reference: Reference) -> Reference:
    """The reference without its indexes; one that takes only keys still says so."""
    kept = tuple(step for step in reference if not step.startswith("["))
    return (*kept, KEYS) if reference[-1] == KEYS else kept


def with_known_keys(node: Expression, known: Callable[[Expression], str | None]) -> Expression:
    """*node* with each index written out that *known* can tell: names[local.service] becomes names["cart"]."""
    made: Expression = _with_known_keys(node, known)
    return made


def _with_known_keys(part: Any, known: Callable[[Expression], str | None]) -> Any:
    if isinstance(part, tuple):
        return tuple(_with_known_keys(each, known) for each in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    inner = {field.name: _with_known_keys(getattr(part, field.name), known) for field in fields(part)}
    if isinstance(part, nodes.Index) and not isinstance(part.key, nodes.Literal):
        key = known(part.key)
        if key is not None:
            inner["key"] = nodes.Literal(part.line, key)
    return replace(part, **inner)


def calls(node: Expression, *names: str) -> Iterator[nodes.Call]:
    """Every call of one of these functions inside *node*."""
    return (found for found in nodes.walk(node) if isinstance(found, nodes.Call) and found.name in names)


def shape(value: object) -> object:
    """*value*, a part of a syntax tree, in a form that is equal when it says the same on other lines."""
    if isinstance(value, Body):
        return (
            tuple(sorted((name, shape(found.value)) for name, found in value.assignments.items())),
            tuple(
                (block.type, block.labels, shape(block.body))
                for block in value.blocks
            ),
        )  # fmt: skip
    if is_dataclass(value):
        said = (getattr(value, field.name) for field in fields(value) if field.name not in {"line", "end"})
        return (type(value).__name__, *map(shape, said))
    if isinstance(value, (tuple, list)):
        return tuple(map(shape, value))
    # 1 == True in Python, not in HCL.
    return (type(value).__name__, repr(value))


def same(first: Iterable[object], second: Iterable[object]) -> bool:
    """Whether both say the same, lines and comments aside."""
    return [shape(part) for part in first] == [shape(part) for part in second]
