"""One thing that a plan does against a rule."""

from __future__ import annotations

from dataclasses import dataclass

SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule, where it is broken, and what to do."""

    severity: str
    rule: str
    unit: str
    address: str
    text: str

    @property
    def order(self) -> tuple[int, str, str, str]:
        """What is worst comes first."""
        return (SEVERITIES.index(self.severity), self.unit, self.rule, self.address)
