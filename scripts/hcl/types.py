"""Terraform's type constraints, and whether a written value fits one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.hcl import nodes
from scripts.hcl.nodes import Expression


@dataclass(frozen=True, slots=True)
class Anything:
    """``any``, or a constraint that this reader does not know."""


@dataclass(frozen=True, slots=True)
class Primitive:
    """string, number or bool."""

    name: str


@dataclass(frozen=True, slots=True)
class Collection:
    """list, set or map of one type."""

    kind: str
    element: Type


@dataclass(frozen=True, slots=True)
class Tuple:
    """``tuple([a, b])``."""

    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of an object type."""

    type: Type
    optional: bool
    default: Expression | None


@dataclass(frozen=True, slots=True)
class Object:
    """``object({ ... })``."""

    fields: dict[str, Field]


Type = Anything | Primitive | Collection | Tuple | Object
ANYTHING = Anything()
_PRIMITIVES = {name: Primitive(name) for name in ("string", "number", "bool")}


def type_of(node: Expression | None) -> Type:
    """The constraint written as *node*."""
    match node:
        case nodes.Name(name=name):
            return _PRIMITIVES.get(name, ANYTHING)
        case nodes.Call(name=("list" | "set" | "map") as kind, arguments=(element,)):
            return Collection(kind, type_of(element))
        case nodes.Call(name="tuple", arguments=(nodes.Sequence(items=items),)):
            return Tuple(tuple(type_of(item) for item in items))
        case nodes.Call(name="object", arguments=(nodes.Mapping(items=items),)):
            return Object({str(item.key.value): _field(item.value) for item in items if _named(item)})  # type: ignore[union-attr]
        case _:
            return ANYTHING


def _named(item: nodes.Item) -> bool:
    return isinstance(item.key, nodes.Literal)


def _field(node: Expression) -> Field:
    match node:
        case nodes.Call(name="optional", arguments=(kind,)):
            return Field(type_of(kind), True, None)
        case nodes.Call(name="optional", arguments=(kind, default)):
            return Field(type_of(kind), True, default)
        case _:
            return Field(type_of(node), False, None)


def described(kind: Type) -> str:
    """The type in words: what a message says is allowed."""
    match kind:
        case Primitive(name=name):
            return {"string": "text", "number": "a number", "bool": "true or false"}[name]
        case Collection(kind=name, element=element):
            return f"a {name} of {_plural(element)}"
        case Tuple(items=items):
            return f"a list of exactly {len(items)} values"
        case Object(fields=fields):
            return f"an object with {', '.join(sorted(fields))}" if fields else "an empty object"
        case _:
            return "any value"


def _plural(kind: Type) -> str:
    match kind:
        case Primitive(name=name):
            return {"string": "texts", "number": "numbers", "bool": "true or false"}[name]
        case Collection(kind=name, element=element):
            return f"{name}s of {_plural(element)}"
        case Object():
            return "objects"
        case _:
            return "values"


def written(kind: Type) -> str:
    """The type as a README shows it: Terraform's own words, on one line, without defaults."""
    match kind:
        case Primitive(name=name):
            return name
        case Collection(kind=name, element=element):
            return f"{name}({written(element)})"
        case Tuple(items=items):
            return f"tuple([{', '.join(written(item) for item in items)}])"
        case Object(fields=fields):
            return f"object({{{', '.join(_written_fields(fields))}}})"
        case _:
            return "any"


def _written_fields(fields: dict[str, Field]) -> Iterator[str]:
    for name, field in fields.items():
        kind = written(field.type)
        yield f"{name} = {f'optional({kind})' if field.optional else kind}"
