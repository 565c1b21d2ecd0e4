"""X-Ray: neither ministack 1.5.33 nor the split has the service; encryption, groups and sampling rules are kept."""

from __future__ import annotations

import secrets
import time
from typing import Any

from ministack.core.responses import get_account_id, get_region

from scripts.local_aws.overlays.hooks import Document, Request, Response, ok, refused, store
from scripts.local_aws.overlays.services import serve
from scripts.local_aws.overlays.tagging import as_list, as_map

_ENCRYPTION = store("xray-encryption")
_GROUPS = store("xray-groups")
_RULES = store("xray-sampling-rules")
_TAGS = store("xray-tags")
_UNSET = {"Type": "NONE", "Status": "ACTIVE"}
_INSIGHTS = {"InsightsEnabled": False, "NotificationsEnabled": False}


def install() -> None:
    serve("xray", _answer)


def _answer(request: Request) -> Response | None:
    path, data = request.path, request.json
    if path == "/PutEncryptionConfig":
        asked: dict[str, str] = {name: data[name] for name in ("Type", "KeyId") if name in data}
        _ENCRYPTION["config"] = {**asked, "Status": "ACTIVE"}
        return ok({"EncryptionConfig": _ENCRYPTION["config"]})
    if path == "/EncryptionConfig":
        return ok({"EncryptionConfig": _ENCRYPTION.get("config", _UNSET)})
    if path.endswith("Group"):
        return _answer_group(path, data)
    if "SamplingRule" in path:
        return _answer_rule(path, data)
    return _answer_tags(path, data)


def _arn(kind: str, name: str) -> str:
    return f"arn:aws:xray:{get_region()}:{get_account_id()}:{kind}/{name}"


def _found(kept: Any, field: str, data: Document, *names: str) -> Document | None:
    """By name or ARN, whichever the request has."""
    wanted = {data.get(name) for name in names} - {None}
    return next((each for each in kept.values() if {each[field], each.get(names[1])} & wanted), None)


def _answer_group(path: str, data: Document) -> Response | None:
    if path == "/CreateGroup":
        name = data["GroupName"]
        arn = _arn("group", f"{name}/{secrets.token_hex(13).upper()}")
        _GROUPS[name] = {
            "GroupName": name,
            "GroupARN": arn,
            "FilterExpression": data.get("FilterExpression", ""),
            "InsightsConfiguration": {**_INSIGHTS, **(data.get("InsightsConfiguration") or {})},
        }
        _TAGS[arn] = as_map(data.get("Tags"))
        return ok({"Group": _GROUPS[name]})
    group = _found(_GROUPS, "GroupName", data, "GroupName", "GroupARN")
    if group is None:
        return refused("InvalidRequestException", "Group not found")
    if path == "/UpdateGroup":
        group["FilterExpression"] = data.get("FilterExpression", group["FilterExpression"])
        group["InsightsConfiguration"].update(data.get("InsightsConfiguration") or {})
    if path == "/DeleteGroup":
        _GROUPS.pop(group["GroupName"])
        _TAGS.pop(group["GroupARN"], None)
        return ok()
    return ok({"Group": group})


def _answer_rule(path: str, data: Document) -> Response:
    if path == "/GetSamplingRules":
        return ok({"SamplingRuleRecords": [_record(rule) for rule in _RULES.values()]})
    if path == "/CreateSamplingRule":
        asked = data["SamplingRule"]
        arn = _arn("sampling-rule", asked["RuleName"])
        _RULES[asked["RuleName"]] = {"Attributes": {}, **asked, "RuleARN": arn, "Kept": time.time()}
        _TAGS[arn] = as_map(data.get("Tags"))
        return ok({"SamplingRuleRecord": _record(_RULES[asked["RuleName"]])})
    change = data.get("SamplingRuleUpdate") or data
    rule = _found(_RULES, "RuleName", change, "RuleName", "RuleARN")
    if rule is None:
        return refused("InvalidRequestException", "Sampling rule does not exist.")
    if path == "/UpdateSamplingRule":
        rule.update({field: value for field, value in change.items() if value is not None})
    else:
        _RULES.pop(rule["RuleName"])
        _TAGS.pop(rule["RuleARN"], None)
    return ok({"SamplingRuleRecord": _record(rule)})


def _record(rule: Document) -> Document:
    shown = {field: value for field, value in rule.items() if field != "Kept"}
    return {"SamplingRule": shown, "CreatedAt": rule["Kept"], "ModifiedAt": rule["Kept"]}


def _answer_tags(path: str, data: Document) -> Response | None:
    arn = data.get("ResourceARN", "")
    kept = _TAGS.get(arn, {})
    if path == "/ListTagsForResource":
        return ok({"Tags": as_list(kept)})
    if path == "/TagResource":
        _TAGS[arn] = {**kept, **as_map(data.get("Tags"))}
        return ok()
    if path == "/UntagResource":
        _TAGS[arn] = {key: value for key, value in kept.items() if key not in data.get("TagKeys", [])}
        return ok()
    return None
