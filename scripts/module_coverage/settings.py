"""Every value that a caller may set, down to the fields of objects: ``queues.*.dead_letter.retention_days``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scripts.checks.values import default_of
from scripts.hcl.evaluate import MISSING, Scope, Value
from scripts.hcl.fitting import Fitting
from scripts.hcl.functions import TERRAFORM
from scripts.hcl.types import Collection, Field, Object, Type
from scripts.live.modules import Module

_LITERAL = Scope({}, TERRAFORM)


def settings(module: Module) -> Iterator[str]:
    """The path of each variable and of each field inside it."""
    for name, variable in module.variables.items():
        yield name
        yield from _inside(variable.type, name)


def changed(module: Module, values: Mapping[str, Value]) -> Iterator[str]:
    """The paths that *values* set to something other than the default; a required one by being set."""
    for name, value in values.items():
        variable = module.variables.get(name)
        if variable is None:
            continue
        given = _fitted(value, variable.type)
        if variable.required or given != default_of(variable):
            yield name
        yield from _changed(variable.type, given, name)


def _inside(kind: Type, path: str) -> Iterator[str]:
    match kind:
        case Collection(element=element):
            yield from _inside(element, f"{path}.*")
        case Object(fields=fields):
            for name, field in fields.items():
                yield f"{path}.{name}"
                yield from _inside(field.type, f"{path}.{name}")


def _changed(kind: Type, value: Value, path: str) -> Iterator[str]:
    match kind:
        case Collection(element=element) if isinstance(value, (dict, list)):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from _changed(element, inner, f"{path}.*")
        case Object(fields=fields) if isinstance(value, dict):
            for name, field in fields.items():
                inner = value.get(name)
                if inner is not None and inner != _default(field):
                    yield f"{path}.{name}"
                yield from _changed(field.type, inner, f"{path}.{name}")


def _default(field: Field) -> Value:
    if not field.optional:
        return MISSING
    return None if field.default is None else Fitting(_LITERAL).fit(field.default, field.type, "")


def _fitted(value: Value, kind: Type) -> Value:
    return Fitting(_LITERAL).value(value, kind, "", 0)
