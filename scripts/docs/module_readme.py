"""Fill the tables of inputs and outputs in the modules' READMEs: ``python -m scripts.docs.module_readme``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.checks.finding import Finding, finding
from scripts.hcl.types import written
from scripts.hcl.writer import lines_of_type, outline, text_of_expression
from scripts.live.modules import Module, Variable, module_paths, read_module

BEGIN = "<!-- generated: inputs and outputs -->"
END = "<!-- end generated -->"
LONGEST = 60
"""A type longer than this makes a table unreadable; it is written below the table instead."""


def tables(module: Module) -> str:
    """What stands between the markers."""
    variables = sorted(module.variables.values(), key=lambda found: (not found.required, found.name))
    parts = [
        "## Inputs\n",
        _table(
            ("Name", "Description", "Type", "Default"),
            [
                (f"`{found.name}`", found.description, f"`{_short(found)}`", _default(found))
                for found in variables
            ],
        ),
        *(
            f"\nType of `{found.name}`:\n\n```terraform\n{lines_of_type(found.type)}\n```\n"
            for found in variables
            if _long(found)
        ),
        "\n## Outputs\n",
        _table(
            ("Name", "Description"),
            [(f"`{name}`", module.outputs[name].description) for name in sorted(module.outputs)],
        ),
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts).replace("\n\n\n", "\n\n")


def _long(variable: Variable) -> bool:
    return len(written(variable.type)) > LONGEST


def _short(variable: Variable) -> str:
    return outline(variable.type) if _long(variable) else written(variable.type)


def _default(variable: Variable) -> str:
    if variable.default is None:
        return "required"
    text = text_of_expression(variable.default)
    return f"`{text}`" if len(text) <= LONGEST else "see variables.tf"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return "None.\n"
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    shown = " ".join(text.split()).replace("|", "\\|")
    return shown if shown.startswith("`") else shown.replace("<", "\\<")


def filled(readme: str, module: Module) -> str | None:
    """*readme* with current tables; None when it lacks the markers."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        return None
    return f"{before}{BEGIN}\n{tables(module)}{END}{after}"


def outdated(repo: Path, paths: Sequence[str]) -> Iterator[Finding]:
    """A finding for each README that is missing, lacks the markers or is not current."""
    for path in paths:
        file = repo / path / "README.md"
        place = f"{path}/README.md"
        text = file.read_text() if file.is_file() else ""
        new = filled(text, read_module(repo, path))
        if new is None:
            message = f"the README is missing or lacks the markers {BEGIN} and {END}; add them."
            yield finding(place, 0, "readme-markers", message)
        elif new != text:
            message = "the tables are not current; run python -m scripts.docs.module_readme."
            yield finding(place, text[: text.index(BEGIN)].count("\n") + 1, "readme-outdated", message)


def write(repo: Path, paths: Sequence[str]) -> tuple[str, ...]:
    """Bring the READMEs up to date; returns those that changed."""
    changed: list[str] = []
    for path in paths:
        file = repo / path / "README.md"
        if not file.is_file():
            continue
        text = file.read_text()
        new = filled(text, read_module(repo, path))
        if new is not None and new != text:
            file.write_text(new)
            changed.append(f"{path}/README.md")
    return tuple(changed)


def main(arguments: Sequence[str]) -> int:
    """With --check only say what is not current (exit 2), otherwise write."""
    repo = Path(__file__).resolve().parents[2]
    paths = [word.rstrip("/") for word in arguments if word != "--check"] or list(module_paths(repo))
    if "--check" in arguments:
        found = list(outdated(repo, paths))
        print("\n".join(map(str, found)) or "All module READMEs are current.")
        return 2 if found else 0
    print("\n".join(write(repo, paths)) or "Nothing to change.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
