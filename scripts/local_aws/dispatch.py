"""The ASGI application: control paths, then moto or ministack by the scope of the signature."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import ministack.app
from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.config import Config
from ministack.core import responses

from scripts.local_aws import moto_bridge, moto_state, overlays

# ASGI messages are heterogeneous by specification.
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_SCOPE = re.compile(rb"Credential=(?P<key>[^/,\s]+)/\d{8}/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")
CONTROL = "/_stagecraft/"


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one request."""
    if scope["type"] == "http":
        if scope["path"].startswith(CONTROL):
            await _control(scope, receive, send)
            return
        found = _SCOPE.search(dict(scope["headers"]).get(b"authorization", b""))
        if found and found["service"].decode() in moto_bridge.SCOPES:
            await _moto(scope, receive, send, found["key"].decode(), found["region"].decode())
            return
    await ministack.app.app(scope, receive, send)


async def serve(port: int) -> None:
    """Serve until SIGTERM or SIGINT; the state is saved before this returns."""
    overlays.install_all()
    moto_state.install()
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "INFO"
    config.backlog = 512
    await hypercorn_serve(application, config)  # type: ignore[arg-type]  # our messages are plain mappings


async def _control(scope: Message, receive: Receive, send: Send) -> None:
    name = scope["path"].removeprefix(CONTROL)
    if name == "health":
        await respond(send, 200, {"status": "ok", "pid": os.getpid()})
        return
    await respond(send, 404, {"message": f"no control path {scope['path']}"})


async def respond(send: Send, status: int, document: object) -> None:
    """Send *document* as JSON."""
    body = json.dumps(document).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def read_body(receive: Receive) -> bytes:
    """The whole body of a request."""
    parts: list[bytes] = []
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def _moto(scope: Message, receive: Receive, send: Send, key: str, region: str) -> None:
    responses.set_request_account_id(key)  # resolves keys of assumed roles, too
    responses.set_request_region(region)
    request = moto_bridge.Call(
        method=scope["method"],
        raw_path=(scope.get("raw_path") or scope["path"].encode()).decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        headers=tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"]),
        body=await read_body(receive),
        account=responses.get_account_id(),
    )
    answer = await moto_bridge.call(request)
    headers = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in answer.headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else answer.body})
