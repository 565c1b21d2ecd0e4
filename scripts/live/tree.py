"""The live tree: environments and units, read once into frozen values.

No Terragrunt process is needed: a unit's place says what it is, and its definition is plain HCL.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from scripts.checks.finding import Finding, Refused, finding, unknown
from scripts.hcl.evaluate import Value
from scripts.hcl.reader import read
from scripts.live.terragrunt_values import locals_of
from scripts.live.units import Dependency, Unit, read_unit, unread

DEPTH = 5
"""live / environment / region / system / unit: the folder path is the address."""


@dataclass(frozen=True, slots=True)
class Environment:
    """One environment: its env.hcl and what it says."""

    name: str
    file: str
    account_id: str
    regions: tuple[str, ...]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Tree:
    """Everything that stands in live/, and what kept parts of it from being read."""

    repo: Path
    environments: tuple[Environment, ...]
    units: tuple[Unit, ...]
    problems: tuple[Finding, ...]

    def unit(self, path: str) -> Unit | None:
        """The unit at *path*, if there is one."""
        return next((unit for unit in self.units if unit.path == path), None)

    def select(
        self, environment: str | None = None, system: str | None = None, unit: str | None = None
    ) -> tuple[Unit, ...]:
        """The units that fit every given word; *system* may be several, by commas; *unit* is a glob on its name,
        system/name or path, or "!" and one for all others.

        Raises Refused with the allowed words when a word fits nothing.
        """
        found = self.units
        if environment is not None:
            _known("--env", "environment", environment, {known.name for known in self.environments})
            found = tuple(known for known in found if known.environment == environment)
        if system is not None:
            # An empty word, from a stray comma or a script's empty variable, is refused: "all" would be far too much.
            words = [word.strip() for word in system.split(",")]
            for word in words:
                _known("--system", "system", word, {known.system for known in found})
            found = tuple(known for known in found if known.system in words)
        if unit is not None:
            chosen = tuple(known for known in found if _fits(known, unit))
            if not chosen:
                raise Refused([_no_unit(unit, found)])
            found = chosen
        return found


def _known(flag: str, what: str, read: str, allowed: set[str]) -> None:
    if read not in allowed:
        raise Refused([unknown(flag, 0, f"unknown-{what}", f"there is no {what}", read, allowed)])


def _no_unit(read: str, units: tuple[Unit, ...]) -> Finding:
    return unknown("--unit", 0, "unknown-unit", "no unit fits", read, {unit.name for unit in units})


def _fits(unit: Unit, glob: str) -> bool:
    if glob.startswith("!"):
        return not _fits(unit, glob[1:])
    wanted = glob.rstrip("/").removeprefix("./")
    return any(fnmatchcase(name, wanted) for name in (unit.name, f"{unit.system}/{unit.name}", unit.path))


def read_tree(repo: Path) -> Tree:
    """Read live/ below *repo*; what cannot be read becomes a problem, never an exception."""
    root = Path(os.path.abspath(repo))  # noqa: PTH100 - resolve() would follow the links that a check must see
    problems: list[Finding] = []
    if not (root / "live").is_dir():
        problems.append(finding("live", 0, "no-live-tree", "there is no folder live; run from the project."))
        return Tree(root, (), (), tuple(problems))
    environments = tuple(_environment(root, name, problems) for name in _folders(root / "live"))
    units = tuple(
        read_unit(root, place, problems)
        for environment in environments
        for place in sorted(_unit_folders(root, f"live/{environment.name}", problems))
    )
    return Tree(root, environments, units, tuple(problems))


def _folders(path: Path) -> list[str]:
    """Sub-folders that hold configuration: not _units, not caches."""
    with os.scandir(path) as entries:
        return sorted(entry.name for entry in entries if entry.is_dir() and entry.name[0] not in "._")


def _environment(root: Path, name: str, problems: list[Finding]) -> Environment:
    file = f"live/{name}/env.hcl"
    source = read(root / file)
    if source.problem:
        problems.append(unread(file, source))
    values = locals_of(root, root / file, root / "live" / name).all()
    account = values.get("account_id")
    return Environment(
        name, file, account if isinstance(account, str) else "", tuple(_folders(root / "live" / name)), values
    )


def _unit_folders(root: Path, folder: str, problems: list[Finding]) -> Iterator[str]:
    """Every folder with a terragrunt.hcl; one at the wrong depth or behind a link is a problem, values without one too."""
    with os.scandir(root / folder) as found:
        entries = tuple(found)
    names = {entry.name for entry in entries}
    if "terraform.tfvars" in names and "terragrunt.hcl" not in names:
        what = "belongs to no unit, as no terragrunt.hcl stands beside it; add one with the two includes, or remove it."
        problems.append(_place_problem(f"{folder}/terraform.tfvars", what))
    for entry in entries:
        place = f"{folder}/{entry.name}"
        if entry.is_symlink():
            problems.append(
                _place_problem(place, "is a link; make it a folder, so that its path is its address.")
            )
        elif entry.is_dir() and entry.name[0] != ".":
            yield from _unit_folders(root, place, problems)
        elif entry.name == "terragrunt.hcl":
            if folder.count("/") == DEPTH - 1:
                yield folder
            else:
                wanted = "live/<environment>/<region>/<system>/<unit>/terragrunt.hcl"
                problems.append(
                    _place_problem(place, f"does not stand where a unit must; move it to {wanted}.")
                )


def _place_problem(place: str, what: str) -> Finding:
    return finding(place, 0, "unit-place", f"this {what}", place)


__all__ = ["Dependency", "Environment", "Tree", "Unit", "read_tree"]
