"""Shapes of ASGI messages, and small answers made of them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from html import escape
from typing import Any

# ASGI messages are heterogeneous by specification.
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


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


def replay(body: bytes) -> Receive:
    """A receiver that hands out *body* again."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def error_body(service: str, content_type: str, code: str, message: str) -> tuple[bytes, bytes]:
    """Content type and document of an error, in the protocol the request speaks."""
    error = f"<Code>{code}</Code><Message>{escape(message)}</Message>"
    if service == "s3":
        return b"application/xml", f"<Error>{error}</Error>".encode()
    if service == "ec2":
        return b"text/xml", f"<Response><Errors><Error>{error}</Error></Errors></Response>".encode()
    if content_type.startswith("application/x-www-form-urlencoded"):
        return (
            b"text/xml",
            f"<ErrorResponse><Error><Type>Receiver</Type>{error}</Error></ErrorResponse>".encode(),
        )
    return b"application/x-amz-json-1.1", json.dumps({"__type": code, "message": message}).encode()
