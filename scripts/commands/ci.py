"""invoke ci.*"""

from __future__ import annotations

import json
import sys
from dataclasses import replace

from scripts.checks.finding import Refused
from scripts.checks.validate import Library
from scripts.ci import document, rows
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.impact.snapshot import Snapshot, base_commit, changed_files, snapshot_of
from scripts.impact.spread import PERHAPS, PLANS, impact_of_files
from scripts.live.tree import Tree


def matrix(flags: Flags, base: str) -> int:
    """Print the rows as one line of JSON, for GitHub's fromJSON; with *base* only what changed since concerns."""
    tree = options.tree()
    if tree.problems:
        raise Refused(tree.problems)
    chosen = tree.select(flags.env or None, flags.system or None)
    tree = replace(
        tree,
        units=chosen,
        environments=tuple(each for each in tree.environments if not flags.env or each.name == flags.env),
    )
    touched = _touched(tree, base) if base else None
    sys.stdout.write(json.dumps(document(rows(tree, Library(tree.repo), touched)), sort_keys=True) + "\n")
    return options.FINE


def _touched(tree: Tree, base: str) -> frozenset[str]:
    """The units that a change since *base* makes plan again, or may."""
    commit = base_commit(tree.repo, base)
    files = changed_files(tree.repo, commit)
    with snapshot_of(tree.repo, commit) as before:
        found = impact_of_files(Snapshot.at(tree), before, files)
    return frozenset(found.of(PLANS) + found.of(PERHAPS))
