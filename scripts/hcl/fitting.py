"""Fit written values to type constraints as Terraform would, and say exactly what does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scripts.checks.finding import nearest
from scripts.hcl import nodes
from scripts.hcl.evaluate import MISSING, Failed, Lazy, Scope, Unknown, Value, evaluate, text_of
from scripts.hcl.functions import jsonencode
from scripts.hcl.nodes import Expression
from scripts.hcl.types import Anything, Collection, Field, Object, Primitive, Tuple, Type, described

_WORD = re.compile(r"[A-Za-z_][\w-]*")
_BOOLS = {"true": True, "false": False, "1": True, "0": False}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One value, at any depth, that its type does not allow."""

    line: int
    rule: str
    place: str
    read: str
    allowed: str
    nearest: str
    message: str


class Fitting:
    """Collects what does not fit while it converts; one is made for each assigned value."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.mismatches: list[Mismatch] = []

    def fit(self, node: Expression, kind: Type, place: str) -> Value:
        """*node* converted to *kind*, defaults filled in; MISSING where it is unknown or does not fit."""
        if isinstance(node, nodes.Sequence) and isinstance(kind, (Collection, Tuple)):
            return self._sequence(node, kind, place)
        if isinstance(node, nodes.Mapping) and isinstance(kind, (Collection, Object)):
            return self._mapping(node, kind, place)
        try:
            value = evaluate(node, self.scope)
        except (Unknown, Failed):
            return MISSING
        return self.value(value.all() if isinstance(value, Lazy) else value, kind, place, node.line)

    def _sequence(self, node: nodes.Sequence, kind: Collection | Tuple, place: str) -> Value:
        if isinstance(kind, Tuple):
            if len(kind.items) != len(node.items):
                return self._wrong(f"{len(node.items)} values", kind, place, node.line)
            pairs = zip(node.items, kind.items, strict=True)
            return [self.fit(item, inner, f"{place}[{at}]") for at, (item, inner) in enumerate(pairs)]
        if kind.kind == "map":
            return self._wrong("a list", kind, place, node.line)
        items = [self.fit(item, kind.element, f"{place}[{at}]") for at, item in enumerate(node.items)]
        return _set(items) if kind.kind == "set" else items

    def _mapping(self, node: nodes.Mapping, kind: Collection | Object, place: str) -> Value:
        if isinstance(kind, Collection) and kind.kind != "map":
            return self._wrong("an object", kind, place, node.line)
        items: dict[str, nodes.Item] = {}
        for item in node.items:
            try:
                key = text_of(evaluate(item.key, self.scope))
            except (Unknown, Failed):
                return MISSING
            if key in items:
                self._twice(item.line, step(place, key), items[key].line)
            items[key] = item
        if isinstance(kind, Collection):
            return {key: self.fit(item.value, kind.element, step(place, key)) for key, item in items.items()}
        lines = {key: item.line for key, item in items.items()}
        self._names(lines, kind, place, node.line)
        made: dict[str, Value] = {}
        for name, field in kind.fields.items():
            inner = step(place, name)
            found = self.fit(items[name].value, field.type, inner) if name in items else None
            made[name] = self._default(field, inner, node.line) if found is None else found
        return made

    def value(self, value: Value, kind: Type, place: str, line: int) -> Value:
        """As fit, for a value that is already known; all its parts are reported at *line*."""
        if value is MISSING or value is None or isinstance(kind, Anything):
            return value
        if isinstance(kind, Primitive):
            return self._primitive(value, kind, place, line)
        if isinstance(kind, Object):
            return self._object(value, kind, place, line)
        if isinstance(kind, Collection) and kind.kind == "map":
            if not isinstance(value, dict):
                return self._wrong(shown(value), kind, place, line)
            return {
                key: self.value(inner, kind.element, step(place, key), line) for key, inner in value.items()
            }
        if not isinstance(value, list):
            return self._wrong(shown(value), kind, place, line)
        return self._list(value, kind, place, line)

    def _list(self, value: list[Value], kind: Collection | Tuple, place: str, line: int) -> Value:
        if isinstance(kind, Tuple):
            if len(kind.items) != len(value):
                return self._wrong(f"{len(value)} values", kind, place, line)
            pairs = zip(value, kind.items, strict=True)
            return [self.value(one, inner, f"{place}[{at}]", line) for at, (one, inner) in enumerate(pairs)]
        items = [self.value(one, kind.element, f"{place}[{at}]", line) for at, one in enumerate(value)]
        return _set(items) if kind.kind == "set" else items

    def _primitive(self, value: Value, kind: Primitive, place: str, line: int) -> Value:
        if kind.name == "string" and isinstance(value, (str, int, float)):
            return text_of(value)
        if (
            kind.name == "bool"
            and isinstance(value, (bool, str))
            and (value in _BOOLS or value in (True, False))
        ):
            return _BOOLS[value] if isinstance(value, str) else value
        if kind.name == "number" and isinstance(value, (int, float, str)) and not isinstance(value, bool):
            number = _as_number(value)
            if number is not None:
                return number
        return self._wrong(shown(value), kind, place, line)

    def _object(self, value: Value, kind: Object, place: str, line: int) -> Value:
        if not isinstance(value, dict):
            return self._wrong(shown(value), kind, place, line)
        self._names(dict.fromkeys(value, line), kind, place, line)
        made: dict[str, Value] = {}
        for name, field in kind.fields.items():
            inner = step(place, name)
            found = self.value(value[name], field.type, inner, line) if name in value else None
            made[name] = self._default(field, inner, line) if found is None else found
        return made

    def _default(self, field: Field, place: str, line: int) -> Value:
        if field.default is None:
            return None
        return Fitting(Scope({}, self.scope.functions)).fit(field.default, field.type, place)

    def _names(self, lines: dict[str, int], kind: Object, place: str, line: int) -> None:
        for name in lines.keys() - kind.fields.keys():
            near = nearest(name, kind.fields)
            allowed = ", ".join(sorted(kind.fields))
            hint = f'did you mean "{near}"?' if near else f"allowed: {allowed or 'nothing'}."
            # Terraform drops such an attribute without a word: the typo would deploy the default.
            message = f'"{place}" has no attribute "{name}"; {hint}'
            self.mismatches.append(
                Mismatch(lines[name], "unknown-attribute", step(place, name), name, allowed, near, message)
            )
        for name, field in kind.fields.items():
            if not field.optional and name not in lines:
                message = f'"{place}" lacks the attribute "{name}"; add it: {described(field.type)}.'
                self.mismatches.append(
                    Mismatch(line, "missing-attribute", step(place, name), "", name, "", message)
                )

    def _twice(self, line: int, place: str, first: int) -> None:
        message = f'"{place}" is already set on line {first}; keep one of the two.'
        self.mismatches.append(Mismatch(line, "key-twice", place, place, "", "", message))

    def _wrong(self, read: str, kind: Type, place: str, line: int) -> Value:
        allowed = described(kind)
        message = f'"{place}" must be {allowed}, not {read}; correct the value.'
        self.mismatches.append(Mismatch(line, "wrong-type", place, read, allowed, "", message))
        return MISSING


def step(place: str, key: str) -> str:
    """*place* and one key further."""
    return f"{place}.{key}" if _WORD.fullmatch(key) else f"{place}[{jsonencode(key)}]"


def shown(value: Value, most: int = 60) -> str:
    """A value as a message quotes it: on one line, never longer than a line can bear."""
    text = jsonencode(value)
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _as_number(value: str | int | float) -> int | float | None:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", value, re.ASCII) or len(value) > 300:
        return None
    number = float(value)
    return int(number) if number.is_integer() else number


def _set(values: Iterable[Value]) -> Value:
    found: list[Value] = []
    for value in values:
        if value is MISSING or value not in found:
            found.append(value)
    if all(isinstance(value, str) for value in found):
        found.sort(key=str)
    return found
