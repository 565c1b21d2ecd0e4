"""Two regions of one environment give different names: roles, policies and buckets are known in all of an account."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.checks.finding import Finding, finding
from scripts.hcl.evaluate import MISSING, Value
from scripts.hcl.fitting import shown
from scripts.hcl.reader import read
from scripts.live.terragrunt_values import locals_of
from scripts.live.tree import Environment, Tree

_SUFFIX = re.compile(r"(-[a-z0-9]+)?")


def meeting_names(tree: Tree) -> Iterator[Finding]:
    """A finding for each region whose names would be those of another one."""
    for environment in tree.environments:
        yield from _among(tree, environment)


def _among(tree: Tree, environment: Environment) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for region in environment.regions:
        file = f"live/{environment.name}/{region}/region.hcl"
        suffix = _suffix(tree, file)
        line = _line(tree, file)
        if suffix is MISSING:
            continue
        if not isinstance(suffix, str) or not _SUFFIX.fullmatch(suffix):
            message = (
                f'"name_suffix" must be "" or a hyphen with small letters and digits, not {shown(suffix)}; '
                'write one such as "-usw2".'
            )
            yield finding(file, line, "region-suffix", message, shown(suffix), '"-usw2"')
        elif suffix in taken:
            message = (
                f'{taken[suffix]} has the name_suffix "{suffix}" too, so roles and buckets of the two would be '
                "called the same; give this region one of its own."
            )
            yield finding(file, line, "region-suffix", message, suffix)
        else:
            taken[suffix] = region


def _suffix(tree: Tree, file: str) -> Value:
    """What the file says; a region without the value has none, like the first one."""
    path = tree.repo / file
    return locals_of(tree.repo, path, path.parent).all().get("name_suffix", "") if path.is_file() else ""


def _line(tree: Tree, file: str) -> int:
    if not (tree.repo / file).is_file():
        return 0
    for block in read(tree.repo / file).body.of_type("locals"):
        if "name_suffix" in block.body.assignments:
            return block.body.assignments["name_suffix"].line
    return 1
