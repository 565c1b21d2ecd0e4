"""The resources that a plan leaves standing, and their values, read without knowing beforehand what is known.

What is only known after the apply is missing in a plan; the reader names the default. Cost and audit read this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from scripts.plans.plan import ResourceChange, UnitPlan


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
        """Whether a switch is on; the provider spells some of them as text."""
        return self.items.get(name) in (True, "true")

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


def after(plans: Iterable[UnitPlan]) -> tuple[Resource, ...]:
    """The resources as they will be."""
    return tuple(
        _resource(plan.unit, change, change.after)
        for plan in plans
        for change in _managed(plan)
        if change.action not in {"delete", "forget"} and not change.deposed and change.after is not None
    )


def before(plans: Iterable[UnitPlan]) -> tuple[Resource, ...]:
    """The resources as they are."""
    return tuple(
        _resource(plan.unit, change, change.before)
        for plan in plans
        for change in _managed(plan)
        if change.before is not None and not change.deposed
    )


def _managed(plan: UnitPlan) -> Iterator[ResourceChange]:
    return (change for change in plan.changes if change.mode == "managed")


def _resource(unit: str, change: ResourceChange, values: Mapping[str, object] | None) -> Resource:
    return Resource(unit, change.address, change.type, Values(values or {}), change.module)
