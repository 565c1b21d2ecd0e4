"""Every HCL file in live/ and modules/ can be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from scripts.checks.finding import Finding, finding
from scripts.hcl.reader import read

SUFFIXES = (".tf", ".hcl", ".tfvars")


def hcl_files(repo: Path, *folders: str) -> Iterator[str]:
    """Every HCL file below these folders, without caches, in order."""
    for folder in folders:
        for place, below, files in os.walk(repo / folder):
            below[:] = sorted(name for name in below if not name.startswith("."))
            at = Path(place).relative_to(repo).as_posix()
            yield from (
                f"{at}/{name}" for name in sorted(files) if name.endswith(SUFFIXES) and name[0] != "."
            )


def unreadable(repo: Path) -> Iterator[Finding]:
    """One finding for each file that is not HCL: where, and what was expected there."""
    for file in hcl_files(repo, "live", "modules"):
        source = read(repo / file)
        if source.problem:
            yield finding(file, source.problem.line, "hcl-syntax", source.problem.message)
