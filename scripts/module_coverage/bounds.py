"""How many instances a for_each or count can make at all: "none" of two fixed names, or two of a switch, nobody can see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scripts.hcl.nodes import (
    Attribute,
    Binary,
    Block,
    Call,
    Conditional,
    Expression,
    For,
    Literal,
    Mapping,
    Name,
)
from scripts.hcl.nodes import Sequence as List
from scripts.live.modules import Module


@dataclass(frozen=True, slots=True)
class Bounds:
    """The fewest and the most; *most* is None where the caller decides."""

    least: int
    most: int | None

    @property
    def can_be_none(self) -> bool:
        """Whether some inputs make none at all."""
        return self.least == 0

    @property
    def can_be_several(self) -> bool:
        """Whether some inputs make more than one."""
        return self.most is None or self.most > 1


ANY = Bounds(0, None)
NEVER_NONE = {
    (
        "modules/caching/elasticache",
        ("aws_cloudwatch_metric_alarm", "this"),
    ): "a cache has a node, a node three alarms"
}
"""What cannot be read from the expression, and why there is always one."""


def bounds(module: Module, block: Block) -> Bounds:
    """Of the instances of *block*, a resource, data source or call with for_each or count."""
    found = _Bounds(module)
    for_each, count = block.body.value("for_each"), block.body.value("count")
    if for_each is not None:
        size = found.size(for_each)
        return replace(size, least=1) if (module.path, block.labels) in NEVER_NONE else size
    return Bounds(1, 1) if count is None else found.number(count)


class _Bounds:
    """Reads expressions of one module; what it does not understand may be any number."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._locals = {
            name: assignment.value
            for source in module.sources
            for block in source.body.of_type("locals")
            for name, assignment in block.body.assignments.items()
        }

    def number(self, node: Expression) -> Bounds:
        """Of a count."""
        match node:
            case Literal(value=int(value)):
                return Bounds(value, value)
            case Conditional(yes=yes, no=no):
                return _either(self.number(yes), self.number(no))
            case Call(name="length", arguments=(of,)):
                return self.size(of)
            case Attribute(of=Name(name="local"), name=name) if name in self._locals:
                return self.number(self._locals[name])
            case _:
                return ANY

    def size(self, node: Expression) -> Bounds:
        """Of a collection."""
        match node:
            case Mapping(items=items):
                return _of_items([item.key for item in items])
            case List(items=items):
                return _of_items(items)
            case Call(name="toset" | "keys" | "tomap" | "tolist", arguments=(of,)):
                return self.size(of)
            case Call(name="merge" | "concat", arguments=parts, expand=False):
                return _together([self.size(part) for part in parts])
            case Conditional(yes=yes, no=no):
                return _either(self.size(yes), self.size(no))
            case For(collection=collection, condition=condition):
                every = self.size(collection)
                return every if condition is None else Bounds(0, every.most)
            case Attribute(of=Name(name="local"), name=name) if name in self._locals:
                return self.size(self._locals[name])
            case Attribute(of=Name(name="var"), name=name):
                return Bounds(1, None) if self._never_empty(name) else ANY
            case Attribute(of=Attribute(of=Name(name="data"), name=kind), name=name):
                return self._of_data((kind, name))
            case _:
                return ANY

    def _of_data(self, labels: tuple[str, str]) -> Bounds:
        for source in self._module.sources:
            for block in source.body.of_type("data"):
                if block.labels == labels:
                    return bounds(self._module, block)
        return ANY

    def _never_empty(self, name: str) -> bool:
        """Whether a rule of the variable refuses an empty collection: ``length(var.x) > 0``."""
        variable = self._module.variables.get(name)
        conditions = (rule.condition for rule in variable.validations) if variable else ()
        return any(
            isinstance(part, Binary) and _asks_for_one(part, name)
            for condition in conditions
            if condition is not None
            for part in _all_of(condition)
        )


def _of_items(items: Sequence[Expression]) -> Bounds:
    literal = {item.value for item in items if isinstance(item, Literal)}
    if len(literal) == len(items):
        return Bounds(len(items), len(items))
    return Bounds(max(1, len(literal)), len(items))


def _either(one: Bounds, other: Bounds) -> Bounds:
    most = None if one.most is None or other.most is None else max(one.most, other.most)
    return Bounds(min(one.least, other.least), most)


def _together(parts: Sequence[Bounds]) -> Bounds:
    known = [part.most for part in parts if part.most is not None]
    return Bounds(
        max((part.least for part in parts), default=0), sum(known) if len(known) == len(parts) else None
    )


def _all_of(condition: Expression) -> Iterator[Expression]:
    if isinstance(condition, Binary) and condition.operator == "&&":
        yield from _all_of(condition.left)
        yield from _all_of(condition.right)
    else:
        yield condition


def _asks_for_one(part: Binary, name: str) -> bool:
    match part:
        case Binary(
            operator=operator,
            left=Call(name="length", arguments=(Attribute(of=Name(name="var"), name=found),)),
            right=Literal(value=value),
        ):
            return found == name and (operator, value) in {(">", 0), (">=", 1), ("!=", 0)}
        case _:
            return False
