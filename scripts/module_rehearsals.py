"""Where a module is rehearsed by itself: a small root that calls it with what it needs."""

from __future__ import annotations

import re
from pathlib import Path

ROOTS = "tests/rehearsal/modules"
PREREQUISITES = "prerequisites"
TEST = "test_it_is_applied_changes_nothing_the_second_time_and_goes_without_a_trace"
_CALLED = re.compile(r'^ +source += "\./modules/([^"]+)"$', re.MULTILINE)


def roots_of(repo: Path) -> tuple[str, ...]:
    """Every root, named as the module that it is for: ``database/dynamodb``."""
    files = sorted((repo / ROOTS).glob("*/*.tf"))
    return tuple(_name(repo, file) for file in files if file.parent.name != PREREQUISITES)


def calling(repo: Path, module: str) -> tuple[str, ...]:
    """The roots that call *module* themselves: its own first, then those that need it for another."""
    files = {root: repo / ROOTS / f"{root}.tf" for root in roots_of(repo)}
    found = (root for root, file in files.items() if module in _CALLED.findall(file.read_text()))
    return tuple(sorted(found, key=lambda root: (root != module, root)))


def rehearsal_of(repo: Path, module: str) -> tuple[str, ...]:
    """The test that rehearses *module*, as pytest names it; none when no root calls it."""
    return tuple(f"tests/rehearsal/test_modules.py::{TEST}[{root}]" for root in calling(repo, module)[:1])


def _name(repo: Path, file: Path) -> str:
    return file.relative_to(repo / ROOTS).with_suffix("").as_posix()
