"""Read HCL files from disk, each text once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scripts.hcl.lexer import SyntaxProblem
from scripts.hcl.nodes import Body
from scripts.hcl.parser import parse

_NOTHING: dict[int, str] = {}
_parsed: dict[str, tuple[Body, dict[int, str], SyntaxProblem | None]] = {}
"""By text, not by path: the unit files of a system are equal, and an edited file can never be stale."""


@dataclass(frozen=True, slots=True)
class Source:
    """One HCL file as read: its body, or the problem that kept it from being read."""

    path: Path
    body: Body
    comments: dict[int, str]
    problem: SyntaxProblem | None


def read(path: Path) -> Source:
    """Read *path*; a file that is missing, not text or not HCL gives an empty body and a problem."""
    try:
        text = path.read_bytes().decode()
    except OSError as error:
        reason = error.strerror or "unreadable"
        return Source(
            path, Body(), _NOTHING, SyntaxProblem(0, f"cannot read the file ({reason}); restore it.")
        )
    except UnicodeDecodeError:
        return Source(
            path, Body(), _NOTHING, SyntaxProblem(1, "the file is not UTF-8 text; save it as UTF-8.")
        )
    return Source(path, *_read(text))


def _read(text: str) -> tuple[Body, dict[int, str], SyntaxProblem | None]:
    if text not in _parsed:
        try:
            body, comments = parse(text)
            _parsed[text] = (body, comments, None)
        except SyntaxProblem as problem:
            _parsed[text] = (Body(), _NOTHING, problem)
    return _parsed[text]
