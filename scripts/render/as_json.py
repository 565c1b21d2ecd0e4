"""A review for a machine: the same values, one object a unit."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from scripts.plans.plan import ResourceChange
from scripts.plans.review import Review, UnitReview


def rows(review: Review) -> list[dict[str, Any]]:
    """Each unit with its changes, without the attributes that stay as they are."""
    return [_unit(unit) for unit in review.units]


def text(review: Review) -> str:
    """The whole review as JSON."""
    document = {
        "title": review.title,
        "sentence": review.sentence(),
        "counts": {key: number for key, number in sorted(review.counts.items()) if number},
        "cost": review.cost,
        "units": rows(review),
    }
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def _unit(unit: UnitReview) -> dict[str, Any]:
    return {
        "unit": unit.unit,
        "status": unit.status,
        "mocked": unit.mocked,
        "planned_again": unit.again,
        "waits_for": list(unit.waits_for),
        "cost": unit.cost,
        "changes": [_change(change) for change in unit.changes],
        "drift": [_change(change) for change in unit.drift],
        "outputs": [asdict(output) for output in unit.outputs],
        "problems": [asdict(problem) for problem in unit.problems],
    }


def _change(change: ResourceChange) -> dict[str, Any]:
    return {
        "address": change.address,
        "type": change.type,
        "action": change.action,
        "reason": change.reason,
        "stateful": change.stateful,
        "previous_address": change.previous_address,
        "importing": change.importing,
        "differences": [asdict(difference) for difference in change.differences],
    }
