"""The syntax tree of an HCL file: what was written, and on which line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Literal:
    """A number, a string without interpolation, true, false or null."""

    line: int
    value: str | int | float | bool | None


@dataclass(slots=True)
class Template:
    """A quoted string with interpolations, or a heredoc."""

    line: int
    parts: tuple[Expression, ...]
    heredoc: bool


@dataclass(slots=True)
class Directive:
    """``%{ if }`` and its kin: accepted, never evaluated."""

    line: int


@dataclass(slots=True)
class Name:
    """The first word of a reference: var, local, each, a resource type."""

    line: int
    name: str


@dataclass(slots=True)
class Attribute:
    """``of.name``."""

    line: int
    of: Expression
    name: str


@dataclass(slots=True)
class Index:
    """``of[key]``."""

    line: int
    of: Expression
    key: Expression


@dataclass(slots=True)
class Splat:
    """``of[*]``; *each* is what follows, with the element as the name ``*``."""

    line: int
    of: Expression
    each: Expression


@dataclass(slots=True)
class Call:
    """A function call; *expand* is true when the last argument is followed by three dots."""

    line: int
    name: str
    arguments: tuple[Expression, ...]
    expand: bool


@dataclass(slots=True)
class Unary:
    """``-x`` or ``!x``."""

    line: int
    operator: str
    operand: Expression


@dataclass(slots=True)
class Binary:
    """``left operator right``."""

    line: int
    operator: str
    left: Expression
    right: Expression


@dataclass(slots=True)
class Conditional:
    """``test ? yes : no``."""

    line: int
    test: Expression
    yes: Expression
    no: Expression


@dataclass(slots=True)
class Sequence:
    """``[a, b]``."""

    line: int
    items: tuple[Expression, ...]


@dataclass(slots=True)
class Item:
    """One ``key = value`` of an object; a bare word as key is already a Literal."""

    line: int
    key: Expression
    value: Expression


@dataclass(slots=True)
class Mapping:
    """``{ a = 1 }``."""

    line: int
    items: tuple[Item, ...]


@dataclass(slots=True)
class For:
    """``[for k, v in c : value if condition]``, or the object form when *key* is set."""

    line: int
    names: tuple[str, ...]
    collection: Expression
    key: Expression | None
    value: Expression
    condition: Expression | None
    grouped: bool


Expression = (
    Literal | Template | Directive | Name | Attribute | Index | Splat | Call | Unary | Binary | Conditional
    | Sequence | Mapping | For
)  # fmt: skip


@dataclass(slots=True)
class Assignment:
    """``name = value`` in a body."""

    line: int
    name: str
    value: Expression


@dataclass(slots=True)
class Block:
    """``type "label" { ... }``; *end* is the line of its closing brace."""

    line: int
    end: int
    type: str
    labels: tuple[str, ...]
    body: Body


@dataclass(slots=True)
class Body:
    """What stands between braces, or in a whole file."""

    assignments: dict[str, Assignment] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def of_type(self, *types: str) -> Iterator[Block]:
        """Yield the direct blocks of these types, in the order written."""
        return (block for block in self.blocks if block.type in types)

    def value(self, name: str) -> Expression | None:
        """The expression assigned to *name*, if any."""
        found = self.assignments.get(name)
        return found.value if found else None


def children(node: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside *node*."""
    match node:
        case Template(parts=parts):
            return parts
        case Attribute(of=of):
            return (of,)
        case Splat(of=of, each=each):
            return (of, each)
        case Index(of=of, key=key):
            return (of, key)
        case Call(arguments=arguments):
            return arguments
        case Unary(operand=operand):
            return (operand,)
        case Binary(left=left, right=right):
            return (left, right)
        case Conditional(test=test, yes=yes, no=no):
            return (test, yes, no)
        case Sequence(items=items):
            return items
        case Mapping(items=pairs):
            return tuple(part for pair in pairs for part in (pair.key, pair.value))
        case For(collection=collection, key=key, value=value, condition=condition):
            return tuple(part for part in (collection, key, value, condition) if part is not None)
        case _:
            return ()


def walk(node: Expression) -> Iterator[Expression]:
    """Yield *node* and everything inside it."""
    yield node
    for child in children(node):
        yield from walk(child)


def expressions(body: Body) -> Iterator[Expression]:
    """Yield every assigned expression of a body and its blocks, outermost only."""
    for assignment in body.assignments.values():
        yield assignment.value
    for block in body.blocks:
        yield from expressions(block.body)


def blocks(body: Body) -> Iterator[Block]:
    """Yield every block at any depth."""
    for block in body.blocks:
        yield block
        yield from blocks(block.body)
