"""Everything that is generated and committed: what it should say today, and where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scripts.checks.finding import Finding, finding
from scripts.docs import comparison, module_readme, pictures, seed_coverage
from scripts.live.modules import module_paths
from scripts.live.tree import Tree


def texts(tree: Tree) -> Iterator[tuple[str, str]]:
    """Path and text of each file that is generated as a whole."""
    for system in pictures.systems(tree):
        yield from pictures.files(tree, system)
    yield pictures.page(tree)
    if (tree.repo / comparison.OTHERS).is_file():
        yield comparison.DOCUMENT, comparison.page(tree.repo)
    yield seed_coverage.PAGE, seed_coverage.page(seed_coverage.read_all(tree.repo))


def outdated(tree: Tree) -> Iterator[Finding]:
    """A finding for each generated file that does not say what it would say if it were made now."""
    for path, text in texts(tree):
        file = tree.repo / path
        if not file.is_file() or file.read_text() != text:
            yield finding(path, 0, "outdated", "is not current; run ./invoke docs.")
    yield from module_readme.outdated(tree.repo, module_paths(tree.repo))


def write(tree: Tree) -> tuple[str, ...]:
    """Bring everything up to date; returns what changed."""
    changed = [path for path, text in texts(tree) if _replaced(tree.repo / path, text)]
    changed += module_readme.write(tree.repo, module_paths(tree.repo))
    return tuple(changed)


def _replaced(file: Path, text: str) -> bool:
    if file.is_file() and file.read_text() == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return True
