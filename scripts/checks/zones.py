"""Availability zones in a tfvars are zones of the unit's own region."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks.finding import Finding, unknown
from scripts.hcl import nodes
from scripts.hcl.nodes import walk
from scripts.hcl.reader import read
from scripts.live.terragrunt_values import locals_of
from scripts.live.tree import Tree, Unit

_ZONE = re.compile(r"[a-z]{2}(?:-[a-z]+)+-[0-9][a-z]")


def foreign_zones(tree: Tree) -> Iterator[Finding]:
    """A finding for each zone that region.hcl does not list; AWS would only find out during the apply."""
    known: dict[str, tuple[str, ...]] = {}
    for unit in tree.units:
        if unit.tfvars:
            place = f"live/{unit.environment}/{unit.region}"
            if place not in known:
                known[place] = _zones(tree, place)
            yield from _in(tree, unit, known[place])


def _zones(tree: Tree, place: str) -> tuple[str, ...]:
    folder = tree.repo / place
    found = locals_of(tree.repo, folder / "region.hcl", folder).all().get("azs")
    return tuple(zone for zone in found if isinstance(zone, str)) if isinstance(found, list) else ()


def _in(tree: Tree, unit: Unit, zones: tuple[str, ...]) -> Iterator[Finding]:
    for assignment in read(tree.repo / unit.tfvars).body.assignments.values():
        for node in walk(assignment.value):
            text = node.value if isinstance(node, nodes.Literal) else None
            if isinstance(text, str) and zones and text not in zones and _ZONE.fullmatch(text):
                what = f"{unit.environment}/{unit.region} has no zone"
                yield unknown(unit.tfvars, node.line, "unknown-zone", what, text, zones)
