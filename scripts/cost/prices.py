"""The price list and the assumptions about usage, read from their two files."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from scripts.checks.finding import Refused, finding, unknown
from scripts.live.tree import Environment

PRICES = Path(__file__).with_name("prices.toml")
USAGE = Path(__file__).with_name("usage.toml")
BUDGET = "monthly_budget_usd"


@dataclass(frozen=True, slots=True)
class Price:
    """One price and where it was read."""

    name: str
    usd: float
    per: str
    source: str


@dataclass(frozen=True, slots=True)
class PriceList:
    """All prices of one region, of one day."""

    region: str
    read: date
    prices: Mapping[str, Price]
    discounts: Mapping[str, float]

    def __getitem__(self, name: str) -> Price:
        return self.prices[name]

    def find(self, name: str) -> Price | None:
        """A price that may be missing: sizes are many, and the list has the ones that were found."""
        return self.prices.get(name)


@functools.cache
def price_list(file: Path = PRICES) -> PriceList:
    """The list as it stands in *file*."""
    document = tomllib.loads(file.read_text())
    sources = document["sources"]
    return PriceList(
        document["region"],
        document["read"],
        {
            name: Price(name, float(row["usd"]), row["per"], sources[row["source"]])
            for name, row in document["prices"].items()
        },
        {name: float(row["percent"]) / 100 for name, row in document["discounts"].items()},
    )


@dataclass(frozen=True, slots=True)
class Assumed:
    """One figure that no plan knows, in words and where it comes from."""

    value: float
    says: str

    def __str__(self) -> str:
        return f"{self.value:g} {self.says}"


Usage = Mapping[str, Assumed]


@functools.cache
def _defaults(file: Path = USAGE) -> Mapping[str, Assumed]:
    rows: Mapping[str, Any] = tomllib.loads(file.read_text())["usage"]
    return {name: Assumed(float(row["value"]), row["says"]) for name, row in rows.items()}


def usage_of(environment: Environment) -> Usage:
    """The assumptions for *environment*: the general ones, and what its env.hcl says otherwise.

    Raises Refused for a figure that does not exist: a typo would leave the default in force unnoticed.
    """
    defaults = _defaults()
    own = environment.values.get("usage")
    if own is None:
        return defaults
    if not isinstance(own, dict):
        raise Refused([finding(environment.file, 0, "usage", '"usage" must be an object of numbers.')])
    wrong = [
        unknown(environment.file, 0, "usage", "there is no usage figure", name, defaults)
        for name in own
        if name not in defaults
    ] + [
        finding(environment.file, 0, "usage", f'usage.{name} must be a number of at least 0, not "{value}".')
        for name, value in own.items()
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0
    ]
    if wrong:
        raise Refused(wrong)
    changed = {
        name: Assumed(float(value), f"{defaults[name].says} (env.hcl)")
        for name, value in own.items()
        if isinstance(value, int | float)
    }
    return {**defaults, **changed}


def budget_of(environment: Environment) -> float | None:
    """What the environment may cost in a month, None when its env.hcl names no budget.

    Raises Refused when it names something that is no sum of money.
    """
    found = environment.values.get(BUDGET)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float) or found <= 0:
        raise Refused([finding(environment.file, 0, "budget", f'"{BUDGET}" must be a number above 0.')])
    return float(found)
