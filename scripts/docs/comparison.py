"""Write docs/comparison.md: our modules beside the best known ones, counted alike from their files.

``python -m scripts.docs.comparison`` writes; with folders it counts them, which is how the others' numbers were got.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.hcl.nodes import Literal, Name, walk
from scripts.hcl.reader import read
from scripts.live.modules import module_paths

DOCUMENT = "docs/comparison.md"
OTHERS = "docs/comparison.toml"
HEAD = """# The modules beside others

Others' numbers are those of the versions named, ours those of this tree. All were counted by one function from the .tf
files of the module's own folder (`python -m scripts.docs.comparison <folder>...`). "Off" names what a caller of the
module gets only by asking for it, where ours has it on or makes the caller decide; it was read from their defaults.

| module | variables | `any` or untyped | validations | `nullable = false` | outputs | longest file | off by default |
|---|---|---|---|---|---|---|---|
"""
LIBRARIES = """
What a library checks and whether it is tested that it does: a test of a refusal gives a wrong value and asserts the
error (`expect_failures` in Terraform's tests, `pytest.raises` around a plan in Python's).

| library | modules | variables | `any` or untyped | validations | refusals tested |
|---|---|---|---|---|---|
"""
FOOT = """
Theirs do more: terraform-aws-vpc has database, redshift, elasticache and outpost subnets, and cloud-foundation-fabric is
for another cloud. Fewer variables here come from typed objects and from settings that are decided once, not from fewer
checks: [what ours refuse](refusals/README.md).
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the .tf files of one folder hold."""

    variables: int = 0
    any: int = 0
    validations: int = 0
    not_nullable: int = 0
    outputs: int = 0
    longest_file: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.variables + other.variables,
            self.any + other.any,
            self.validations + other.validations,
            self.not_nullable + other.not_nullable,
            self.outputs + other.outputs,
            max(self.longest_file, other.longest_file),
        )


def count(folder: Path) -> Counts:
    """Count the variables of one module: those whose type says ``any`` or is missing, their validations, and so on."""
    total = Counts()
    for file in sorted(folder.glob("*.tf")):
        body = read(file).body
        variables = list(body.of_type("variable"))
        types = [block.body.value("type") for block in variables]
        nullable = [block.body.value("nullable") for block in variables]
        total += Counts(
            len(variables),
            sum(
                node is None or any(isinstance(part, Name) and part.name == "any" for part in walk(node))
                for node in types
            ),
            sum(1 for block in variables for _ in block.body.of_type("validation")),
            sum(isinstance(node, Literal) and node.value is False for node in nullable),
            sum(1 for _ in body.of_type("output")),
            len(file.read_text().splitlines()),
        )
    return total


def page(repo: Path) -> str:
    """The whole page."""
    others = tomllib.loads((repo / OTHERS).read_text())
    ours = {path.removeprefix("modules/"): count(repo / path) for path in module_paths(repo)}
    lines = [HEAD]
    for pair in others["pair"]:
        lines.extend(
            _row(f"{one['name']} {one['version']}", Counts(**one["counts"]), one["off"])
            for one in pair["theirs"]
        )
        mine = sum((ours[name] for name in pair["ours"]), Counts())
        lines.append(_row(f"**{', '.join(pair['ours'])}**", mine, pair["off"]))
    lines.append(LIBRARIES)
    lines.extend(
        _library(f"{one['name']} {one['version']}".strip(), one["modules"], one) for one in others["library"]
    )
    whole = sum(ours.values(), Counts())
    refused = {**vars_of(whole), "refusals": f"each of the {whole.validations} validations"}
    lines.append(_library("**ours**", len(ours), refused))
    return "".join(lines) + FOOT


def vars_of(counts: Counts) -> dict[str, Any]:
    """The numbers that the table of libraries shows."""
    return {"variables": counts.variables, "any": counts.any, "validations": counts.validations}


def _row(name: str, counts: Counts, off: str) -> str:
    cells = (
        name,
        counts.variables,
        counts.any,
        counts.validations,
        counts.not_nullable,
        counts.outputs,
        counts.longest_file,
        off,
    )
    return f"| {' | '.join(map(str, cells))} |\n"


def _library(name: str, modules: int, numbers: dict[str, Any]) -> str:
    cells = (name, modules, numbers["variables"], numbers["any"], numbers["validations"], numbers["refusals"])
    return f"| {' | '.join(map(str, cells))} |\n"


def main(folders: Sequence[str]) -> int:
    """Count the folders, or without any, renew the document."""
    repo = Path(__file__).resolve().parents[2]
    if folders:
        print("\n".join(_told(folders)))
        return 0
    (repo / DOCUMENT).write_text(page(repo))
    return 0


def _told(folders: Iterable[str]) -> Iterable[str]:
    return (f"{folder}: {count(Path(folder))}" for folder in folders)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
