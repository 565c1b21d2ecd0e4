"""The work of a pipeline, fanned out: one row for each environment and system, in layers that wait for each other.

The graph is the units' own: a system waits for the systems that it reads. Systems that read each other share a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict, dataclass

from scripts.checks.validate import Library
from scripts.live.resources import resources_of
from scripts.live.tree import Tree
from scripts.live.units import Unit
from scripts.pictures.layers import ranks

ACCESS = "modules/security/ci-access"
"""The module that makes the roles of a pipeline."""


@dataclass(frozen=True, slots=True)
class Row:
    """One job; *system* may be several, by commas, as --system takes them."""

    env: str
    system: str
    layer: int
    account: str
    region: str
    plan_role: str
    apply_role: str
    units: int


def rows(tree: Tree, library: Library, touched: Set[str] | None = None) -> tuple[Row, ...]:
    """Every environment's rows, the first layer first; with *touched* only those that hold one of these units."""
    found = [
        row
        for environment in tree.environments
        for row in _of_environment(tree, library, environment.name, touched)
    ]
    order = {environment.name: place for place, environment in enumerate(tree.environments)}
    return tuple(sorted(found, key=lambda row: (order[row.env], row.layer, row.system)))


def _of_environment(tree: Tree, library: Library, name: str, touched: Set[str] | None) -> list[Row]:
    units = [unit for unit in tree.units if unit.environment == name]
    account = next((each.account_id for each in tree.environments if each.name == name), "")
    roles = _roles(tree, library, units)
    made = []
    for group, layer in _layers(units).items():
        own = [unit for unit in units if unit.system in group]
        if touched is not None and not any(unit.path in touched for unit in own):
            continue
        regions = sorted({unit.region for unit in own}, key=lambda region: -_in(region, own))
        joined = ",".join(group)
        made.append(
            Row(
                name,
                joined,
                layer,
                account,
                regions[0],
                roles.get("plan", ""),
                roles.get("apply", ""),
                len(own),
            )
        )
    return made


def _in(region: str, units: Iterable[Unit]) -> int:
    return sum(unit.region == region for unit in units)


def _layers(units: Iterable[Unit]) -> dict[tuple[str, ...], int]:
    """Groups of systems that read each other, and the layer of each group, from 1."""
    listed = list(units)
    system_of = {unit.path: unit.system for unit in listed}
    needs: dict[str, set[str]] = {unit.system: set() for unit in listed}
    for unit in listed:
        needs[unit.system] |= {system_of[need] for need in unit.needs if need in system_of} - {unit.system}
    far = {system: _reached(system, needs) for system in needs}
    group = {
        system: tuple(sorted({system} | {other for other in far[system] if system in far[other]}))
        for system in sorted(needs)
    }
    names = sorted(set(group.values()))
    keys = {names_of: ",".join(names_of) for names_of in names}
    edges = sorted(
        {
            (keys[group[need]], keys[group[system]])
            for system in needs
            for need in needs[system]
            if group[need] != group[system]
        }
    )
    rank = ranks([keys[found] for found in names], edges)
    return {found: rank[keys[found]] + 1 for found in names}


def _reached(start: str, needs: Mapping[str, Set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(needs[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(needs[name])
    return seen


def _roles(tree: Tree, library: Library, units: Iterable[Unit]) -> dict[str, str]:
    """The names of the roles that runs of this environment take on, by what they may do."""
    return {
        resource.key: resource.name
        for unit in units
        if unit.module == ACCESS
        for resource in resources_of(tree, unit, library)
        if resource.type == "aws_iam_role"
    }


def document(found: Iterable[Row]) -> dict[str, object]:
    """What a workflow reads: all rows, and the same by layer; ``include`` is GitHub's word for a matrix of rows."""
    listed = list(found)
    last = max((row.layer for row in listed), default=0)
    return {
        "include": [asdict(row) for row in listed],
        "layers": [
            {"include": [asdict(row) for row in listed if row.layer == layer]} for layer in range(1, last + 1)
        ],
        "count": len(listed),
    }
