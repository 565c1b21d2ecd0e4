"""CodePipeline, which ministack 1.5.33 lacks: pipelines are kept, and none ever runs."""

from __future__ import annotations

import time
from typing import Any

from ministack.core.responses import get_account_id, get_region

from scripts.local_aws.overlays.hooks import Document, Request, Response, ok, refused, store
from scripts.local_aws.overlays.services import serve
from scripts.local_aws.overlays.tagging import as_list, as_map

_PIPELINES = store("codepipeline-pipelines")
_TAGS = store("codepipeline-tags")
_DEFAULTS = {"executionMode": "SUPERSEDED", "pipelineType": "V1"}


def install() -> None:
    serve("codepipeline", _answer)


def _answer(request: Request) -> Response | None:
    data, action = request.json, request.action
    if action == "CreatePipeline":
        return _create(data)
    if action.endswith(("TagsForResource", "agResource")):
        return _answer_tags(action, data)
    name = data.get("name") or data.get("pipeline", {}).get("name", "")
    kept: Any = _PIPELINES.get(name)
    if action == "DeletePipeline":
        _PIPELINES.pop(name, None)
        _TAGS.pop(_arn(name), None)
        return ok()
    if kept is None:
        return refused("PipelineNotFoundException", f"The pipeline {name} does not exist.")
    if action == "UpdatePipeline":
        version = kept["pipeline"]["version"] + 1
        kept.update(pipeline=_complete(data["pipeline"], version), updated=time.time())
        return ok({"pipeline": kept["pipeline"]})
    if action != "GetPipeline":
        return None
    metadata = {"pipelineArn": _arn(name), "created": kept["created"], "updated": kept["updated"]}
    return ok({"pipeline": kept["pipeline"], "metadata": metadata})


def _arn(name: str) -> str:
    return f"arn:aws:codepipeline:{get_region()}:{get_account_id()}:{name}"


def _create(data: Document) -> Response:
    name = data["pipeline"]["name"]
    if name in _PIPELINES:
        return refused("PipelineNameInUseException", f"There is a pipeline {name} already.")
    pipeline, now = _complete(data["pipeline"], 1), time.time()
    _PIPELINES[name] = {"pipeline": pipeline, "created": now, "updated": now}
    _TAGS[_arn(name)] = as_map(data.get("tags"), "key", "value")
    return ok({"pipeline": pipeline, "tags": data.get("tags") or []})


def _complete(pipeline: Document, version: int) -> Document:
    """With what AWS fills in."""
    for stage in pipeline.get("stages", []):
        for action in stage.get("actions", []):
            action.setdefault("runOrder", 1)
    return {**_DEFAULTS, **pipeline, "version": version}


def _answer_tags(action: str, data: Document) -> Response:
    arn = data["resourceArn"]
    kept = _TAGS.get(arn, {})
    if action == "ListTagsForResource":
        return ok({"tags": as_list(kept, "key", "value")})
    if action == "TagResource":
        _TAGS[arn] = {**kept, **as_map(data["tags"], "key", "value")}
    else:
        _TAGS[arn] = {key: value for key, value in kept.items() if key not in data["tagKeys"]}
    return ok()
