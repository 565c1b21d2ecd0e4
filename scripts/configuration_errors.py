"""What Terragrunt says when it cannot work out a unit's configuration: it names the file and no unit.

In the report such a unit has failed without a cause; the cause stands in the log, in one line with all others.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ERROR = re.compile(
    r"(?P<file>/[^\n:]*\.hcl):(?P<line>\d+),\d+-[\d,]+: (?P<summary>[^;\n]+); (?P<detail>[^\n]+)"
)


@dataclass(frozen=True, slots=True)
class ConfigurationError:
    """One such error."""

    summary: str
    detail: str
    file: str
    """From the checkout's root."""
    line: int


def configuration_errors(log: Iterable[str], repository: Path) -> tuple[ConfigurationError, ...]:
    """Each error in Terragrunt's JSON *log* once, with the line that it is about."""
    found = {}
    for message in _messages(log):
        for error in ERROR.finditer(message):
            file = Path(os.path.normpath(error["file"]))
            line = int(error["line"])
            place = os.path.relpath(file, repository)
            detail = f"{error['detail']}{_written(file, line)}"
            found[place, line] = ConfigurationError(error["summary"], detail, place, line)
    return tuple(found.values())


def of_unit(errors: Iterable[ConfigurationError], unit: str) -> tuple[ConfigurationError, ...]:
    """Those of *errors* that stand in the files of *unit*; all when that cannot be told."""
    listed = tuple(errors)
    system, name = unit.split("/")[-2:]
    own = {f"{unit}/terragrunt.hcl", f"live/_units/{system}/{name}.hcl"}
    return tuple(error for error in listed if error.file in own) or listed


def _messages(log: Iterable[str]) -> Iterator[str]:
    for line in log:
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(entry, dict):
            yield str(entry.get("msg", ""))


def _written(file: Path, line: int) -> str:
    try:
        return f"\n  {file.read_text().splitlines()[line - 1].strip()}"
    except (OSError, IndexError):
        return ""
