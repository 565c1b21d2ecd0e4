"""Turn planned resources into priced lines, and count what was priced, what is free, and what is missing."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts.cost.prices import Assumed, Price, PriceList, Usage
from scripts.plans.planned_resources import Resource, Values

SIZES = ("micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge")
FREE = Path(__file__).with_name("free.toml")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that costs money: so much of it, at that price, for that reason."""

    unit: str
    address: str
    group: str
    what: str
    quantity: float
    price: Price
    assumption: str = ""

    @property
    def usd(self) -> float:
        """What it costs in a month."""
        return self.quantity * self.price.usd


@dataclass(frozen=True, slots=True)
class NotCovered:
    """One resource that costs something which this estimate leaves out."""

    unit: str
    address: str
    type: str
    reason: str
    sized: bool = False
    """Its kind is priced, but not its size: such things are often the dearest."""


class NoPrice(Exception):
    """The list has no price for this size; the message says which."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may look at besides its resource: prices, usage, and what else stands in the unit."""

    prices: PriceList
    usage: Usage
    resources: tuple[Resource, ...] = field(repr=False, default=())

    @property
    def hours(self) -> float:
        """Hours of a month."""
        return self.usage["hours"].value

    def assumed(self, name: str) -> Assumed:
        """A figure of the usage file."""
        return self.usage[name]

    def price(self, name: str, what: str) -> Price:
        """A price by its name; raises NoPrice with *what* when the list has none."""
        found = self.prices.find(name)
        if found is None:
            raise NoPrice(f"the price list has no {what}")
        return found

    def sized(self, kind: str, size: str) -> tuple[Price, float]:
        """The price of a size such as ``db.r6g.xlarge`` and how many times it counts; raises NoPrice.

        AWS doubles the price with the size, within a percent or two, so one price of a family gives the others.
        """
        found = self.prices.find(f"{kind}{size}")
        if found is not None:
            return found, 1.0
        parts = size.split(".")
        own = next((number for number, part in enumerate(parts) if part in SIZES), None)
        for step, other in enumerate(SIZES if own is not None else ()):
            assert own is not None
            related = self.prices.find(kind + ".".join([*parts[:own], other, *parts[own + 1 :]]))
            if related is not None:
                return related, 2.0 ** (SIZES.index(parts[own]) - step)
        raise NoPrice(f"the price list has no {size or 'size that is known before the apply'}")

    def beside(self, resource: Resource, kind: str) -> tuple[Resource, ...]:
        """The resources of a type in the same module call of the same unit."""
        return tuple(
            other
            for other in self.resources
            if other.type == kind and other.unit == resource.unit and other.module == resource.module
        )


Rule = Callable[[Resource, Setting], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """The lines of some units, and an account of every resource that has none."""

    lines: tuple[Line, ...]
    free: Mapping[str, str]
    """Address (with its unit) of each resource that costs nothing by itself, and why."""
    not_covered: tuple[NotCovered, ...]
    resources: int

    @property
    def usd(self) -> float:
        """The month in all."""
        return sum(line.usd for line in self.lines)

    @property
    def priced(self) -> int:
        """How many resources have at least one line."""
        return len({(line.unit, line.address) for line in self.lines})

    def by(self, key: Callable[[Line], str]) -> dict[str, float]:
        """Sums by unit, by group, or whatever *key* says; the dearest first."""
        sums: defaultdict[str, float] = defaultdict(float)
        for line in self.lines:
            sums[key(line)] += line.usd
        return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


@functools.cache
def free_types(file: Path = FREE) -> Mapping[str, str]:
    """Types that cost nothing by themselves, each with the reason."""
    document = tomllib.loads(file.read_text())
    return {name: group["reason"] for group in document["free"] for name in group["types"]}


@functools.cache
def left_out_types(file: Path = FREE) -> Mapping[str, str]:
    """Types that do cost something and are not estimated, each with the reason."""
    document = tomllib.loads(file.read_text())
    return {name: group["reason"] for group in document["not_covered"] for name in group["types"]}


def estimate(resources: Iterable[Resource], prices: PriceList, usage: Usage) -> Estimate:
    """Price every resource; nothing is left out silently."""
    from scripts.cost.services import RULES

    listed = tuple(resources)
    setting = Setting(prices, usage, listed)
    lines: list[Line] = []
    free: dict[str, str] = {}
    missing: list[NotCovered] = []
    for resource in listed:
        rule = RULES.get(resource.type)
        if rule is None:
            reason = free_types().get(resource.type)
            if reason is not None:
                free[f"{resource.unit} {resource.address}"] = reason
            else:
                why = left_out_types().get(resource.type, "the estimate does not know this type")
                missing.append(NotCovered(resource.unit, resource.address, resource.type, why))
            continue
        try:
            found = [line for line in rule(resource, setting) if line.quantity]
        except NoPrice as lacking:
            missing.append(NotCovered(resource.unit, resource.address, resource.type, str(lacking), True))
            continue
        lines += found
        if not found:
            free[f"{resource.unit} {resource.address}"] = "nothing of it is used as it is configured"
    return Estimate(tuple(lines), free, tuple(missing), len(listed))


def line(
    resource: Resource, group: str, what: str, quantity: float, price: Price, assumption: str = ""
) -> Line:
    """A line of *resource*."""
    return Line(resource.unit, resource.address, group, what, quantity, price, assumption)


__all__ = [
    "Estimate",
    "Line",
    "NoPrice",
    "NotCovered",
    "Resource",
    "Rule",
    "Setting",
    "Values",
    "estimate",
    "line",
]
