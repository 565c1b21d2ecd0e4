"""Data Lifecycle Manager, which neither emulator has: policies are kept, and no snapshot is ever taken."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime

from ministack.core.responses import get_account_id, get_region

from scripts.local_aws.overlays.hooks import Document, Request, Response, ok, refused, store
from scripts.local_aws.overlays.services import serve
from scripts.local_aws.overlays.tagging import by_path

_POLICIES = store("dlm-policies")
_TAGS = store("dlm-tags")
_PATH = re.compile(r"/policies(?:/(?P<id>[^/]+))?/?$")
_FIELDS = ("ExecutionRoleArn", "Description", "State", "PolicyDetails")


def install() -> None:
    serve("dlm", _answer)


def _answer(request: Request) -> Response | None:
    if tags := by_path(request, _TAGS, "Tags"):
        return tags
    found = _PATH.match(request.path)
    if not found:
        return None
    identifier = found["id"]
    if identifier is None:
        return _create(request.json) if request.method == "POST" else None
    policy = _POLICIES.get(identifier)
    if policy is None:
        return refused("ResourceNotFoundException", f"The policy {identifier} does not exist.", 404)
    if request.method == "DELETE":
        _TAGS.pop(_POLICIES.pop(identifier)["PolicyArn"], None)
        return ok()
    if request.method == "PATCH":
        policy.update(_asked(request.json), DateModified=_now())
        return ok()
    return ok({"Policy": {**policy, "Tags": _TAGS.get(policy["PolicyArn"], {})}})


def _create(data: Document) -> Response:
    identifier = f"policy-{secrets.token_hex(9)[:17]}"
    arn = f"arn:aws:dlm:{get_region()}:{get_account_id()}:policy/{identifier}"
    kept = {"PolicyId": identifier, "PolicyArn": arn, "DateCreated": _now(), "DateModified": _now()}
    _POLICIES[identifier] = {**kept, **_asked(data)}
    _TAGS[arn] = data.get("Tags") or {}
    return ok({"PolicyId": identifier})


def _asked(data: Document) -> Document:
    kept = {field: data[field] for field in _FIELDS if data.get(field) is not None}
    if "PolicyDetails" in kept:
        kept["PolicyDetails"] = {"PolicyType": "EBS_SNAPSHOT_MANAGEMENT", **kept["PolicyDetails"]}
    return kept


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
