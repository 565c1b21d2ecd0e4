"""Turn planned resources into priced lines, and count what was priced, what is free, and what is missing."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.cost.prices import PriceList, Usage
from scripts.cost.rule import Line, NoPrice, Setting
from scripts.cost.services import RULES
from scripts.plans.planned_resources import Resource

FREE = Path(__file__).with_name("free.toml")


@dataclass(frozen=True, slots=True)
class NotCovered:
    """One resource that costs something which this estimate leaves out."""

    unit: str
    address: str
    type: str
    reason: str
    sized: bool = False
    """Its kind is priced, but not its size: such things are often the dearest."""


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
