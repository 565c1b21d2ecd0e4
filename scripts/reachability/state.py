"""What a state says of each resource, as far as reachability asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]
"""A resource's attributes as Terraform's JSON has them."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource of a state."""

    type: str
    name: str
    """What its member is called: the unit it belongs to, or better."""
    values: Values


Found = Mapping[str, list[Resource]]
"""The resources of each type."""


class NotModelled(Exception):
    """Something that decides about reachability and that this model does not know."""
