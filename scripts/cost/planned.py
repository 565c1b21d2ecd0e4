"""Which resources a plan leaves standing, before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scripts.cost.estimate import Estimate, estimate
from scripts.cost.prices import Usage, price_list
from scripts.cost.values import Resource, Values
from scripts.plan import ResourceChange, UnitPlan


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


def _managed(plan: UnitPlan) -> Iterator[ResourceChange]:
    return (change for change in plan.changes if change.mode == "managed")


def _resource(unit: str, change: ResourceChange, values: Mapping[str, object] | None) -> Resource:
    return Resource(unit, change.address, change.type, Values(values or {}), change.module)
