"""One AWS provider for all Terraform processes of a run: it starts once and shows only the types in use."""

from scripts.warm_provider.settings import PLAIN_HELPS
from scripts.warm_provider.sizing import suggested_parallelism
from scripts.warm_provider.unit_types import (
    UnreadableModuleError,
    lacks_type,
    types_in_state,
    unit_types,
)
from scripts.warm_provider.warm import WarmProvider, unit_key

__all__ = [
    "PLAIN_HELPS",
    "UnreadableModuleError",
    "WarmProvider",
    "lacks_type",
    "suggested_parallelism",
    "types_in_state",
    "unit_key",
    "unit_types",
]
