"""Show an estimate: a table for people, the same values for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from scripts import output
from scripts.cost.estimate import Estimate, NotCovered
from scripts.cost.prices import PriceList
from scripts.cost.rule import Line
from scripts.cost.waste import Advice

SMALL_USD = 1.0
"""Below it, lines are put together unless details are asked for: 85 units have 500 lines."""


def show(
    estimate: Estimate, prices: PriceList, budget: float | None, hints: Sequence[Advice], details: bool
) -> None:
    """Units and their lines, then the sum, the budget, what is not in it, and advice."""
    rows: list[list[str]] = []
    styles: list[str] = []
    for unit, usd in estimate.by(lambda line: line.unit).items():
        rows.append([unit.removeprefix("live/"), "", "", _money(usd), ""])
        styles.append("bold")
        found = merged([line for line in estimate.lines if line.unit == unit], details)
        rows += found
        styles += [""] * len(found)
    output.table("", ("unit and what", "quantity", "at USD", "USD a month", "assumption"), rows, styles)
    output.result(
        f"\n{_money(estimate.usd).strip()} USD a month, an estimate by {prices.region} prices read on "
        f"{prices.read}, without tax and free tiers."
    )
    if budget is not None:
        over = estimate.usd > budget
        share = f"{estimate.usd / budget:.0%}"
        unknown = sum(each.sized for each in estimate.not_covered)
        but = f", without {unknown} resources whose size has no price" if unknown else ""
        text = f"{'over' if over else 'within'} the budget of {_money(budget).strip()} USD ({share}{but})."
        (output.failure if over else output.result)(text)
    output.result(coverage(estimate))
    for reason, kinds in _counted(estimate.not_covered):
        output.result(f"  not covered: {kinds} ({reason})")
    if hints:
        output.result("\nWhat might cost less:")
        rows = [
            [hint.kind, _money(hint.saves_usd) if hint.saves_usd else "", _place(hint), hint.text]
            for hint in hints
        ]
        output.table("", ("kind", "saves USD", "where", "why"), rows)


def merged(lines: Sequence[Line], details: bool) -> list[list[str]]:
    """One row for what is alike in a unit (ten log groups are one), or one for each line."""
    if details:
        return [
            [
                f"  {line.address}: {line.what}",
                _quantity(line.quantity),
                _price(line),
                _money(line.usd),
                line.assumption,
            ]
            for line in lines
        ]

    def alike(line: Line) -> tuple[str, str, str, str]:
        return (line.group, line.what, line.price.name, line.assumption)

    rows = []
    small: list[float] = []
    for (group, what, _, assumption), found in groupby(sorted(lines, key=alike), key=alike):
        same = list(found)
        usd = sum(line.usd for line in same)
        if usd < SMALL_USD:
            small.append(usd)
            continue
        times = f" ({len(same)})" if len(same) > 1 else ""
        quantity = _quantity(sum(line.quantity for line in same))
        rows.append([f"  {group}: {what}{times}", quantity, _price(same[0]), _money(usd), assumption])
    if small:
        rows.append([f"  {len(small)} smaller", "", "", _money(sum(small)), "--details shows them"])
    return rows


def coverage(estimate: Estimate) -> str:
    """How much of the plan the sum speaks of."""
    counted = estimate.priced + len(estimate.free)
    return (
        f"{estimate.resources} resources: {estimate.priced} priced, {len(estimate.free)} free, "
        f"{len(estimate.not_covered)} not covered ({counted / estimate.resources:.0%} covered)."
        if estimate.resources
        else "no resources."
    )


def as_json(
    estimate: Estimate, prices: PriceList, budget: float | None, hints: Sequence[Advice]
) -> dict[str, Any]:
    """Everything, line by line."""
    return {
        "usd_a_month": round(estimate.usd, 2),
        "budget_usd": budget,
        "over_budget": budget is not None and estimate.usd > budget,
        "prices": {"region": prices.region, "read": prices.read.isoformat()},
        "units": {unit: round(usd, 2) for unit, usd in estimate.by(lambda line: line.unit).items()},
        "groups": {group: round(usd, 2) for group, usd in estimate.by(lambda line: line.group).items()},
        "coverage": {
            "resources": estimate.resources,
            "priced": estimate.priced,
            "free": len(estimate.free),
            "not_covered": len(estimate.not_covered),
        },
        "lines": [asdict(line) | {"usd": round(line.usd, 4)} for line in estimate.lines],
        "free": dict(estimate.free),
        "not_covered": [asdict(each) for each in estimate.not_covered],
        "waste": [asdict(hint) for hint in hints],
    }


def _counted(missing: Sequence[NotCovered]) -> list[tuple[str, str]]:
    """Each reason with the types it holds for; sizes without a price first, they cost most."""
    found: dict[str, list[str]] = {}
    for each in missing:
        found.setdefault(each.reason, []).append(each.type)
    sized = {each.reason for each in missing if each.sized}
    texts = {
        reason: ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds)))
        for reason, kinds in found.items()
    }
    return sorted(texts.items(), key=lambda pair: (pair[0] not in sized, pair))


def _place(hint: Advice) -> str:
    return f"{hint.unit.removeprefix('live/')} {hint.address}".strip()


def _money(usd: float) -> str:
    return f"{usd:9,.2f}"


def _price(line: Line) -> str:
    return f"{line.price.usd:.7f}".rstrip("0").rstrip(".") + f" per {line.price.per}"


def _quantity(quantity: float) -> str:
    return f"{quantity:,.2f}".rstrip("0").rstrip(".")
