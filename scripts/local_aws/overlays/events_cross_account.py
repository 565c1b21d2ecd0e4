"""Events for the bus of another account: ministack 1.5.33 refuses every bus that is not the caller's.

The bus's own policy decides, by what the event says of itself. An event that is let in names the owner's account
as its origin, not the sender's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
from ministack.core.responses import get_account_id, request_scope
from ministack.services import eventbridge

from scripts.local_aws.overlays.hooks import Document, Response, ok, wrap

_BUS = re.compile(r"arn:aws:events:(?P<region>[^:]+):(?P<account>\d{12}):event-bus/(?P<name>.+)$")


def install() -> None:
    @wrap(eventbridge, "_put_events")
    def put_events(inner: Callable[..., Response], data: Document, *args: Any, **kwargs: Any) -> Response:
        entries = data.get("Entries", [])
        if not any(_foreign(entry) for entry in entries):
            return inner(data, *args, **kwargs)
        results = [_put(inner, entry, *args, **kwargs) for entry in entries]
        return ok({"FailedEntryCount": sum("ErrorCode" in found for found in results), "Entries": results})


def _foreign(entry: Document) -> re.Match[str] | None:
    found = _BUS.match(str(entry.get("EventBusName", "")))
    return found if found and found["account"] != get_account_id() else None


def _put(inner: Callable[..., Response], entry: Document, *args: Any, **kwargs: Any) -> Document:
    found = _foreign(entry)
    if found is None:
        return _only(inner({"Entries": [entry]}, *args, **kwargs))
    sender = get_account_id()
    with request_scope(found["account"], found["region"]):
        policy = eventbridge._event_bus_policies.get(found["name"])
        if not policy or not _allows(policy, sender, found[0], found["region"], entry):
            message = f"arn:aws:iam::{sender}:root is not authorized to perform: events:PutEvents on resource: {found[0]}"
            return {"ErrorCode": "AccessDeniedException", "ErrorMessage": message}
        return _only(inner({"Entries": [entry]}, *args, **kwargs))


def _only(answer: Response) -> Document:
    result: Document = json.loads(answer[2])["Entries"][0]
    return result


def _allows(policy: Document, sender: str, bus: str, region: str, entry: Document) -> bool:
    context = EvalContext(
        principal_arn=f"arn:aws:iam::{sender}:root",
        principal_type="Root",
        principal_account=sender,
        action="events:PutEvents",
        resource_arn=bus,
        region=region,
        service_context={
            "events:source": str(entry.get("Source", "")),
            "events:detail-type": str(entry.get("DetailType", "")),
        },
    )
    return bool(evaluate_resource_policy(policy, context).decision == "Allow")
