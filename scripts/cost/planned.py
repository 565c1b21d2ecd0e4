"""What plans cost: the month after them, and the difference they make."""

from __future__ import annotations

from collections.abc import Iterable

from scripts.cost.estimate import Estimate, estimate
from scripts.cost.prices import Usage, price_list
from scripts.plans.plan import UnitPlan
from scripts.plans.planned_resources import after, before


def deltas(plans: Iterable[UnitPlan], usage: Usage) -> dict[str, float]:
    """What each unit will cost more (or less) in a month than it does now, in US dollars."""
    listed = tuple(plans)
    now, then = (
        estimate(resources, price_list(), usage).by(lambda line: line.unit)
        for resources in (before(listed), after(listed))
    )
    return {plan.unit: then.get(plan.unit, 0.0) - now.get(plan.unit, 0.0) for plan in listed}


def estimate_of(plans: Iterable[UnitPlan], usage: Usage) -> Estimate:
    """The estimate of what will stand after the plans."""
    return estimate(after(plans), price_list(), usage)
