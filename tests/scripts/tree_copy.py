"""A copy of the live tree and all it reads, committed, in which a test changes one thing and asks what that means."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from scripts.impact.snapshot import Snapshot
from scripts.impact.spread import Effect, Impact, impact_of_files
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY

ORDERS = "live/dev/us-east-1/order-analytics"
COPIED = (
    "live",
    "modules",
    "functions",
    "terragrunt.hcl",
    ".terraform.lock.hcl",
    "scripts/package_function.py",
)


def git(root: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@t", *words],
        cwd=root,
        check=True,
        capture_output=True,
    )


@dataclass(frozen=True)
class Copy:
    """A copy of the live tree and all it reads, and how dev was before a test changed it."""

    root: Path
    before: Snapshot

    def now(self, environment: str = "dev") -> Snapshot:
        """The tree as it stands; environments share no unit, so one is enough."""
        tree = read_tree(self.root)
        return Snapshot.at(replace(tree, units=tree.select(environment)))

    def effects(self, *files: str) -> dict[str, Effect]:
        """What a change of these files means for dev."""
        return found_by_unit(impact_of_files(self.now(), self.before, files))

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace one text, which must be there exactly once."""
        text = (self.root / file).read_text()
        assert text.count(old) == 1, f"{file} holds {old!r} {text.count(old)} times"
        (self.root / file).write_text(text.replace(old, new))


def committed_copy(folder: Path) -> Copy:
    """The copy as one commit on main."""
    root = folder / "tree"
    for name in COPIED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, root / name)
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "as it stands")
    again = root.parent / "before"
    shutil.copytree(root, again, ignore=shutil.ignore_patterns(".git"))
    tree = read_tree(again)
    return Copy(root, Snapshot.at(replace(tree, units=tree.select("dev"))))


def restored(copy: Copy) -> Iterator[Copy]:
    """For a fixture: what a test changes in the copy is undone."""
    yield copy
    git(copy.root, "reset", "--quiet", "--hard", "main")
    git(copy.root, "clean", "--quiet", "-fd")


def with_effect(found: dict[str, Effect], effect: str) -> set[str]:
    return {path.removeprefix(f"{ORDERS}/") for path, row in found.items() if row.effect == effect}


def found_by_unit(found: Impact) -> dict[str, Effect]:
    return {effect.unit: effect for effect in found.effects}


STORAGE = f"{ORDERS}/storage/terraform.tfvars"
NOTIFICATION, MONITORING = f"{ORDERS}/notification/terraform.tfvars", f"{ORDERS}/monitoring/terraform.tfvars"
