"""IAM policies as values: what may be one text or a list of texts is a tuple here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a policy."""

    allows: bool
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    principals: tuple[str, ...]
    conditions: bool


def statements(policy: str) -> Iterator[Statement]:
    """The statements of a policy document; none when it is only known after the apply."""
    try:
        document = json.loads(policy)
    except ValueError:
        return
    rows = document.get("Statement", []) if isinstance(document, dict) else []
    for row in rows if isinstance(rows, list) else [rows]:
        yield Statement(
            row.get("Effect") == "Allow",
            _texts(row.get("Action")),
            _texts(row.get("Resource")),
            _principals(row.get("Principal")),
            bool(row.get("Condition")),
        )


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def _principals(value: object) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        return tuple(name for names in value.values() for name in _texts(names))
    return _texts(value)
