"""EventBridge bus policies: ministack 1.5.33 ignores the whole document of PutPermission."""

from __future__ import annotations

import json
from collections.abc import Callable

from ministack.services import eventbridge

from scripts.local_aws.overlays.hooks import Document, Response, ok, wrap


def install() -> None:
    @wrap(eventbridge, "_put_permission")
    def put_permission(inner: Callable[[Document], Response], data: Document) -> Response:
        if not data.get("Policy"):
            return inner(data)
        bus = str(data.get("EventBusName") or "default").rpartition("/")[2]
        eventbridge._event_bus_policies[bus] = json.loads(data["Policy"])
        return ok()
