"""VPC links of REST APIs: ministack 1.5.33 has none.

They are kept and told; a request does not pass through one here, as nothing listens behind it.
"""

from __future__ import annotations

import re
import secrets
from typing import Any
from urllib.parse import unquote

from ministack.services import apigateway

from scripts.local_aws.overlays.hooks import Document, Request, Response, answer_first, ok, refused, store

_LINKS = store("apigateway-rest-vpc-links")
_PATH = re.compile(r"/vpclinks(?:/(?P<id>[^/]+))?/?$")
_TAGS = re.compile(r"/tags/arn:aws:apigateway:[^:]*::/vpclinks/(?P<id>[^/]+)$")
_CHANGEABLE = ("description", "name")


def install() -> None:
    answer_first(apigateway, _answer)


def _answer(request: Request) -> Response | None:
    path = unquote(request.path)
    if tagged := _TAGS.match(path):
        return _answer_tags(request, tagged["id"])
    found = _PATH.match(path)
    if found is None:
        return None
    if found["id"] is None:
        return _create(request.json) if request.method == "POST" else ok({"item": list(_LINKS.values())})
    return _answer_one(request, found["id"])


def _answer_one(request: Request, identifier: str) -> Response:
    if identifier not in _LINKS:
        return _missing()
    if request.method == "DELETE":
        _LINKS.pop(identifier)
        return ok(status=202)
    for operation in request.json.get("patchOperations", []):
        field = str(operation.get("path", "")).strip("/")
        if field in _CHANGEABLE:
            _LINKS[identifier] = {**_LINKS[identifier], field: operation.get("value", "")}
    return ok(_LINKS[identifier])


def _create(data: Document) -> Response:
    targets = data.get("targetArns") or []
    if len(targets) != 1 or ":loadbalancer/net/" not in str(targets[0]):
        return refused("BadRequestException", "A VPC link targets exactly one network load balancer.")
    identifier = secrets.token_hex(3)
    _LINKS[identifier] = {
        "id": identifier,
        "name": data["name"],
        "description": data.get("description", ""),
        "targetArns": targets,
        "status": "AVAILABLE",
        "tags": data.get("tags") or {},
    }
    return ok(_LINKS[identifier], 202)


def _answer_tags(request: Request, identifier: str) -> Response:
    if identifier not in _LINKS:
        return _missing()
    tags: dict[str, Any] = _LINKS[identifier]["tags"]
    if request.method == "GET":
        return ok({"tags": tags})
    kept = {key: value for key, value in tags.items() if key not in request.query.get("tagKeys", [])}
    _LINKS[identifier] = {**_LINKS[identifier], "tags": kept | request.json.get("tags", {})}
    return ok(status=204)


def _missing() -> Response:
    return refused("NotFoundException", "Invalid Vpc Link identifier specified", 404)
