"""One AWS provider for all Terraform processes of a run: it starts once and describes only the types in use."""

from scripts.warm_provider.unit_types import UnreadableModuleError, unit_types
from scripts.warm_provider.warm import WarmProvider, unit_key

__all__ = ["UnreadableModuleError", "WarmProvider", "unit_key", "unit_types"]
