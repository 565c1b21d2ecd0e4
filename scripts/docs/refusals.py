"""Write down what each module refuses and what it says then: docs/refusals, from what the module tests provoked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from pathlib import Path

from scripts.live.modules import Module
from scripts.module_coverage.gaps import rules

FOLDER = "docs/refusals"
Refused = Mapping[str, Mapping[str, Set[str]]]
"""Messages by place of the rule, by module."""

HEAD = """# What the modules refuse

Every value below was given to its module by a test, and this is what the module said: the rule, and the value that broke
it. Terraform checks these before it plans, `./invoke validate` before Terraform starts.

The pages are written by `python -m pytest tests/modules -m "not slow" --module-coverage all --renew`; the module tests
fail when one is not current.

| domain | modules | rules |
|---|---|---|
"""


def pages(modules: Iterable[Module], refused: Refused) -> dict[str, str]:
    """Text by file name: a page a domain, and the page that lists them."""
    domains: dict[str, list[Module]] = {}
    for module in modules:
        if rules(module):
            domains.setdefault(module.path.split("/")[1], []).append(module)
    made = {f"{domain}.md": _page(domain, found, refused) for domain, found in domains.items()}
    rows = [
        f"| [{domain}]({domain}.md) | {len(found)} | {sum(len(rules(module)) for module in found)} |\n"
        for domain, found in sorted(domains.items())
    ]
    return {**made, "README.md": HEAD + "".join(rows)}


def outdated(repo: Path, made: Mapping[str, str]) -> list[str]:
    """Files of docs/refusals that are missing, too many, or say something else."""
    folder = repo / FOLDER
    kept = {file.name: file.read_text() for file in folder.glob("*.md")}
    return sorted(f"{FOLDER}/{name}" for name in {*kept, *made} if kept.get(name) != made.get(name))


def write(repo: Path, made: Mapping[str, str]) -> None:
    """Make docs/refusals what *made* says."""
    folder = repo / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.md"):
        file.unlink()
    for name, text in made.items():
        (folder / name).write_text(text)


def _page(domain: str, modules: Iterable[Module], refused: Refused) -> str:
    parts = [f"# What the modules of {domain} refuse\n"]
    for module in modules:
        name = module.path.removeprefix("modules/")
        seen = refused.get(name, {})
        parts.append(
            f"\n## [{name}](../../{module.path}/README.md)\n\n| input | Terraform says |\n|---|---|\n"
        )
        parts.extend(
            f"| `{guarded}` | {_cell(min(seen.get(place) or {'(no test provokes this)'}, key=_shortest))} |\n"
            for place, guarded in rules(module).items()
        )
    return "".join(parts)


def _shortest(text: str) -> tuple[int, str]:
    return len(text), text


def _cell(text: str) -> str:
    shown = " ".join(text.split())
    return (
        shown.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "\\<")
        .replace("*", "\\*")
        .replace("_", "\\_")
    )
