"""What a unit hands to its module, as plain values: its tfvars, perhaps edited, and its inputs with stand-ins.

So an engineer's edit can be planned in half a second, without anything applied.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scripts.hcl.evaluate import MISSING, Lazy, Scope, evaluate
from scripts.hcl.functions import TERRAFORM
from scripts.hcl.parser import parse
from scripts.live.inputs import inputs_of
from scripts.live.modules import read_module
from scripts.live.tree import Tree, read_tree
from scripts.live.units import Unit
from scripts.machine import REPOSITORY

LITERAL = Scope({}, TERRAFORM)
Outputs = Mapping[str, Mapping[str, Any]]


@cache
def _tree(root: Path) -> Tree:
    return read_tree(root)


def unit_at(path: str, root: Path = REPOSITORY) -> Unit:
    """The unit at live/*path*."""
    unit = _tree(root).unit(f"live/{path}")
    assert unit is not None, f"live/{path} is no unit"
    return unit


def values_of(
    path: str,
    edits: Mapping[str, str] | None = None,
    outputs: Outputs | None = None,
    root: Path = REPOSITORY,
) -> dict[str, Any]:
    """The variables of the unit's module.

    *edits* replace pieces of the tfvars, each of which stands there exactly once; *outputs* replace stand-ins, by
    the dependency's name. The tree is this checkout's, or the one at *root*.
    """
    unit = unit_at(path, root)
    text = (root / unit.tfvars).read_text()
    for old, new in (edits or {}).items():
        assert text.count(old) == 1, f"{unit.tfvars} holds {old!r} {text.count(old)} times"
        text = text.replace(old, new)
    values = {name: evaluate(found.value, LITERAL) for name, found in parse(text)[0].assignments.items()}
    module = read_module(root, unit.module)
    for name, item in inputs_of(root, unit).items.items():
        if name in module.variables:
            values[name] = evaluate(item.node, _with_outputs(item.scope, outputs or {}))
    plain = {name: _plain(value) for name, value in values.items()}
    assert MISSING not in plain.values(), [name for name, value in plain.items() if value is MISSING]
    return plain


def _with_outputs(scope: Scope, outputs: Outputs) -> Scope:
    known: Any = scope.names["dependency"]
    merged = {
        name: {"outputs": {**found["outputs"], **outputs.get(name, {})}} for name, found in known.items()
    }
    return scope.with_names({"dependency": merged})


def _plain(value: Any) -> Any:
    if isinstance(value, Lazy):
        return _plain(value.all())
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def everything(plan: Any) -> dict[str, dict[str, Any]]:
    """Planned values of a plan's resources, by full address."""
    changes = plan.resource_changes.items()
    return {address: change["change"]["after"] for address, change in changes if change["change"]["after"]}


def difference(before: Any, after: Any) -> dict[str, Any]:
    """By address: "added", "removed", or which attributes differ."""
    old, new = everything(before), everything(after)
    found: dict[str, Any] = dict.fromkeys(new.keys() - old.keys(), "added")
    found |= dict.fromkeys(old.keys() - new.keys(), "removed")
    for address in old.keys() & new.keys():
        names = old[address].keys() | new[address].keys()
        if names := {name for name in names if old[address].get(name) != new[address].get(name)}:
            found[address] = names
    return found
