"""Cost Explorer, which neither emulator has: anomaly monitors, subscriptions and cost allocation tags are kept."""

from __future__ import annotations

import uuid
from typing import Any

from ministack.core.responses import get_account_id

from scripts.local_aws.overlays.hooks import Document, Request, Response, ok, refused, store
from scripts.local_aws.overlays.services import serve
from scripts.local_aws.overlays.tagging import as_list, as_map

_MONITORS = store("ce-monitors")
_SUBSCRIPTIONS = store("ce-subscriptions")
_ALLOCATION = store("ce-allocation-tags")
_TAGS = store("ce-tags")


def install() -> None:
    serve("ce", _answer)


def _answer(request: Request) -> Response | None:
    data, action = request.json, request.action
    if "AnomalyMonitor" in action:
        return _answer_kind(action, data, "Monitor", _MONITORS)
    if "AnomalySubscription" in action:
        return _answer_kind(action, data, "Subscription", _SUBSCRIPTIONS)
    if action == "ListCostAllocationTags":
        # AWS lists a tag once a bill had it; here every tag that is asked for counts as seen.
        names = data.get("TagKeys") or list(_ALLOCATION.keys())
        return ok({"CostAllocationTags": [_allocation(name) for name in names]})
    if action == "UpdateCostAllocationTagsStatus":
        _ALLOCATION.update({tag["TagKey"]: tag["Status"] for tag in data["CostAllocationTagsStatus"]})
        return ok({"Errors": []})
    return _answer_tags(action, data)


def _allocation(name: str) -> Document:
    return {"TagKey": name, "Type": "UserDefined", "Status": _ALLOCATION.get(name, "Inactive")}


def _answer_kind(action: str, data: Document, kind: str, kept: Any) -> Response | None:
    field = f"{kind}Arn"
    if action.startswith("Create"):
        arn = f"arn:aws:ce::{get_account_id()}:anomaly{kind.lower()}/{uuid.uuid4()}"
        kept[arn] = {**data[f"Anomaly{kind}"], field: arn, "AccountId": get_account_id()}
        _TAGS[arn] = as_map(data.get("ResourceTags"))
        return ok({field: arn})
    wanted = data.get(f"{field}List") or ([data[field]] if field in data else list(kept.keys()))
    if missing := [arn for arn in wanted if arn not in kept]:
        return refused(f"Unknown{kind}Exception", f"There is no {missing[0]}.")
    if action.startswith("Get"):
        return ok({f"Anomaly{kind}s": [_shown(kept[arn]) for arn in wanted]})
    if action.startswith("Update"):
        kept[wanted[0]].update({name: value for name, value in data.items() if value is not None})
        return ok({field: wanted[0]})
    kept.pop(wanted[0])
    _TAGS.pop(wanted[0], None)
    return ok()


def _shown(record: Document) -> Document:
    """A monitor belongs to no account in AWS's answers, a subscription does."""
    if "MonitorArn" in record:
        return {name: value for name, value in record.items() if name != "AccountId"}
    subscribers = [{"Status": "CONFIRMED", **each} for each in record.get("Subscribers", [])]
    return {**record, "Subscribers": subscribers}


def _answer_tags(action: str, data: Document) -> Response | None:
    arn = data.get("ResourceArn", "")
    kept = _TAGS.get(arn, {})
    if action == "ListTagsForResource":
        return ok({"ResourceTags": as_list(kept)})
    if action == "TagResource":
        _TAGS[arn] = {**kept, **as_map(data["ResourceTags"])}
        return ok()
    if action == "UntagResource":
        _TAGS[arn] = {key: value for key, value in kept.items() if key not in data["ResourceTagKeys"]}
        return ok()
    return None
