"""Paths that are ours, not AWS's: health, faults, sent mail, schedules."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import Any
from urllib.parse import parse_qs

from scripts.local_aws import faults, mail, schedules
from scripts.local_aws.asgi import Message, Receive, Send, read_body, respond

PREFIX = "/_stagecraft/"


async def answer(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one request below ``/_stagecraft/``."""
    route = (scope["method"], scope["path"].removeprefix(PREFIX))
    query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode()).items()}
    body = await read_body(receive)
    try:
        data: dict[str, Any] = json.loads(body or b"{}")
        status, document = _route(route, query, data)
    except (TypeError, ValueError, KeyError) as error:
        status, document = 400, {"message": f"{scope['path']}: {error!r}"}
    await respond(send, status, document)


def _route(route: tuple[str, str], query: dict[str, str], data: dict[str, Any]) -> tuple[int, object]:
    match route:
        case ("GET", "health"):
            return 200, {"status": "ok", "pid": os.getpid()}
        case ("POST", "faults"):
            faults.add(faults.Fault(**data))
            return 200, {}
        case ("GET", "faults"):
            return 200, {"faults": [{**asdict(fault), "left": left} for fault, left in faults.listing()]}
        case ("DELETE", "faults"):
            faults.clear()
            return 200, {}
        case ("GET", "mail"):
            return 200, {"mail": mail.sent(query.get("account", ""))}
        case ("POST", "schedules"):
            fired = schedules.fire(data["name"], data["account"], data.get("region", "us-east-1"))
            return (
                (200, {"targets": fired})
                if fired
                else (404, {"message": f"no schedule {data['name']} with targets"})
            )
        case _:
            return 404, {"message": f"no control path {route[1]}"}
