"""The ASGI application: control paths, faults, then moto or ministack by the scope of the signature."""

from __future__ import annotations

import asyncio
import re

import ministack.app
from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.config import Config
from ministack.core import responses

from scripts.local_aws import control, faults, moto_bridge, moto_state, operations, overlays, quiet
from scripts.local_aws.asgi import Message, Receive, Send, error_body, read_body, replay
from scripts.local_aws.home import Home

_SCOPE = re.compile(rb"Credential=(?P<key>[^/,\s]+)/\d{8}/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")


activity = quiet.Activity()


# A request that came through the proxy form names the whole URL; S3 Control's do, because their host name, the
# account before ours, exists nowhere.
_ABSOLUTE = re.compile(r"^https?://[^/]*")


def _in_origin_form(scope: Message) -> Message:
    if not _ABSOLUTE.match(scope.get("path", "")):
        return scope
    path = _ABSOLUTE.sub("", scope["path"]) or "/"
    raw = _ABSOLUTE.sub("", scope.get("raw_path", b"").decode("latin-1")) or "/"
    return {**scope, "path": path, "raw_path": raw.encode("latin-1")}


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one request."""
    scope = _in_origin_form(scope)
    if scope["type"] != "http":
        await ministack.app.app(scope, receive, send)
    elif scope["path"].startswith(control.PREFIX):
        await control.answer(scope, receive, send)
    else:
        with activity.request():
            await _answer(scope, receive, send)


async def _answer(scope: Message, receive: Receive, send: Send) -> None:
    found = _SCOPE.search(dict(scope["headers"]).get(b"authorization", b""))
    if found is None:
        await ministack.app.app(scope, receive, send)
        return
    service, key, region = (found[name].decode() for name in ("service", "key", "region"))
    if faults.concerns(service):
        body = await read_body(receive)
        receive = replay(body)
        fault = faults.take(service, _operation(scope, service, body), key)
        if fault is not None and not await _suffer(fault, scope, receive, send, service, key, region):
            return
    await _serve(scope, receive, send, service, key, region)


async def _serve(scope: Message, receive: Receive, send: Send, service: str, key: str, region: str) -> None:
    if service in moto_bridge.SCOPES:
        await _moto(scope, receive, send, service, key, region)
    else:
        await ministack.app.app(scope, receive, send)


async def _suffer(
    fault: faults.Fault, scope: Message, receive: Receive, send: Send, service: str, key: str, region: str
) -> bool:
    """Apply *fault*; True when the request goes on as if nothing had happened."""
    if fault.delay_seconds:
        await asyncio.sleep(fault.delay_seconds)
    if fault.only_delays:
        return True
    if fault.lost_answer:

        async def swallow(_message: Message) -> None:
            return None

        await _serve(scope, receive, swallow, service, key, region)
    if fault.lost_answer or fault.reset:
        # An announced body that never comes: the client sees its connection break.
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1024")]})
        raise ConnectionResetError("a fault set for a test")
    spoken = dict(scope["headers"]).get(b"content-type", b"").decode("latin-1")
    content_type, body = error_body(service, spoken, fault.error, "a fault set for a test")
    headers = [
        (b"content-type", content_type),
        (b"content-length", str(len(body)).encode()),
        (b"x-amzn-errortype", fault.error.encode()),
    ]
    await send({"type": "http.response.start", "status": fault.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
    return False


def _operation(scope: Message, service: str, body: bytes) -> str:
    headers = {n.decode("latin-1").lower(): v.decode("latin-1") for n, v in scope["headers"]}
    query = scope["query_string"].decode("latin-1")
    return operations.name(service, scope["method"], scope["path"], query, headers, body)


async def _moto(scope: Message, receive: Receive, send: Send, service: str, key: str, region: str) -> None:
    responses.set_request_account_id(key)  # resolves keys of assumed roles, too
    responses.set_request_region(region)
    request = moto_bridge.Call(
        method=scope["method"],
        raw_path=(scope.get("raw_path") or scope["path"].encode()).decode("latin-1"),
        query=scope["query_string"].decode("latin-1"),
        headers=tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"]),
        body=await read_body(receive),
        account=responses.get_account_id(),
        service=service,
    )
    answer = await moto_bridge.call(request)
    headers = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in answer.headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else answer.body})


async def serve(home: Home, port: int) -> None:
    """Serve until SIGTERM or SIGINT; the state is saved before this returns."""
    overlays.install_all()
    moto_state.install()
    checkpoints = asyncio.create_task(quiet.take_checkpoints(home, activity))
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = 75
    # The default closes a connection after 1,000 requests, also under a client that just sent the next one.
    config.keep_alive_max_requests = 2**31
    config.graceful_timeout = 1
    config.loglevel = "INFO"
    config.backlog = 512
    await hypercorn_serve(application, config)  # type: ignore[arg-type]  # our messages are plain mappings
    checkpoints.cancel()
