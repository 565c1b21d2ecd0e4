"""Hand a unit's values down through a pattern's module calls, as far as they can be known without Terraform.

The rules of an inner module are then checked with the values that would reach it, and the names it would make
are known before anything is planned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scripts.checks.values import default_of
from scripts.hcl.evaluate import MISSING, Failed, Lazy, Scope, Unknown, Value, evaluate, text_of
from scripts.hcl.fitting import Fitting
from scripts.hcl.functions import TERRAFORM
from scripts.hcl.nodes import Attribute, Block, Expression, Name, walk
from scripts.live.modules import Module, called

_META = {"source", "for_each", "count", "depends_on", "providers", "version"}


@dataclass(frozen=True, slots=True)
class Instance:
    """One module with the values that reach it; without *call* it is the unit's own module."""

    address: str
    module: Module
    scope: Scope
    call: tuple[Instance, Block] | None = None

    def origins(self, names: Iterable[str]) -> set[str]:
        """The variables of the unit's own module from which these variables of this one are made."""
        if self.call is None:
            return set(names)
        caller, block = self.call
        written = [block.body.value(name) for name in (*names, "for_each")]
        found = {
            use for node in written if node is not None for use in _uses(node, caller.module, frozenset())
        }
        return caller.origins(found)


def scope_of(module: Module, values: dict[str, Value]) -> Scope:
    """What an expression in *module* may use: its variables and its locals."""
    variables: dict[str, Value] = dict(values)
    assignments: dict[str, Expression] = {
        name: found.value
        for source in module.sources
        for block in source.body.of_type("locals")
        for name, found in block.body.assignments.items()
    }
    inner = Lazy(assignments, TERRAFORM)
    inner.scope = Scope({"var": variables, "local": inner}, TERRAFORM)
    return inner.scope


def expand(
    module: Module,
    values: dict[str, Value],
    read: Callable[[str], Module],
    address: str = "",
    call: tuple[Instance, Block] | None = None,
) -> Iterator[Instance]:
    """*module* and every module it calls, outermost first."""
    instance = Instance(address, module, scope_of(module, values), call)
    yield instance
    for source in module.sources:
        for block in source.body.of_type("module"):
            target = called(module.path, block)
            if not target:
                continue
            inner = read(target)
            for key, each in repeated(block, instance.scope):
                label = f"module.{block.labels[0]}" + (f'["{key}"]' if key else "")
                place = f"{address}.{label}".lstrip(".")
                yield from expand(inner, _handed(block, inner, each), read, place, (instance, block))


def _uses(node: Expression, module: Module, seen: frozenset[str]) -> Iterator[str]:
    """The variables that *node* reads, also through locals."""
    for inner in walk(node):
        match inner:
            case Attribute(of=Name(name="var"), name=name):
                yield name
            case Attribute(of=Name(name="local"), name=name) if name not in seen:
                for written in _locals(module, name):
                    yield from _uses(written, module, seen | {name})


def _locals(module: Module, name: str) -> Iterator[Expression]:
    for source in module.sources:
        for block in source.body.of_type("locals"):
            if name in block.body.assignments:
                yield block.body.assignments[name].value


def repeated(block: Block, scope: Scope) -> Iterator[tuple[str, Scope]]:
    """Each instance of a block: its key and its scope; nothing when the keys cannot be known."""
    node = block.body.value("for_each")
    count = block.body.value("count")
    try:
        if node is not None:
            yield from _each(evaluate(node, scope), scope)
        elif count is not None:
            number = evaluate(count, scope)
            yield from [("", scope)] * (int(number) if isinstance(number, (int, float)) else 0)
        else:
            yield "", scope
    except (Unknown, Failed):
        return


def _each(found: Value, scope: Scope) -> Iterator[tuple[str, Scope]]:
    if isinstance(found, Lazy):
        found = found.all()
    pairs = found.items() if isinstance(found, dict) else [(text_of(key), key) for key in _list(found)]
    for key, value in pairs:
        yield key, scope.with_names({"each": {"key": key, "value": value}})


def _list(found: Value) -> list[Value]:
    if not isinstance(found, list) or MISSING in found:
        raise Unknown
    return found


def _handed(block: Block, inner: Module, scope: Scope) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, variable in inner.variables.items():
        node = block.body.value(name) if name not in _META else None
        if node is None:
            values[name] = default_of(variable)
            continue
        fitting = Fitting(scope)
        value = fitting.fit(node, variable.type, name)
        if value is None and not variable.nullable:
            value = default_of(variable)
        # A module may take fewer attributes than its caller has: Terraform drops the rest.
        certain = all(wrong.rule == "unknown-attribute" for wrong in fitting.mismatches)
        values[name] = value if certain else MISSING
    return values
