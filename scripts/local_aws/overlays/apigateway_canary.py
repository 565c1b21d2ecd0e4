"""API Gateway REST stages: ministack 1.5.33 answers from the API as it is being edited, and sends a canary nothing.

Each deployment keeps the resources it was made of; a stage answers from its own deployment, and a canary's share of the
requests from the canary's, with the canary's stage variables.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from ministack.services import apigateway_v1 as api

from scripts.local_aws.overlays.hooks import Document, Response, store, wrap

_DEPLOYED = store("apigateway-deployments")
_serving: ContextVar[Document | None] = ContextVar("serving", default=None)
"""The canary's settings while one of its requests is answered, else the stage."""


def install() -> None:
    @wrap(api, "_create_deployment")
    def create_deployment(inner: Callable[..., Response], api_id: str, data: Document) -> Response:
        before = set(api._deployments_v1.get(api_id, {}))
        answer = inner(api_id, data)
        for made in set(api._deployments_v1.get(api_id, {})) - before:
            _DEPLOYED[f"{api_id}/{made}"] = copy.deepcopy(dict(api._resources.get(api_id, {})))
        return answer

    @wrap(api, "_execute_in_scope")
    async def execute(
        inner: Callable[..., Awaitable[Response]], request: Any, api_id: str, stage_name: str, *rest: Any
    ) -> Response:
        stage = api._stages_v1.get(api_id, {}).get(stage_name) or {}
        canary = stage.get("canarySettings") or {}
        chosen = canary if random.random() * 100 < float(canary.get("percentTraffic", 0)) else stage
        token = _serving.set(chosen)
        try:
            return await inner(request, api_id, stage_name, *rest)
        finally:
            _serving.reset(token)

    for name in ("_match_resource_tree", "_match_greedy_fallback"):
        wrap(api, name)(_from_deployment)
    for name in ("_invoke_lambda_proxy_v1", "_invoke_lambda_custom_v1"):
        wrap(api, name)(_with_variables)


def _from_deployment(inner: Callable[..., Any], api_id: str, *rest: Any) -> Any:
    """Look in the deployment that serves this request; nothing awaits in between, so nobody else sees it."""
    serving = _serving.get()
    deployed = _DEPLOYED.get(f"{api_id}/{serving.get('deploymentId')}") if serving else None
    if deployed is None:
        return inner(api_id, *rest)
    edited = api._resources.get(api_id)
    api._resources[api_id] = deployed
    try:
        return inner(api_id, *rest)
    finally:
        api._resources[api_id] = edited


async def _with_variables(
    inner: Callable[..., Awaitable[Any]],
    integration: Document,
    api_id: str,
    stage_name: str,
    stage: Document,
    *rest: Any,
    **options: Any,
) -> Any:
    overrides = (_serving.get() or {}).get("stageVariableOverrides") or {}
    variables = {**(stage.get("variables") or {}), **overrides}
    return await inner(integration, api_id, stage_name, {**stage, "variables": variables}, *rest, **options)
