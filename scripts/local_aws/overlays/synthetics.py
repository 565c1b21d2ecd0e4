"""Synthetics, which ministack 1.5.33 lacks: canaries are kept, started and stopped, and never look at anything."""

from __future__ import annotations

import re
import time
import uuid

from ministack.core.responses import get_account_id, get_region

from scripts.local_aws.overlays.hooks import Document, Request, Response, ok, refused, store
from scripts.local_aws.overlays.services import serve
from scripts.local_aws.overlays.tagging import by_path

_CANARIES = store("synthetics-canaries")
_TAGS = store("synthetics-tags")
_PATH = re.compile(r"/canary(?:/(?P<name>[^/]+)(?P<act>/start|/stop)?)?/?$")
_FIELDS = (
    "ArtifactConfig",
    "ArtifactS3Location",
    "ExecutionRoleArn",
    "FailureRetentionPeriodInDays",
    "RunConfig",
    "RuntimeVersion",
    "Schedule",
    "SuccessRetentionPeriodInDays",
    "VpcConfig",
)
_DEFAULTS = {"FailureRetentionPeriodInDays": 31, "SuccessRetentionPeriodInDays": 31}


def install() -> None:
    serve("synthetics", _answer)


def _answer(request: Request) -> Response | None:
    if tags := by_path(request, _TAGS, "Tags"):
        return tags
    found = _PATH.match(request.path)
    if not found:
        return None
    if found["name"] is None:
        return _create(request.json)
    canary = _CANARIES.get(found["name"])
    if canary is None:
        return refused("ResourceNotFoundException", f"The canary {found['name']} does not exist.", 404)
    if found["act"]:
        started = found["act"] == "/start"
        canary["Status"] = {"State": "RUNNING" if started else "STOPPED"}
        canary["Timeline"]["LastStarted" if started else "LastStopped"] = time.time()
        return ok()
    if request.method == "DELETE":
        _TAGS.pop(_arn(_CANARIES.pop(found["name"])["Name"]), None)
        return ok()
    if request.method == "PATCH":
        canary.update(_asked(request.json))
        canary["Timeline"]["LastModified"] = time.time()
        return ok()
    return ok({"Canary": {**canary, "Tags": _TAGS.get(_arn(canary["Name"]), {})}})


def _arn(name: str) -> str:
    return f"arn:aws:synthetics:{get_region()}:{get_account_id()}:canary:{name}"


def _create(data: Document) -> Response:
    name, now = data["Name"], time.time()
    engine = f"arn:aws:lambda:{get_region()}:{get_account_id()}:function:cwsyn-{name}-{uuid.uuid4()}:1"
    _CANARIES[name] = {
        "Id": str(uuid.uuid4()),
        "Name": name,
        "EngineArn": engine,
        "Status": {"State": "READY"},
        "Timeline": {"Created": now, "LastModified": now},
        **_DEFAULTS,
        **_asked(data),
    }
    _TAGS[_arn(name)] = data.get("Tags") or {}
    return ok({"Canary": _CANARIES[name]})


def _asked(data: Document) -> Document:
    """As AWS tells it: no scheme before the bucket, no values of environment variables, code as a layer."""
    kept = {field: data[field] for field in _FIELDS if data.get(field) is not None}
    if "ArtifactS3Location" in kept:
        kept["ArtifactS3Location"] = kept["ArtifactS3Location"].removeprefix("s3://")
    if "RunConfig" in kept:
        run = {field: value for field, value in kept["RunConfig"].items() if field != "EnvironmentVariables"}
        kept["RunConfig"] = {"MemoryInMB": 1000, "ActiveTracing": False, **run}
    if code := data.get("Code"):
        layer = f"arn:aws:lambda:{get_region()}:{get_account_id()}:layer:cwsyn-{uuid.uuid4()}:1"
        kept["Code"] = {"SourceLocationArn": layer, "Handler": code.get("Handler", "")}
    return kept
