"""EventBridge schemas, which neither emulator has: registries and discoverers are kept, and nothing is discovered."""

from __future__ import annotations

import re
import secrets
from urllib.parse import unquote

from ministack.core.responses import get_account_id, get_region

from scripts.local_aws.overlays.hooks import Document, Request, Response, ok, refused, store
from scripts.local_aws.overlays.services import serve
from scripts.local_aws.overlays.tagging import by_path

_REGISTRIES = store("schemas-registries")
_DISCOVERERS = store("schemas-discoverers")
_TAGS = store("schemas-tags")
_REGISTRY = re.compile(r"/v1/registries/name/(?P<name>[^/]+)/?$")
_DISCOVERER = re.compile(r"/v1/discoverers(?:/id/(?P<id>[^/]+))?/?$")


def install() -> None:
    serve("schemas", _answer)


def _answer(request: Request) -> Response | None:
    if tags := by_path(request, _TAGS, "tags"):
        return tags
    if found := _REGISTRY.match(request.path):
        name = unquote(found["name"])
        if request.method == "POST":
            return _create(
                _REGISTRIES, name, "RegistryArn", f"registry/{name}", {"RegistryName": name}, request
            )
        return _kept(_REGISTRIES, name, "RegistryArn", request)
    if found := _DISCOVERER.match(request.path):
        if found["id"] is None:
            name = f"{request.json['SourceArn'].rpartition('/')[2]}-{secrets.token_hex(4)}"
            own = {"DiscovererId": name, "SourceArn": request.json["SourceArn"], "State": "STARTED"}
            return _create(_DISCOVERERS, name, "DiscovererArn", f"discoverer/{name}", own, request)
        return _kept(_DISCOVERERS, unquote(found["id"]), "DiscovererArn", request)
    return None


def _create(kept: Document, name: str, arn: str, resource: str, own: Document, request: Request) -> Response:
    if name in kept:
        return refused("ConflictException", f"{name} exists already.", 409)
    own[arn] = f"arn:aws:schemas:{get_region()}:{get_account_id()}:{resource}"
    kept[name] = {**own, "Description": request.json.get("Description", "")}
    _TAGS[own[arn]] = request.json.get("tags") or {}
    return ok({**kept[name], "tags": _TAGS[own[arn]]}, 201)


def _kept(kept: Document, name: str, arn: str, request: Request) -> Response:
    if name not in kept:
        return refused("NotFoundException", f"{name} does not exist.", 404)
    if request.method == "DELETE":
        _TAGS.pop(kept.pop(name)[arn], None)
        return ok(status=204)
    if request.method == "PUT":
        kept[name] = {**kept[name], "Description": request.json.get("Description", "")}
    return ok({**kept[name], "tags": _TAGS.get(kept[name][arn], {})})
