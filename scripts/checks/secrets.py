"""Nothing that looks like a secret stands in live/: it would reach Git, the plan and the state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from scripts.checks.finding import Finding, finding
from scripts.checks.syntax import hcl_files
from scripts.hcl import nodes
from scripts.hcl.nodes import Body, Expression
from scripts.hcl.reader import read

_NAMES = re.compile(
    r"(?:^|[_-])(?:password|passwd|passphrase|secret_access_key|api_key|private_key|auth_token)$"
)
_VALUES = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bgh[pousr]_[A-Za-z0-9]{36}"
    r"|\bxox[abprs]-[A-Za-z0-9-]{10,}|^[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s:@]+@"
)


def written_secrets(repo: Path) -> Iterator[Finding]:
    """One finding for each value that looks like a secret; the value itself is never repeated."""
    for file in hcl_files(repo, "live"):
        for name, line in _suspects(read(repo / file).body):
            message = (
                f'"{name}" looks like a secret; set it with invoke secrets.set and take its ARN instead.'
            )
            yield finding(file, line, "secret", message, name)


def _suspects(body: Body) -> Iterator[tuple[str, int]]:
    for assignment in body.assignments.values():
        yield from _in(assignment.name, assignment.value)
    for block in body.blocks:
        yield from _suspects(block.body)


def _in(name: str, node: Expression) -> Iterator[tuple[str, int]]:
    if isinstance(node, nodes.Mapping):
        for item in node.items:
            key = str(item.key.value) if isinstance(item.key, nodes.Literal) else name
            yield from _in(key, item.value)
    elif isinstance(node, nodes.Literal):
        text = node.value
        if isinstance(text, str) and text and (_NAMES.search(name.lower()) or _VALUES.search(text)):
            yield name, node.line
    else:
        for child in nodes.children(node):
            yield from _in(name, child)
