"""The declared list of what the embedded AWS does not return as AWS does."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

DECLARED = Path(__file__).with_name("differences.toml")


@dataclass(frozen=True, slots=True)
class Difference:
    """One attribute of one resource type that a second plan may show as changed."""

    type: str
    attribute: str
    emulator: str
    reason: str


def read(path: Path = DECLARED) -> tuple[Difference, ...]:
    """All declared differences; a wrong entry is an error that names file and entry."""
    document = tomllib.loads(path.read_text())
    return tuple(
        _difference(path, index, entry) for index, entry in enumerate(document.get("difference", []), 1)
    )


def _difference(path: Path, index: int, entry: dict[str, object]) -> Difference:
    names = [field.name for field in fields(Difference)]
    missing = [name for name in names if not str(entry.get(name, "")).strip()]
    unknown = [name for name in entry if name not in names]
    if missing or unknown:
        raise ValueError(
            f"{path}: difference {index}: missing {missing or 'nothing'}, unknown {unknown or 'nothing'}."
        )
    return Difference(**{name: str(entry[name]) for name in names})
