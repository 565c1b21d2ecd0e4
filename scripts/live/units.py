"""One unit of the live tree: what its folder and its definition say, read without a Terragrunt process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scripts.checks.finding import Finding, finding, unknown
from scripts.hcl.evaluate import Failed, Scope, Unknown, evaluate
from scripts.hcl.nodes import Block, Expression
from scripts.hcl.reader import Source, read
from scripts.live.terragrunt_values import file_scope

IMPORT_FILE = "stagecraft-import.tf"
"""Stands beside a unit while it imports a resource (scripts/states/importing.py)."""


@dataclass(frozen=True, slots=True)
class Dependency:
    """One dependency of a unit: whose outputs it reads, and with which stand-ins while they do not exist."""

    name: str
    unit: str
    file: str
    line: int
    mocks: Expression | None


@dataclass(frozen=True, slots=True)
class Unit:
    """One folder in live/ with a terragrunt.hcl. All paths are relative to the repository, with slashes."""

    path: str
    environment: str
    region: str
    system: str
    name: str
    definition: str
    module: str
    dependencies: tuple[Dependency, ...]
    tfvars: str

    @property
    def file(self) -> str:
        """The unit's terragrunt.hcl."""
        return f"{self.path}/terragrunt.hcl"

    @property
    def needs(self) -> tuple[str, ...]:
        """The paths of the units that this one needs."""
        return tuple(dict.fromkeys(dependency.unit for dependency in self.dependencies))


def unread(file: str, source: Source) -> Finding:
    """The finding for a file that could not be read."""
    assert source.problem is not None
    return finding(file, source.problem.line, "hcl-syntax", source.problem.message)


def read_unit(root: Path, place: str, problems: list[Finding]) -> Unit:
    _, environment, region, system, name = place.split("/")
    folder = root / place
    file = f"{place}/terragrunt.hcl"
    source = read(folder / "terragrunt.hcl")
    if source.problem:
        problems.append(unread(file, source))
    definition = _definition(root, folder, source, file, problems)
    blocks: list[tuple[str, Source, Scope]] = [
        (file, source, file_scope(root, folder / "terragrunt.hcl", folder))
    ]
    if definition:
        included = read(root / definition)
        if included.problem and not any(found.path == definition for found in problems):
            problems.append(unread(definition, included))
        blocks.append((definition, included, file_scope(root, root / definition, folder)))
    tfvars = f"{place}/terraform.tfvars" if (folder / "terraform.tfvars").is_file() else ""
    module = next((found for entry in blocks if (found := _module(root, folder, entry, problems))), "")
    needs = tuple(found for entry in blocks for found in _dependencies(root, folder, entry, problems))
    return Unit(place, environment, region, system, name, definition, module, needs, tfvars)


def _definition(root: Path, folder: Path, source: Source, file: str, problems: list[Finding]) -> str:
    """The unit definition: the include that leads below live/_units."""
    scope = file_scope(root, source.path, folder)
    for block in source.body.of_type("include"):
        value = _text(block, "path", scope)
        if value is None:
            problems.append(_unreadable(file, block, "path"))
            continue
        place = relative(root, folder, value)
        if place is None or not (root / place).is_file():
            message = (
                f'the include "{" ".join(block.labels)}" leads to {value}, which is no file; mend the path.'
            )
            problems.append(
                finding(file, block.line, "include-missing", _short(message, root), _short(value, root))
            )
        elif place.startswith("live/_units/"):
            return place
    return ""


def _module(root: Path, folder: Path, entry: tuple[str, Source, Scope], problems: list[Finding]) -> str:
    """The module's folder; everything left of ``//`` is what Terragrunt copies."""
    file, source, scope = entry
    for block in source.body.of_type("terraform"):
        if "source" not in block.body.assignments:
            continue
        value = _text(block, "source", scope)
        line = block.body.assignments["source"].line
        if value is None:
            problems.append(_unreadable(file, block, "source"))
            return ""
        place = relative(root, folder, value.replace("//", "/"))
        if place is None or not (root / place).is_dir():
            shown = value.replace(f"{root}/", "")
            known = {
                path.parent.relative_to(root).as_posix() for path in root.glob("modules/*/*/variables.tf")
            }
            found = unknown(
                file, line, "module-missing", "there is no module", shown.replace("//", "/"), known
            )
            if not any(old.path == file and old.rule == "module-missing" for old in problems):
                problems.append(found)
            return ""
        return place
    return ""


def _dependencies(
    root: Path, folder: Path, entry: tuple[str, Source, Scope], problems: list[Finding]
) -> Iterator[Dependency]:
    file, source, scope = entry
    for block in source.body.of_type("dependency"):
        if _switched_off(block, scope):
            continue
        value = _text(block, "config_path", scope)
        if value is None:
            problems.append(_unreadable(file, block, "config_path"))
            continue
        place = relative(root, folder, value) or _short(value, root)
        yield Dependency(" ".join(block.labels), place, file, block.line, block.body.value("mock_outputs"))
    for block in source.body.of_type("dependencies"):
        yield from _ordered(root, folder, file, block, scope, problems)


def _switched_off(block: Block, scope: Scope) -> bool:
    node = block.body.value("enabled")
    try:
        return node is not None and evaluate(node, scope) is False
    except (Unknown, Failed):
        return False


def _ordered(
    root: Path, folder: Path, file: str, block: Block, scope: Scope, problems: list[Finding]
) -> Iterator[Dependency]:
    """``dependencies { paths = [...] }``: order only, no outputs."""
    node = block.body.value("paths")
    try:
        values = evaluate(node, scope) if node is not None else []
    except (Unknown, Failed):
        values = None
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        problems.append(_unreadable(file, block, "paths"))
        return
    for value in values:
        yield Dependency(
            "", relative(root, folder, str(value)) or _short(str(value), root), file, block.line, None
        )


def _text(block: Block, name: str, scope: Scope) -> str | None:
    node = block.body.value(name)
    try:
        value = evaluate(node, scope) if node is not None else None
    except (Unknown, Failed):
        return None
    return value if isinstance(value, str) else None


def _unreadable(file: str, block: Block, name: str) -> Finding:
    line = block.body.assignments[name].line if name in block.body.assignments else block.line
    message = f'"{name}" of {block.type} cannot be read here; use get_repo_root() or get_terragrunt_dir().'
    return finding(file, line, "unreadable-path", message, name)


def relative(root: Path, folder: Path, value: str) -> str | None:
    """*value*, seen from *folder*, as a path relative to *root*; None when it leads outside."""
    absolute = PurePosixPath(os.path.normpath(folder / value))
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else None


def _short(text: str, root: Path) -> str:
    return text.replace(f"{root}/", "")
