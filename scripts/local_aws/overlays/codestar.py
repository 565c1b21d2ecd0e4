"""Connections to repositories and notification rules, which ministack 1.5.33 lacks.

A connection waits for a person's consent, as a new one does on AWS; a rule never tells anybody anything.
"""

from __future__ import annotations

import time
import uuid
from urllib.parse import unquote

from ministack.core.responses import get_account_id, get_region

from scripts.local_aws.overlays.hooks import Document, Request, Response, ok, refused, store
from scripts.local_aws.overlays.services import serve
from scripts.local_aws.overlays.tagging import as_list, as_map

_CONNECTIONS = store("codestar-connections")
_RULES = store("codestar-notification-rules")
_TAGS = store("codestar-tags")


def install() -> None:
    serve("codestar-connections", _answer_connections)
    serve("codestar-notifications", _answer_rules)


def _arn(service: str, kind: str) -> str:
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{kind}/{uuid.uuid4()}"


def _answer_connections(request: Request) -> Response | None:
    data, action = request.json, request.action
    if action == "CreateConnection":
        arn = _arn("codestar-connections", "connection")
        _CONNECTIONS[arn] = {
            "ConnectionName": data["ConnectionName"],
            "ConnectionArn": arn,
            "ProviderType": data.get("ProviderType", "GitHub"),
            "OwnerAccountId": get_account_id(),
            "ConnectionStatus": "PENDING",
        }
        if data.get("HostArn"):
            _CONNECTIONS[arn]["HostArn"] = data["HostArn"]
        _TAGS[arn] = as_map(data.get("Tags"))
        return ok({"ConnectionArn": arn, "Tags": data.get("Tags") or []})
    arn = data.get("ConnectionArn") or data.get("ResourceArn", "")
    if arn not in _CONNECTIONS:
        return refused("ResourceNotFoundException", f"The connection {arn} does not exist.")
    kept = _TAGS.get(arn, {})
    if action == "DeleteConnection":
        _CONNECTIONS.pop(arn)
        _TAGS.pop(arn, None)
    elif action == "ListTagsForResource":
        return ok({"Tags": as_list(kept)})
    elif action == "TagResource":
        _TAGS[arn] = {**kept, **as_map(data["Tags"])}
    elif action == "UntagResource":
        _TAGS[arn] = {key: value for key, value in kept.items() if key not in data["TagKeys"]}
    elif action == "GetConnection":
        return ok({"Connection": _CONNECTIONS[arn]})
    else:
        return None
    return ok()


def _answer_rules(request: Request) -> Response | None:
    data, path = request.json, unquote(request.path)
    if path == "/createNotificationRule":
        arn = _arn("codestar-notifications", "notificationrule")
        now = time.time()
        _RULES[arn] = {"Arn": arn, "CreatedTimestamp": now, "LastModifiedTimestamp": now}
        _RULES[arn].update({"Status": "ENABLED", **_asked(data)})
        _TAGS[arn] = data.get("Tags") or {}
        return ok({"Arn": arn})
    if path == "/listTargets":
        told = [target for rule in _RULES.values() for target in rule["Targets"]]
        return ok({"Targets": told})
    if path == "/deleteTarget":
        return ok()
    arn = data.get("Arn") or path.removeprefix("/untagResource/")
    if arn not in _RULES:
        return refused("ResourceNotFoundException", f"The notification rule {arn} does not exist.", 404)
    if path == "/describeNotificationRule":
        return ok({**_RULES[arn], "Tags": _TAGS.get(arn, {})})
    if path == "/updateNotificationRule":
        _RULES[arn].update(_asked(data), LastModifiedTimestamp=time.time())
        return ok()
    if path == "/deleteNotificationRule":
        _RULES.pop(arn)
        _TAGS.pop(arn, None)
        return ok({"Arn": arn})
    return _answer_tags(request, path, arn)


def _answer_tags(request: Request, path: str, arn: str) -> Response | None:
    kept = _TAGS.get(arn, {})
    if path == "/listTagsForResource":
        return ok({"Tags": kept})
    if path == "/tagResource":
        _TAGS[arn] = {**kept, **request.json["Tags"]}
    elif path.startswith("/untagResource/"):
        gone = request.query.get("tagKeys", [])
        _TAGS[arn] = {key: value for key, value in kept.items() if key not in gone}
    else:
        return None
    return ok({"Tags": _TAGS[arn]})


def _asked(data: Document) -> Document:
    kept = {field: data[field] for field in ("Name", "Resource", "DetailType", "Status") if data.get(field)}
    if "EventTypeIds" in data:
        kept["EventTypes"] = [{"EventTypeId": name} for name in data["EventTypeIds"]]
    if "Targets" in data:
        kept["Targets"] = [{**target, "TargetStatus": "ACTIVE"} for target in data["Targets"]]
    return kept
