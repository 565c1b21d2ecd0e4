"""Evaluate HCL expressions as far as they can be known without Terraform.

What stands in tfvars, env.hcl and validation conditions is mostly literals and simple functions. Everything
else raises Unknown, and the caller leaves the decision to Terraform: a check must never refuse what it did
not understand.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from scripts.hcl import nodes

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | Missing | Lazy | None"
Function: TypeAlias = Callable[..., Any]


class Missing:
    """Stands in a list or an object for an element that cannot be known here."""

    def __repr__(self) -> str:
        return "(known after apply)"


MISSING = Missing()


class Unknown(Exception):
    """Raised when a value cannot be known without Terraform."""


class Failed(Exception):
    """Raised when Terraform would fail here too; ``can`` and ``try`` catch it."""


class Lazy:
    """The locals of one file, each evaluated when it is first asked for."""

    def __init__(
        self, assignments: Mapping[str, nodes.Expression], functions: Mapping[str, Function]
    ) -> None:
        self.assignments = assignments
        self.scope = Scope({"local": self}, functions)
        self.known: dict[str, Value] = {}
        self.open: set[str] = set()

    def get(self, name: str) -> Value:
        """The value of one local."""
        if name not in self.known:
            if name not in self.assignments or name in self.open:
                raise Unknown(name)
            self.open.add(name)
            try:
                self.known[name] = evaluate(self.assignments[name], self.scope)
            finally:
                self.open.discard(name)
        return self.known[name]

    def all(self) -> dict[str, Value]:
        """Every local, MISSING for those that cannot be known."""
        return {name: self._or_missing(name) for name in self.assignments}

    def _or_missing(self, name: str) -> Value:
        try:
            return self.get(name)
        except (Unknown, Failed):
            return MISSING


@dataclass(frozen=True, slots=True)
class Scope:
    """The names and functions an expression may use."""

    names: Mapping[str, Value] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)

    def with_names(self, names: Mapping[str, Value]) -> Scope:
        """This scope and the names of a for expression."""
        return Scope({**self.names, **names}, self.functions)


EMPTY = Scope()


def evaluate(node: nodes.Expression, scope: Scope = EMPTY) -> Value:
    """The value of *node*, or Unknown, or Failed."""
    if isinstance(node, nodes.Literal):
        return node.value
    return _EVALUATORS[type(node)](node, scope)


def incomplete(value: Value) -> bool:
    """Whether something inside *value* is not known."""
    if isinstance(value, dict):
        return any(incomplete(inner) for inner in value.values())
    if isinstance(value, list):
        return any(incomplete(inner) for inner in value)
    return value is MISSING


def text_of(value: Value) -> str:
    """What a template shows for *value*."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int)):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    raise Failed("not text")


def _element(node: nodes.Expression, scope: Scope) -> Value:
    try:
        return evaluate(node, scope)
    except Unknown:
        return MISSING


def _template(node: nodes.Template, scope: Scope) -> Value:
    if len(node.parts) == 1 and not node.heredoc:
        return evaluate(node.parts[0], scope)
    return "".join(text_of(evaluate(part, scope)) for part in node.parts)


def _name(node: nodes.Name, scope: Scope) -> Value:
    found = scope.names.get(node.name, MISSING)
    if isinstance(found, Missing):
        raise Unknown(node.name)
    return found


def _attribute(node: nodes.Attribute, scope: Scope) -> Value:
    return _step(evaluate(node.of, scope), node.name)


def _index(node: nodes.Index, scope: Scope) -> Value:
    return _step(evaluate(node.of, scope), evaluate(node.key, scope))


def _step(owner: Value, key: Value) -> Value:
    if isinstance(owner, Lazy):
        return _known(owner.get(text_of(key)))
    if isinstance(owner, dict) and isinstance(key, (str, int)):
        if str(key) not in owner:
            raise Failed(f"no {key}")
        return _known(owner[str(key)])
    if isinstance(owner, list) and isinstance(key, int) and not isinstance(key, bool):
        if not -1 < key < len(owner):
            raise Failed(f"no {key}")
        return _known(owner[key])
    raise Failed("no such attribute")


def _known(value: Value) -> Value:
    if value is MISSING:
        raise Unknown
    return value


def _call(node: nodes.Call, scope: Scope) -> Value:
    if node.name == "can":
        return _can(node, scope)
    if node.name == "try":
        return _try(node, scope)
    function = scope.functions.get(node.name)
    if function is None:
        raise Unknown(node.name)
    arguments = [_whole(evaluate(argument, scope)) for argument in node.arguments]
    if node.expand and isinstance(arguments[-1], list):
        arguments = [*arguments[:-1], *arguments[-1]]
    if node.name not in _SHALLOW and any(incomplete(argument) for argument in arguments):
        raise Unknown(node.name)
    try:
        answer: Value = function(*arguments)
    except (TypeError, ValueError, AttributeError, KeyError, IndexError, ArithmeticError) as error:
        raise Failed(str(error)) from error
    return answer


def _whole(value: Value) -> Value:
    return value.all() if isinstance(value, Lazy) else value


_SHALLOW = {"alltrue", "anytrue", "concat", "flatten", "keys", "length", "merge", "values"}
"""Functions that carry an unknown element along, or decide without it."""


def _can(node: nodes.Call, scope: Scope) -> bool:
    try:
        evaluate(node.arguments[0], scope)
    except Failed:
        return False
    return True


def _try(node: nodes.Call, scope: Scope) -> Value:
    for argument in node.arguments:
        try:
            return evaluate(argument, scope)
        except Failed:
            continue
    raise Failed("try")


def _unary(node: nodes.Unary, scope: Scope) -> Value:
    value = evaluate(node.operand, scope)
    if node.operator == "!":
        return not _truth(value)
    return -_number(value)


def _truth(value: Value) -> bool:
    if value in ("true", "false"):
        return value == "true"
    if not isinstance(value, bool):
        raise Failed("not a bool")
    return value


def _number(value: Value) -> float:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            raise Failed("not a number") from None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Failed("not a number")
    return value


_ARITHMETIC: dict[str, Callable[[float, float], bool | float]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "%": operator.mod,
}  # fmt: skip


def _binary(node: nodes.Binary, scope: Scope) -> Value:
    if node.operator in ("&&", "||"):
        return _logic(node, scope)
    left, right = evaluate(node.left, scope), evaluate(node.right, scope)
    if node.operator in ("==", "!="):
        if incomplete(left) or incomplete(right):
            raise Unknown
        return _equal(left, right) == (node.operator == "==")
    try:
        return _ARITHMETIC[node.operator](_number(left), _number(right))
    except ArithmeticError as error:
        raise Failed(str(error)) from error


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    return left == right


def _logic(node: nodes.Binary, scope: Scope) -> bool:
    """One side is enough when it decides; the other may be unknown."""
    decides = node.operator == "||"
    try:
        if _truth(evaluate(node.left, scope)) == decides:
            return decides
    except Unknown:
        if _truth(evaluate(node.right, scope)) == decides:
            return decides
        raise
    return _truth(evaluate(node.right, scope))


def _conditional(node: nodes.Conditional, scope: Scope) -> Value:
    return evaluate(node.yes if _truth(evaluate(node.test, scope)) else node.no, scope)


def _sequence(node: nodes.Sequence, scope: Scope) -> Value:
    return [_element(item, scope) for item in node.items]


def _mapping(node: nodes.Mapping, scope: Scope) -> Value:
    return {text_of(evaluate(item.key, scope)): _element(item.value, scope) for item in node.items}


def _for(node: nodes.For, scope: Scope) -> Value:
    collection = evaluate(node.collection, scope)
    if isinstance(collection, dict):
        pairs: list[tuple[Value, Value]] = sorted(collection.items(), key=lambda pair: str(pair[0]))
    elif isinstance(collection, list):
        pairs = list(enumerate(collection))
    else:
        raise Failed("not a collection")
    answers: list[tuple[Value, Value]] = []
    for key, value in pairs:
        names = dict(zip(node.names, (key, value) if len(node.names) == 2 else (value,), strict=True))
        inner = scope.with_names(names)
        if node.condition is None or _truth(evaluate(node.condition, inner)):
            answers.append((evaluate(node.key, inner) if node.key else None, _element(node.value, inner)))
    if node.key is None:
        return [value for _, value in answers]
    if not node.grouped:
        return {text_of(key): value for key, value in answers}
    grouped: dict[str, Value] = {text_of(key): [] for key, _ in answers}
    for key in grouped:
        grouped[key] = [value for found, value in answers if text_of(found) == key]
    return grouped


def _splat(node: nodes.Splat, scope: Scope) -> Value:
    value = _whole(evaluate(node.of, scope))
    items = value if isinstance(value, list) else [] if value is None else [value]
    return [_element(node.each, scope.with_names({"*": item})) for item in items]


def _directive(node: nodes.Directive, scope: Scope) -> Value:
    raise Unknown("directive")


_EVALUATORS: dict[type, Callable[[Any, Scope], Value]] = {
    nodes.Template: _template,
    nodes.Directive: _directive,
    nodes.Name: _name,
    nodes.Attribute: _attribute,
    nodes.Index: _index,
    nodes.Splat: _splat,
    nodes.Call: _call,
    nodes.Unary: _unary,
    nodes.Binary: _binary,
    nodes.Conditional: _conditional,
    nodes.Sequence: _sequence,
    nodes.Mapping: _mapping,
    nodes.For: _for,
}
