"""A digest of everything in the repository that a unit is made of: the same digest, the same plan (but for the world)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.live.modules import with_calls
from scripts.live.units import Unit

SHARED = ("terragrunt.hcl", ".terraform.lock.hcl", "live/*.hcl")
LEFT_OUT = {"__pycache__", ".terragrunt-cache", ".terraform", ".external_modules", "tests"}


def digests(repository: Path, units: Iterable[Unit]) -> Mapping[str, str]:
    """The digest of each unit, by its path."""
    files = _Files(repository)
    shared = files.of([path for glob in SHARED for path in repository.glob(glob)])
    found = {}
    for unit in units:
        region = f"live/{unit.environment}/{unit.region}"
        own = [
            shared,
            files.of([repository / f"live/{unit.environment}/env.hcl", repository / region / "region.hcl"]),
            files.below(unit.path),
            files.below(f"live/_units/{unit.system}"),
            files.below("functions"),
            *(files.module(unit.module)),
        ]
        found[unit.path] = hashlib.sha256("".join(own).encode()).hexdigest()
    return found


class _Files:
    """Digests of files and folders, each read once: units share most of what they are made of."""

    def __init__(self, repository: Path) -> None:
        self.repository = repository
        self._folders: dict[str, str] = {}
        self._modules: dict[str, tuple[str, ...]] = {}

    def of(self, files: Iterable[Path]) -> str:
        made = hashlib.sha256()
        for file in sorted(files):
            if file.is_file():
                made.update(f"{file.relative_to(self.repository)}\0".encode())
                made.update(hashlib.sha256(file.read_bytes()).digest())
        return made.hexdigest()

    def below(self, folder: str) -> str:
        if folder not in self._folders:
            top = self.repository / folder
            self._folders[folder] = self.of(
                path for path in top.rglob("*") if not LEFT_OUT & set(path.relative_to(top).parts)
            )
        return self._folders[folder]

    def module(self, path: str) -> tuple[str, ...]:
        if path not in self._modules:
            called = with_calls(self.repository, path)
            self._modules[path] = tuple(self.below(module.path) for module in called)
        return self._modules[path]
