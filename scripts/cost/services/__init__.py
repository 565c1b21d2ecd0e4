"""What turns resources into priced lines, one file a family of services."""

from __future__ import annotations

from collections.abc import Mapping

from scripts.cost.rule import Rule
from scripts.cost.services import compute, databases, edge, messaging, network, protection, storage, watching

RULES: Mapping[str, Rule] = {
    **compute.RULES,
    **databases.RULES,
    **edge.RULES,
    **messaging.RULES,
    **network.RULES,
    **protection.RULES,
    **storage.RULES,
    **watching.RULES,
}
"""By resource type."""
