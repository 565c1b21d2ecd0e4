"""Folders and files in live/ are what their place says, and nothing overrides a unit behind its tfvars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.checks.finding import Finding, finding
from scripts.hcl.nodes import Body
from scripts.hcl.reader import read
from scripts.live.tree import Tree, Unit
from scripts.live.units import IMPORT_FILE

_FOLDER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FILES = {"terragrunt.hcl", "terraform.tfvars"}
_MOVED = "moved.tf"
"""Where a unit says that a key of its tfvars was renamed: Terragrunt copies it to the module's files."""


def wrong_places(tree: Tree) -> Iterator[Finding]:
    """Everything wrong with names of folders and files."""
    names: dict[tuple[str, str, str], Unit] = {}
    for unit in tree.units:
        for part in (unit.environment, unit.system, unit.name):
            if not _FOLDER.fullmatch(part):
                message = f'"{_printable(part)}" must be small letters, digits and single hyphens; rename the folder.'
                yield finding(unit.path, 0, "folder-name", message, part)
        yield from _strangers(tree, unit)
        readable = read(tree.repo / unit.file).problem is None
        if readable and not unit.definition and not unit.module:
            message = (
                "this unit includes no definition from live/_units and has no source; add the two includes."
            )
            yield finding(unit.file, 1, "no-definition", message)
        # Resources are called <project>-<env>-<system>-<thing>: x-y/z and x/y-z would meet in one account.
        key = (unit.environment, unit.region, f"{unit.system}-{unit.name}")
        other = names.setdefault(key, unit)
        if other is not unit:
            message = f"its names are the same as those of {other.path}; rename one of the two."
            yield finding(unit.path, 0, "unit-twice", message, unit.path)


def _strangers(tree: Tree, unit: Unit) -> Iterator[Finding]:
    for path in sorted((tree.repo / unit.path).iterdir()):
        place = f"{unit.path}/{path.name}"
        if path.is_symlink() or path.name[0] == ".":
            continue  # a link is refused where the tree is read
        if path.name == IMPORT_FILE and _imports_only(path):
            continue
        if path.is_dir():
            yield finding(place, 0, "stray-file", "a unit holds no folders; move it out of live/.", path.name)
        elif path.name == _MOVED:
            yield from _only_moves(place, read(path).body)
        elif path.name not in _FILES and path.suffix in (".tf", ".tfvars", ".hcl", ".json"):
            message = "Terraform would read this file beside terraform.tfvars and may override it; move its values there."
            yield finding(place, 0, "stray-file", message, path.name)


def _imports_only(path: Path) -> bool:
    body = read(path).body
    return bool(body.blocks) and not body.assignments and {block.type for block in body.blocks} == {"import"}


def _only_moves(place: str, body: Body) -> Iterator[Finding]:
    for line, name in [(found.line, found.name) for found in body.assignments.values()] + [
        (block.line, block.type) for block in body.blocks if block.type != "moved"
    ]:
        message = f'"{_printable(name)}" does not belong here: moved.tf of a unit holds moved blocks only.'
        yield finding(place, line, "moved-only", message, name, "moved")


def _printable(text: str) -> str:
    return text.encode("unicode_escape").decode()
