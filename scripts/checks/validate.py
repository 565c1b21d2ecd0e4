"""All findings of the live tree at once: what `invoke validate` says and what every apply asks first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scripts.checks.environments import wrong_environments
from scripts.checks.expansion import expand
from scripts.checks.finding import Finding
from scripts.checks.graph import wrong_dependencies
from scripts.checks.mocks import wrong_mocks
from scripts.checks.names import too_long
from scripts.checks.places import wrong_places
from scripts.checks.regions import meeting_names
from scripts.checks.rules import broken
from scripts.checks.secrets import written_secrets
from scripts.checks.syntax import unreadable
from scripts.checks.values import given
from scripts.checks.zones import foreign_zones
from scripts.live.addresses import wrong_addresses
from scripts.live.modules import Module, read_module
from scripts.live.tree import Tree, Unit


class Library:
    """The modules of one run, each read once."""

    def __init__(self, repo: Path) -> None:
        self.repo = repo
        self.known: dict[str, Module] = {}

    def read(self, path: str) -> Module:
        """The module at *path*."""
        if path not in self.known:
            self.known[path] = read_module(self.repo, path)
        return self.known[path]


def validate(tree: Tree, units: tuple[Unit, ...] | None = None) -> tuple[Finding, ...]:
    """Every finding of the tree, each once, by place; *units* limits the checks of values to those units.

    What concerns the tree as a whole (syntax, addresses, the graph) is always checked: a change to one unit can
    break it for another.
    """
    library = Library(tree.repo)
    found = set(tree.problems)
    found.update(unreadable(tree.repo))
    found.update(wrong_environments(tree))
    found.update(wrong_addresses(tree.repo, frozenset(known.name for known in tree.environments)))
    found.update(wrong_places(tree))
    found.update(meeting_names(tree))
    found.update(wrong_dependencies(tree))
    found.update(written_secrets(tree.repo))
    found.update(foreign_zones(tree))
    found.update(wrong_mocks(tree, library.read))
    for unit in tree.units if units is None else units:
        if unit.module:
            found.update(_of_unit(tree.repo, unit, library))
    return tuple(sorted(found))


def _of_unit(repo: Path, unit: Unit, library: Library) -> Iterator[Finding]:
    module = library.read(unit.module)
    values = given(repo, unit, module)
    yield from values.findings
    if any(source.problem for source in module.sources):
        return
    instances = list(expand(module, values.values, library.read))
    yield from broken(unit, values, instances)
    yield from too_long(unit, values, instances)
