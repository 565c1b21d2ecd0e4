"""Lambda: ministack 1.5.33 keeps an alias's weights and sends every call to its first version all the same."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import Any

from ministack.services import lambda_svc

from scripts.local_aws.overlays.hooks import Document, wrap


def install() -> None:
    # By reference: API Gateway, EventBridge, streams and all else that names a function by its ARN.
    @wrap(lambda_svc, "_get_func_record_for_ref")
    def by_reference(inner: Callable[..., Any], reference: str) -> Any:
        function, _, _ = lambda_svc._get_base_func_record_for_ref(reference)
        before, _, alias = str(reference).rpartition(":")
        drawn = _drawn(function, alias) if before else None
        return inner(f"{before}:{drawn}" if drawn else reference)

    @wrap(lambda_svc, "_invoke")
    async def invoke(
        inner: Callable[..., Awaitable[Any]],
        name: str,
        event: Any,
        headers: Document,
        path_qualifier: str | None = None,
        query_params: Document | None = None,
    ) -> Any:
        asked = path_qualifier or lambda_svc._qp_first(query_params or {}, "Qualifier")
        drawn = _drawn(lambda_svc._functions.get(name), asked or "")
        return await inner(name, event, headers, drawn or path_qualifier, query_params)


def _drawn(function: Document | None, alias: str) -> str | None:
    """Another version than the alias's own, as often as its weight says; None leaves it to the alias."""
    found = (function or {}).get("aliases", {}).get(alias) or {}
    weights = (found.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {}
    left = random.random()
    for version, weight in weights.items():
        left -= float(weight)
        if left < 0:
            return str(version)
    return None
