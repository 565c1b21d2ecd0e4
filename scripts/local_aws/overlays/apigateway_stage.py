"""API Gateway REST stages and usage plans: settings that ministack 1.5.33 loses or invents.

A stage's canary is dropped, an unset access log comes back as an empty block, settings of a method come
back under a path whose slashes are not escaped, and its cache never says that it is there; a usage plan
answers with an empty quota; per-method throttles of a plan are stored under a broken path.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import apigateway_v1 as api

from scripts.local_aws.overlays.hooks import Document, Response, wrap

_EMPTY_IN_STAGE = ("accessLogSettings", "cacheClusterSize", "canarySettings", "clientCertificateId")
_EMPTY_IN_PLAN = ("throttle", "quota")


def install() -> None:
    @wrap(api, "_create_stage")
    def create_stage(inner: Callable[..., Response], api_id: str, data: Document) -> Response:
        answer = inner(api_id, data)
        stage = api._stages_v1.get(api_id, {}).get(data.get("stageName"))
        if answer[0] >= 400 or stage is None:
            return answer
        if data.get("canarySettings"):
            stage["canarySettings"] = _canary(data["canarySettings"])
        _tell_of_cache(stage)
        _drop_empty(stage, _EMPTY_IN_STAGE)
        return _again(_told(stage), answer[0])

    @wrap(api, "_update_stage")
    def update_stage(inner: Callable[..., Response], api_id: str, name: str, data: Document) -> Response:
        answer = inner(api_id, name, data)
        stage = api._stages_v1.get(api_id, {}).get(name)
        if answer[0] >= 400 or stage is None:
            return answer
        if stage.get("canarySettings"):
            stage["canarySettings"] = _canary(stage["canarySettings"])
        _tell_of_cache(stage)
        _drop_empty(stage, _EMPTY_IN_STAGE)
        return _again(_told(stage), answer[0])

    @wrap(api, "_get_stage")
    def get_stage(inner: Callable[..., Response], api_id: str, name: str) -> Response:
        stage = api._stages_v1.get(api_id, {}).get(name)
        return inner(api_id, name) if stage is None else _again(_told(stage), 200)

    @wrap(api, "_get_stages")
    def get_stages(inner: Callable[..., Response], api_id: str) -> Response:
        stages = api._stages_v1.get(api_id, {}).values()
        return _again({"item": [_told(stage) for stage in stages]}, 200) if stages else inner(api_id)

    @wrap(api, "_create_usage_plan")
    def create_usage_plan(inner: Callable[..., Response], data: Document) -> Response:
        answer = inner(data)
        plan = list(api._usage_plans.values())[-1]
        _drop_empty(plan, _EMPTY_IN_PLAN)
        return _again(plan, answer[0])

    @wrap(api, "_update_usage_plan")
    def update_usage_plan(inner: Callable[..., Response], plan_id: str, data: Document) -> Response:
        plan = api._usage_plans.get(plan_id)
        if plan is None:
            return inner(plan_id, data)
        for operation in data.get("patchOperations", []):
            _patch_plan(plan, operation)
        _drop_empty(plan, _EMPTY_IN_PLAN)
        return _again(plan, 200)


def _again(document: Document, status: int) -> Response:
    answer: Response = api._v1_response(document, status)
    return answer


def _drop_empty(document: Document, fields: tuple[str, ...]) -> None:
    for field in fields:
        if not document.get(field):
            document.pop(field, None)


def _told(stage: Document) -> Document:
    """What AWS tells of a stage: the method settings of GET /orders/{id} stand under ~1orders~1{id}/GET."""
    settings = stage.get("methodSettings") or {}
    paths = {name: name.rpartition("/") for name in settings}
    return {
        **stage,
        "methodSettings": {
            path.replace("/", "~1") + "/" + verb if path else name: settings[name]
            for name, (path, _, verb) in paths.items()
        },
    }


def _tell_of_cache(stage: Document) -> None:
    """A cache is there at once; whoever made one waits for this word. Nothing is kept in it."""
    stage["cacheClusterStatus"] = "AVAILABLE" if stage.get("cacheClusterEnabled") else "NOT_AVAILABLE"


def _canary(settings: Document) -> Document:
    """Patch operations carry numbers and flags as text; the wire form does not."""
    percent = float(settings.get("percentTraffic", 0))
    cached = str(settings.get("useStageCache", False)).lower() == "true"
    return {**settings, "percentTraffic": percent, "useStageCache": cached}


def _patch_plan(plan: Document, operation: Document) -> None:
    path = str(operation.get("path", "")).strip("/").split("/")
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in path]
    value, kind = operation.get("value"), operation.get("op", "replace")
    if tokens[0] == "apiStages":
        _patch_api_stages(plan, tokens[1:], kind, value)
    elif kind == "remove":
        parent = plan.get(tokens[0]) if len(tokens) > 1 else plan
        if isinstance(parent, dict):
            parent.pop(tokens[-1], None)
    elif len(tokens) > 1:
        plan.setdefault(tokens[0], {})[tokens[1]] = _number(tokens[1], value)
    else:
        plan[tokens[0]] = value


def _patch_api_stages(plan: Document, tokens: list[str], kind: str, value: Any) -> None:
    stages = plan.setdefault("apiStages", [])
    if not tokens:
        api_id, _, stage = str(value).partition(":")
        plan["apiStages"] = [s for s in stages if (s["apiId"], s["stage"]) != (api_id, stage)]
        if kind == "add":
            plan["apiStages"].append({"apiId": api_id, "stage": stage})
        return
    api_id, _, name = tokens[0].partition(":")
    for stage in stages:
        if (stage["apiId"], stage["stage"]) == (api_id, name):
            limits = stage.setdefault("throttle", {})
            method = "/".join(tokens[2:4]) if len(tokens) > 3 else "/".join(tokens[2:])
            if kind == "remove":
                limits.pop(method, None)
            elif len(tokens) > 4:
                limits.setdefault(method, {})[tokens[4]] = _number(tokens[4], value)


def _number(field: str, value: Any) -> Any:
    if field == "rateLimit":
        return float(value)
    return int(value) if field in {"burstLimit", "limit", "offset"} else value
