"""Which resource an argument of a plan leads to, across modules.

Terraform's plan says of each argument what it refers to in its own module: a variable, a local, another module's output.
Checkov follows none of these, so each is followed here to the instances of resources behind it. Pure.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scripts.audit.sources import Sources
from scripts.hcl.references import Reference
from scripts.plans.values import any_true

_STEP = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]|[^.\[]+')
_IDENTITIES = ("arn", "bucket", "dns_name", "domain_name", "id", "name", "url")
"""What others call a resource by, where the code does not say which attribute it takes."""
_MODULE = re.compile(r'module\.([^.\[]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.?')


@dataclass(frozen=True, slots=True)
class Instance:
    """One resource as planned, and the name by which Checkov is to know it: no other resource has it."""

    module: str
    code: str
    """Its address inside the module, without a key."""
    key: str
    """As a step of a reference: [public]."""
    name: str
    values: Mapping[str, Any]
    """What is known before the apply."""


@dataclass(frozen=True, slots=True)
class _Target:
    """What an argument may lead to: one attribute of an instance, or which one is not said."""

    instance: Instance
    attribute: str

    @property
    def text(self) -> str:
        kind = self.instance.code.rpartition(".")[0]
        return f"{kind}.{self.instance.name}.{self.attribute or 'id'}"

    def may_be(self, value: Any, unknown: Any) -> bool:
        """A value that is known is not made of one that is known only after the apply, nor the other way round."""
        known = self.instance.values
        names = [self.attribute] if self.attribute else _IDENTITIES
        said = [found for name in names if isinstance(found := known.get(name), str) and found]
        if value is _MISSING or any_true(unknown):
            return not (self.attribute and isinstance(known.get(self.attribute), str | bool | int | float))
        text = value if isinstance(value, str) else json.dumps(value)
        return any(found in text for found in said)


@dataclass(frozen=True, slots=True)
class Place:
    """One instance of a module: where it stands in the plan, its code, and its folder."""

    address: str
    code: Mapping[str, Any]
    folder: str
    key: str = ""
    caller: Place | None = None
    call: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Use:
    """Whose argument is followed: what ``each`` means in it, and which key it is likely to take."""

    each: Mapping[str, Any]
    hints: frozenset[str]


def reference_of(text: str) -> Reference:
    """``module.a.ids["b"]`` is ("module", "a", "ids", "[b]")."""
    return tuple(_plain(step) for step in _STEP.findall(text))


def _plain(step: str) -> str:
    return f"[{json.loads(step[1:-1])}]" if step.startswith('["') else step


class Connections:
    """Everything that one plan's arguments lead to."""

    def __init__(
        self, configuration: Mapping[str, Any], instances: Iterable[Instance], folder: str, sources: Sources
    ) -> None:
        self._root = Place("", configuration, folder)
        self._sources = sources
        self._instances: dict[tuple[str, str], list[Instance]] = {}
        self._calls: dict[tuple[str, str], dict[str, None]] = {}
        for instance in instances:
            self._instances.setdefault((instance.module, instance.code), []).append(instance)
            self._note_modules(instance.module)

    def _note_modules(self, address: str) -> None:
        at = ""
        for name, key in _MODULE.findall(address):
            self._calls.setdefault((at, name), {})[key] = None
            at = _below(at, name, key)

    def place(self, address: str) -> Place:
        """The module instance at *address*."""
        found = self._root
        for name, key in _MODULE.findall(address):
            found = _inner(found, name, key)
        return found

    def of(self, instance: Instance, unknown: Mapping[str, Any]) -> dict[str, Any]:
        """The code of one resource, each argument with the resources that it leads to instead of what it says.

        What is known to be nothing leads nowhere, whatever the code refers to.
        """
        place, values = self.place(instance.module), instance.values
        listed = place.code.get("resources", [])
        code: Mapping[str, Any] = next((each for each in listed if each["address"] == instance.code), {})
        use = _Use(code.get("for_each_expression", {}), _hint(instance.key))
        made = {
            name: self._tree(expression, values.get(name, _MISSING), unknown.get(name), place, use)
            for name, expression in code.get("expressions", {}).items()
        }
        for (address, block), found in self._sources(place.folder).dynamic.items():
            if address == instance.code and block not in made and values.get(block):
                targets = list(self._all(found, (), place, use))
                made[block] = _everywhere(values[block], unknown.get(block), targets)
        return made

    def _tree(self, expression: Any, value: Any, unknown: Any, place: Place, use: _Use) -> Any:
        if isinstance(expression, list):
            return [
                self._tree(inner, _inside(value, number), _inside(unknown, number), place, use)
                for number, inner in enumerate(expression)
            ]
        if "references" in expression or "constant_value" in expression:
            found = tuple(map(reference_of, expression.get("references", [])))
            return _leaf(value, unknown, self._all(found, (), place, use))
        return {
            name: self._tree(inner, _inside(value, name), _inside(unknown, name), place, use)
            for name, inner in expression.items()
        }

    def _follow(self, reference: Reference, place: Place, use: _Use) -> Iterator[_Target | str]:
        hints = use.hints | {hint for step in reference for hint in _hint(step)}
        narrow = _Use(use.each, hints)
        match reference:
            case ("var", name, *_):
                yield from self._argument(name, reference, place, hints)
            case ("local", name, *_):
                known = self._sources(place.folder).locals.get(name)
                yield from self._all(known, reference, place, narrow)
            case ("each", "value", *_):
                if use.each.get("references"):
                    found = tuple(map(reference_of, use.each["references"]))
                    yield from self._all(found, reference, place, narrow)
            case ("module", name, *rest):
                yield from self._output(name, rest, place, hints)
            case ("data", kind, name, *rest):
                found_data = self._instances_of(f"data.{kind}.{name}", place, rest, hints)
                plain = [step for step in rest if not step.startswith("[")]
                yield from found_data
                if not found_data:
                    yield ".".join(("data", kind, name, *plain[:1]))
            case (kind, name, *rest) if "_" in kind:
                yield from self._instances_of(f"{kind}.{name}", place, rest, hints)

    def _all(
        self,
        found: Iterable[Reference] | None,
        said: Reference,
        place: Place,
        use: _Use,
    ) -> Iterator[_Target | str]:
        """Each of *found*; where nothing is known, what was said."""
        if found is None:
            yield _said(said)
            return
        listed = _longest(found)
        words = self._sources(place.folder).words
        meant = {
            f"[{words[name]}]" for kind, *rest in listed if kind == "local" for name in rest if name in words
        }
        named = _Use(use.each, use.hints | meant)
        for each in listed:
            yield from self._follow(each, place, named)

    def _argument(
        self, name: str, said: Reference, place: Place, hints: frozenset[str]
    ) -> Iterator[_Target | str]:
        if place.caller is None or place.call is None:
            yield _said(said)
            return
        given = place.call.get("expressions", {}).get(name, {})
        found = tuple(map(reference_of, given.get("references", [])))
        inner = _Use(place.call.get("for_each_expression", {}), hints | _hint(place.key))
        yield from self._all(found, said, place.caller, inner)

    def _output(
        self, name: str, rest: list[str], place: Place, hints: frozenset[str]
    ) -> Iterator[_Target | str]:
        outputs = [step for step in rest if not step.startswith("[")]
        if not outputs:
            return
        for written in self._keys_of(name, place, hints | set(rest[:1])):
            inner = _inner(place, name, written)
            given = inner.code.get("outputs", {}).get(outputs[0], {}).get("expression", {})
            found = tuple(map(reference_of, given.get("references", [])))
            yield from self._all(found, (), inner, _Use({}, hints))

    def _keys_of(self, name: str, place: Place, hints: frozenset[str]) -> list[str]:
        keys = list(self._calls.get((place.address, name), {}))
        return [key for key in keys if _plain(key) in hints] or keys

    def _instances_of(
        self, code: str, place: Place, rest: list[str], hints: frozenset[str]
    ) -> tuple[_Target, ...]:
        """Where a key says which instance is meant it is that one, otherwise each may be."""
        found = self._instances.get((place.address, code), [])
        meant = [instance for instance in found if instance.key in hints | set(rest[:1])] or found
        attribute = next((step for step in rest if not step.startswith("[")), "")
        return tuple(_Target(instance, attribute) for instance in meant)


_MISSING = object()
"""The value of an argument that is only known after the apply."""


def _leaf(value: Any, unknown: Any, targets: Iterable[_Target | str]) -> dict[str, list[str]]:
    """What Checkov reads: resources by their names first, then what leads out of the plan as it is written."""
    if value is None and not any_true(unknown):
        return {}
    found = list(targets)
    inside = [each.text for each in found if isinstance(each, _Target) and each.may_be(value, unknown)]
    outside = [each for each in found if isinstance(each, str)]
    return {"references": list(dict.fromkeys((*inside, *outside)))} if inside or outside else {}


def _everywhere(value: Any, unknown: Any, targets: Sequence[_Target | str]) -> Any:
    """A dynamic block's arguments are not in the plan: each may lead to all that the block refers to."""
    if isinstance(value, list) and any(isinstance(block, dict) for block in value):
        return [_everywhere(block, _inside(unknown, number), targets) for number, block in enumerate(value)]
    if isinstance(value, dict):
        names = {**value, **(unknown if isinstance(unknown, dict) else {})}
        return {name: _everywhere(_inside(value, name), _inside(unknown, name), targets) for name in names}
    return _leaf(value, unknown, targets)


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step, _MISSING)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return _MISSING


def _hint(step: str) -> frozenset[str]:
    """A key that is a word says whose thing is meant, wherever it is used; a number says so only where it stands."""
    return frozenset({step} if step.startswith("[") and step != "[]" and not step[1:-1].isdigit() else ())


def _said(reference: Reference) -> str:
    """Without keys, which are literals of the code."""
    return ".".join(step for step in reference if not step.startswith("["))


def _below(address: str, name: str, key: str) -> str:
    return f"{address}.module.{name}{key}".removeprefix(".")


def _inner(place: Place, name: str, key: str) -> Place:
    call = place.code.get("module_calls", {}).get(name, {})
    folder = os.path.normpath(f"{place.folder}/{call.get('source', '')}".removeprefix("/"))
    return Place(_below(place.address, name, key), call.get("module", {}), folder, _plain(key), place, call)


def _longest(found: Iterable[Reference]) -> list[Reference]:
    """Terraform names a.b.c, a.b and a where the code says a.b.c."""
    listed = list(dict.fromkeys(found))
    return [one for one in listed if not any(other != one and other[: len(one)] == one for other in listed)]
