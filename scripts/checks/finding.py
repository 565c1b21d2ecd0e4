"""A finding: what was read, where, what is allowed, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

LONGEST = 100
"""Of what was read, a message quotes no more."""
LISTED = 60
"""Of what is allowed, a message lists no more."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One mistake of a person, in a place they can open.

    *path* is relative to the repository, or the flag when the mistake was typed (``--env``); *line* is 0
    where no line can be named. *message* is the whole sentence: what is wrong; what to do.
    """

    path: str
    line: int
    rule: str
    read: str
    allowed: str
    nearest: str
    message: str

    def __str__(self) -> str:
        """``file:line: what is wrong; what to do``."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return _one_line(f"{place}: {self.message}")


def _one_line(text: str) -> str:
    """What a hostile name or value cannot break: no line end, no terminal code, no sign that turns the text round."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


class Refused(Exception):
    """Raised when the input cannot be used; carries every finding, so that all can be mended at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


def finding(
    path: str, line: int, rule: str, message: str, read: str = "", allowed: str = "", nearest: str = ""
) -> Finding:
    """A finding, for the many that have no list of allowed words."""
    return Finding(path, line, rule, read, allowed, nearest, message)


def nearest(read: str, allowed: Iterable[str]) -> str:
    """The allowed word most like *read*, or an empty text."""
    found = get_close_matches(read.lower(), list(allowed), n=1)
    return found[0] if found else ""


def unknown(path: str, line: int, rule: str, what: str, read: str, allowed: Iterable[str]) -> Finding:
    """A finding for a word that is not one of *allowed*; *what* begins the sentence."""
    choices = sorted(allowed)
    near = nearest(read, choices)
    listed = ", ".join(choices) if choices else "nothing"
    more = (
        f"{', '.join(choices[:LISTED])} and {len(choices) - LISTED} more" if len(choices) > LISTED else listed
    )
    hint = f'did you mean "{near}"?' if near else f"allowed: {more}."
    shown = read if len(read) <= LONGEST else f"{read[: LONGEST - 3]}..."
    return Finding(path, line, rule, read, listed, near, f'{what} "{shown}"; {hint}')
