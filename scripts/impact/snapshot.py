"""The tree at one moment: as it stands, or as it was in a commit."""

from __future__ import annotations

import contextlib
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts import processes
from scripts.checks.finding import Finding, Refused
from scripts.checks.validate import Library
from scripts.checks.values import given
from scripts.hcl.evaluate import MISSING, Failed, Lazy, Unknown, Value
from scripts.impact.reading import Reader, Reading, Setting
from scripts.live.terragrunt_values import locals_of
from scripts.live.tree import Tree, read_tree
from scripts.live.units import Unit


@dataclass(slots=True)
class Snapshot:
    """A tree, and what was already read of it."""

    tree: Tree
    library: Library
    reader: Reader
    _values: dict[str, dict[str, Value]] = field(default_factory=dict)
    _readings: dict[str, Reading] = field(default_factory=dict)

    @classmethod
    def at(cls, tree: Tree) -> Snapshot:
        """The tree as it was read."""
        library = Library(tree.repo)
        return cls(tree, library, Reader(tree.repo, library))

    def path(self, file: str) -> Path:
        """Where *file* of the repository stands."""
        return self.tree.repo / file

    def reading(self, unit: Unit) -> Reading:
        """What *unit* reads."""
        if unit.path not in self._readings:
            self._readings[unit.path] = self.reader.reading(unit)
        return self._readings[unit.path]

    def values(self, unit: Unit) -> dict[str, Value]:
        """What reaches the unit's module, MISSING where only an apply knows; nothing without a module."""
        if unit.path not in self._values:
            module = self.library.read(unit.module) if unit.module else None
            found = given(self.tree.repo, unit, module).values if module else {}
            self._values[unit.path] = {name: self._portable(value) for name, value in found.items()}
        return self._values[unit.path]

    def setting(self, unit: Unit, setting: Setting) -> Value:
        """One setting as *unit* sees it."""
        path, name = setting
        found = locals_of(self.tree.repo, self.path(path), self.path(unit.path))
        try:
            return self._portable(found.get(name) if name else found.all())
        except (Unknown, Failed):
            return MISSING

    def _portable(self, value: Value) -> Value:
        """The same in every folder: two snapshots stand in different ones."""
        if isinstance(value, Lazy):
            return self._portable(value.all())
        if isinstance(value, str):
            return value.replace(str(self.tree.repo), "")
        if isinstance(value, list):
            return [self._portable(inner) for inner in value]
        if isinstance(value, dict):
            return {name: self._portable(inner) for name, inner in value.items()}
        return value


def base_commit(repo: Path, base: str) -> str:
    """The commit from which the work in this folder began: where it parted from *base*."""
    finished = processes.run(["git", "merge-base", "HEAD", base], cwd=repo, check=False)
    if finished.code == 0:
        return finished.out.strip()
    message = (
        f'git knows no common commit of HEAD and "{base}" ({finished.last_lines(1) or "none"}); '
        "name another with --base, or name files with --changed."
    )
    raise Refused([Finding("--base", 0, "unknown-base", base, "", "", message)])


def changed_files(repo: Path, commit: str) -> frozenset[str]:
    """What differs from *commit* here: committed since, staged, edited, new."""
    shown = processes.run(["git", "diff", "--name-only", "--no-renames", "-z", commit], cwd=repo)
    new = processes.run(["git", "ls-files", "--others", "--exclude-standard", "-z"], cwd=repo)
    return frozenset(name for name in (shown.out + new.out).split("\0") if name)


@contextlib.contextmanager
def snapshot_of(repo: Path, commit: str) -> Iterator[Snapshot]:
    """The tree of *commit*, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "commit.tar"
        processes.run(["git", "archive", "--output", archive, commit], cwd=repo)
        place = Path(folder).resolve() / "tree"
        place.mkdir()
        with tarfile.open(archive) as packed:
            packed.extractall(place, filter="data")
        yield Snapshot.at(read_tree(place))
