"""House rules that neither Terraform nor ruff knows: what `invoke lint` says beside them."""

from __future__ import annotations

from pathlib import Path

from scripts.checks.finding import Finding
from scripts.checks.syntax import hcl_files
from scripts.docs.module_readme import outdated
from scripts.hcl.reader import read
from scripts.lint.files import wrong_files
from scripts.lint.formatting import unformatted
from scripts.lint.module_rules import environment_switches, wrong_module
from scripts.live.modules import module_paths, read_module


def lint(repo: Path) -> tuple[Finding, ...]:
    """Every finding, by place."""
    root = repo.resolve()
    paths = module_paths(root)
    found: set[Finding] = set(unformatted(root))
    found.update(wrong_files(root))
    found.update(outdated(root, paths))
    for path in paths:
        found.update(wrong_module(root, read_module(root, path)))
    for file in hcl_files(root, "live/_units"):
        found.update(environment_switches(read(root / file), file))
    return tuple(sorted(found))
