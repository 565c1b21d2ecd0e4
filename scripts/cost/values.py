"""Read planned values without knowing beforehand whether they are there, known, or of the type one expects.

What is only known after apply is missing in a plan; an estimate then takes the default that the reader names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Values:
    """The attributes of one resource or block."""

    items: Mapping[str, object] = field(repr=False)

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        found = self.items.get(name)
        return found if isinstance(found, str) and found else default

    def number(self, name: str, default: float = 0.0) -> float:
        """A number, also one that the provider spells as text (``cpu = "512"``)."""
        found = self.items.get(name)
        if isinstance(found, bool) or not isinstance(found, int | float | str):
            return default
        try:
            return float(found)
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.items.get(name) is True

    def has(self, name: str) -> bool:
        """Whether there is anything: no null, no empty list or text."""
        return self.items.get(name) not in (None, "", [], {})

    def blocks(self, name: str) -> tuple[Values, ...]:
        """The blocks of a name, none when there is none."""
        found = self.items.get(name)
        if isinstance(found, Mapping):
            return (Values(found),)
        if not isinstance(found, list | tuple):
            return ()
        return tuple(Values(each) for each in found if isinstance(each, Mapping))

    def block(self, name: str) -> Values:
        """The first block of a name, an empty one when there is none."""
        found = self.blocks(name)
        return found[0] if found else Values({})

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; what is not known yet is left out."""
        found = self.items.get(name)
        return (
            tuple(each for each in found if isinstance(each, str)) if isinstance(found, list | tuple) else ()
        )

    def count(self, name: str) -> int:
        """How many entries a list has."""
        found = self.items.get(name)
        return len(found) if isinstance(found, list | tuple) else 0


@dataclass(frozen=True, slots=True)
class Resource:
    """One managed resource of a unit as it will be."""

    unit: str
    address: str
    type: str
    values: Values
    module: str = ""
    """The address of the module call it stands in."""
