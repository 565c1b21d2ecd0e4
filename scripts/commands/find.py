"""invoke find"""

from __future__ import annotations

from dataclasses import asdict, replace

from scripts import output
from scripts.checks.finding import Refused
from scripts.checks.validate import Library
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.find import find as mentions_of


def find(flags: Flags, word: str) -> int:
    """Say where *word* is defined, set and used, and what depends on it. Reads files only."""
    tree = options.tree()
    if tree.problems:
        raise Refused(tree.problems)
    tree = replace(tree, units=tree.select(flags.env or None, flags.system or None, flags.unit or None))
    found = mentions_of(tree, Library(tree.repo), word)
    if flags.json:
        output.emit_json([asdict(mention) for mention in found])
        return options.FINE
    output.table("", ("", "", "place", "what"), [[hit.kind, hit.role, hit.place, hit.text] for hit in found])
    return options.FINE
