"""Which variables of a module can change which of its outputs, read off the module's own files.

What cannot be reached cannot change: a unit that reads only such outputs need not be planned again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from scripts.hcl.nodes import Block, Expression, expressions
from scripts.hcl.references import KEYS, Reference, field_references, key_references, named, references
from scripts.live.modules import Module, called

_REPEATS = {"for_each", "count"}
_META = {"source", "version", "providers"}

Aspect = tuple[str, str]
"""A variable and what of it matters: KEYS, one field of it or of its entries, or with an empty text all of it."""


@dataclass(slots=True)
class Reach:
    """The answers of one run, each module looked at once."""

    read: Callable[[str], Module]
    known: dict[str, Mapping[str, frozenset[Aspect]]] = field(default_factory=dict)

    def outputs(self, path: str) -> Mapping[str, frozenset[Aspect]]:
        """Each output of the module at *path*, and the variables that can change it."""
        if path not in self.known:
            self.known[path] = {}  # a module that calls itself ends here
            self.known[path] = _Names(self.read(path), self.outputs).outputs()
        return self.known[path]


class _Names:
    """The names of one module and what each is made of."""

    def __init__(self, module: Module, inner: Callable[[str], Mapping[str, frozenset[Aspect]]]) -> None:
        self.module = module
        self.inner = inner
        self.parts: dict[Reference, list[Reference]] = {}
        self.calls: dict[str, Block] = {}
        for source in module.sources:
            for block in source.body.blocks:
                self._take(block)

    def _take(self, block: Block) -> None:
        if block.type == "locals":
            for name, assigned in block.body.assignments.items():
                self.parts["local", name] = list(references(assigned.value))
                self.parts["local", name, KEYS] = list(key_references(assigned.value))
        elif block.type == "module" and block.labels:
            self.calls[block.labels[0]] = block
            self.parts["module", block.labels[0], KEYS] = _existence(block)
        elif block.type in {"resource", "data", "ephemeral"} and block.labels:
            place = block.labels if block.type == "resource" else (block.type, *block.labels)
            self.parts[place] = _resolved(block, expressions(block.body))
            self.parts[(*place, KEYS)] = _existence(block)
            for name, assigned in block.body.assignments.items():
                # What the block sets is what it is set to, whatever else the block says.
                self.parts[(*place, name)] = [*_existence(block), *_resolved(block, [assigned.value])]
        elif block.type == "output" and block.labels:
            self.parts["output", block.labels[0]] = _resolved(block, expressions(block.body))

    def outputs(self) -> dict[str, frozenset[Aspect]]:
        return {name: frozenset(self._variables([("output", name)])) for name in self.module.outputs}

    def _variables(self, start: list[Reference]) -> set[Aspect]:
        """Every variable from which the references of *start* are made; iterative, each name once."""
        found: set[Aspect] = set()
        seen: set[Reference] = set()
        waiting = list(start)
        while waiting:
            reference = named(waiting.pop())
            if reference in seen:
                continue
            seen.add(reference)
            if reference[0] == "var" and len(reference) > 1:
                found.add((reference[1], reference[2] if len(reference) > 2 else ""))
            elif reference in self.parts:
                waiting.extend(self.parts[reference])
            elif reference[0] == "module" and len(reference) > 1:
                waiting.extend(self._of_call(reference))
            else:
                place = next((reference[:end] for end in (4, 3, 2) if reference[:end] in self.parts), ())
                waiting.extend(self.parts.get(place, ()))
        return {(name, part) for name, part in found if not part or (name, "") not in found}

    def _of_call(self, reference: Reference) -> list[Reference]:
        """What reaches one output of a called module, or all of it when none is named."""
        block = self.calls.get(reference[1])
        if block is None:
            return []
        written = {name: found.value for name, found in block.body.assignments.items() if name not in _META}
        outputs = self.inner(called(self.module.path, block))
        wanted = outputs.get(reference[2]) if len(reference) > 2 else None
        made = _existence(block)
        if wanted is None:
            return made + _resolved(block, written.values())
        for name, part in wanted | {("depends_on", "")}:
            if name in written:
                made += _of_each(block, _part(written[name], part))
        return made


def _part(node: Expression, part: str) -> Iterable[Reference]:
    if not part:
        return references(node)
    return key_references(node) if part == KEYS else field_references(node, part)


def _existence(block: Block) -> list[Reference]:
    """What decides which instances of a block there are."""
    written = [node for name in sorted(_REPEATS) if (node := block.body.value(name)) is not None]
    return [reference for node in written for reference in key_references(node)]


def _resolved(block: Block, written: Iterable[Expression]) -> list[Reference]:
    """The references in *written*, those to ``each`` as what the block repeats over."""
    return _of_each(block, (reference for node in written for reference in references(node)))


def _of_each(block: Block, found: Iterable[Reference]) -> list[Reference]:
    made: list[Reference] = []
    each = block.body.value("for_each")
    for reference in found:
        if reference[:2] == ("each", "value") and each is not None:
            made.extend(references(each))
        elif reference[0] == "each":
            made.extend(_existence(block))
        else:
            made.append(reference)
    return made
