"""Rules for every text file of the repository: length, unfinished work, what ties it to one machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from scripts.checks.finding import Finding, finding

LONGEST = 400
_CODE = {".py", ".tf", ".hcl", ".tfvars", ".sh", ".yml", ".yaml"}
_TEXT = _CODE | {".md", ".txt", ".toml", ".json", ".cfg", ".ini", ""}
_HIDDEN = {".github", ".ci", ".editorconfig", ".gitattributes", ".gitignore", ".pre-commit-config.yaml"}
_MADE = {"__pycache__", "artifacts", "node_modules"}

# Written so that no rule finds itself.
_RULES = (
    (
        "unfinished",
        re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b"),
        "is unfinished work; finish it or delete it.",
    ),
    (
        "skipped-test",
        re.compile(r"pytest\.(?:mark\.)?(?:sk" + r"ip|skip" + r"if|xf" + r"ail|import" + r"orskip)\b"),
        "hides a test that cannot pass; make it pass or delete it.",
    ),
    (
        "index-address",
        re.compile(r"--(?:extra-)?index-url|\bpypi\.org/simple|\bfiles\.python[h]osted\.org|\bregistry\.npmjs\.org"),
        "binds the project to one package index; leave the choice to the reader's own configuration.",
    ),
    (
        "machine-path",
        re.compile(r"(?<![\w.~$}/-])/(?:home|Users)/[A-Za-z][\w.-]*"),
        "is a path of one machine; make it relative to the repository.",
    ),
)  # fmt: skip


def wrong_files(repo: Path) -> Iterator[Finding]:
    """Findings of all text files below *repo*, except what a run makes."""
    for path in text_files(repo):
        place = path.relative_to(repo).as_posix()
        try:
            lines = path.read_text().splitlines()
        except (UnicodeDecodeError, OSError):
            continue
        if path.suffix in _CODE and len(lines) > LONGEST:
            message = f"{len(lines)} lines; a file has at most {LONGEST}, so split it by topic."
            yield finding(place, LONGEST + 1, "file-length", message, str(len(lines)), str(LONGEST))
        for number, line in enumerate(lines, 1):
            yield from _line(repo, place, number, line)


def _line(repo: Path, place: str, number: int, line: str) -> Iterator[Finding]:
    for rule, pattern, message in _RULES:
        hit = pattern.search(line)
        if hit:
            yield finding(place, number, rule, f'"{hit.group()}" {message}', hit.group())
    if len(repo.parts) > 2 and f"{repo}/" in line:
        message = "names the folder of this very checkout; make it relative to the repository."
        yield finding(place, number, "machine-path", message, str(repo))


def text_files(repo: Path) -> Iterator[Path]:
    """Every file of a known kind, hidden and generated folders left out."""
    for folder, below, files in os.walk(repo):
        below[:] = sorted(name for name in below if _wanted(name))
        for name in sorted(files):
            path = Path(folder) / name
            if _wanted(name) and path.suffix in _TEXT and not path.is_symlink():
                yield path


def _wanted(name: str) -> bool:
    return name in _HIDDEN or (not name.startswith(".") and name not in _MADE)
