"""A plan's JSON in one order: Terraform writes some of its lists as they come, so two plain plans differ in them, too."""

import json
from typing import Any

UNORDERED = {"relevant_attributes", "child_modules"}


def in_order(value: Any) -> Any:
    """*value* with the lists sorted whose order says nothing."""
    if isinstance(value, list):
        return [in_order(each) for each in value]
    if isinstance(value, dict):
        return {
            name: sorted(map(in_order, each), key=json.dumps) if name in UNORDERED else in_order(each)
            for name, each in value.items()
        }
    return value
