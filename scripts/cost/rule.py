"""What a rule is: it turns one resource into priced lines, and may look at prices, usage and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from scripts.cost.prices import Assumed, Price, PriceList, Usage
from scripts.plans.planned_resources import Resource

SIZES = ("micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge")


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


def line(
    resource: Resource, group: str, what: str, quantity: float, price: Price, assumption: str = ""
) -> Line:
    """A line of *resource*."""
    return Line(resource.unit, resource.address, group, what, quantity, price, assumption)
