"""A line between callers and the embedded AWS on which things go wrong as they do on the way to AWS."""

from __future__ import annotations

import http.client
import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "proxy-connection", "content-length"}
SLOW_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Request:
    """What a fault may be chosen by."""

    number: int
    """Counted from 1, over the life of the line."""
    method: str
    path: str
    service: str
    """As the signature names it: ``kms``, ``s3``."""
    action: str
    """``CreateKey``; empty where the protocol has none (S3, Lambda)."""


Fault = Callable[["Handler", Request], bool]
"""Does something to one request; True when it has been answered (or never will be)."""


def throttled(handler: Handler, request: Request) -> bool:
    """Too many requests: AWS says it with another status in each protocol."""
    code = "SlowDown" if request.service == "s3" else "ThrottlingException"
    handler.refuse(503 if request.service == "s3" else 400, code, "Rate exceeded")
    return True


def unavailable(handler: Handler, request: Request) -> bool:
    """503, from something in front of the service."""
    handler.refuse(503, "ServiceUnavailable", "Service is unable to handle request.")
    return True


def internal(handler: Handler, request: Request) -> bool:
    """500, from the service."""
    handler.refuse(500, "InternalError", "We encountered an internal error. Please try again.")
    return True


def reset(handler: Handler, request: Request) -> bool:
    """The connection breaks before anything was done."""
    # Lingering for no time makes the kernel send RST instead of FIN.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True
    return True


def slow(handler: Handler, request: Request) -> bool:
    """An answer that takes its time."""
    time.sleep(SLOW_SECONDS)
    return False


def expired(handler: Handler, request: Request) -> bool:
    """The session's credentials have run out."""
    handler.refuse(
        403 if request.service == "s3" else 400,
        "ExpiredToken" if request.service in {"s3", "sts"} else "ExpiredTokenException",
        "The security token included in the request is expired",
    )
    return True


class Line:
    """The line: where it is, what went over it, and which fault the next request meets."""

    def __init__(self, upstream: str) -> None:
        self.upstream = urlsplit(upstream)
        self.choose: Callable[[Request], Fault | None] = lambda request: None
        self.met: list[str] = []
        """The faults that were met, by name."""
        self._number = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("OnLine", (Handler,), {"line": self}))
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        """Where callers connect."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def open(self) -> Iterator[Line]:
        """Carry requests until the block ends."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def fault_for(self, handler: Handler) -> tuple[Fault | None, Request]:
        """Count one request, and choose what it meets."""
        target = handler.headers.get("X-Amz-Target", "")
        signed = re.search(r"Credential=[^/]+/\d+/[^/]*/([^/]+)/", handler.headers.get("Authorization", ""))
        action = target.rpartition(".")[2] or "".join(
            re.findall(rb"Action=(\w+)", handler.body)[:1]
            and [re.findall(rb"Action=(\w+)", handler.body)[0].decode()]
        )
        with self._lock:
            self._number += 1
            request = Request(
                self._number, handler.command, handler.path, signed[1] if signed else "", action
            )
            fault = self.choose(request)
            if fault is not None:
                self.met.append(fault.__name__)
        return fault, request


class Handler(BaseHTTPRequestHandler):
    """One connection of a caller."""

    protocol_version = "HTTP/1.1"
    line: Line
    body: bytes

    def _carry(self) -> None:
        self.body = self._read_body()
        fault, request = self.line.fault_for(self)
        if fault is not None and fault(self, request):
            return
        upstream = http.client.HTTPConnection(
            self.line.upstream.hostname or "", self.line.upstream.port, timeout=120
        )
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        upstream.request(
            self.command, self.path, self.body or None, headers | {"Content-Length": str(len(self.body))}
        )
        answer = upstream.getresponse()
        self._answer(answer.status, answer.getheaders(), answer.read())
        upstream.close()

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do_PATCH = _carry

    def refuse(self, status: int, code: str, message: str) -> None:
        """Answer with an error as AWS spells it in the protocol that was asked in."""
        if "json" in self.headers.get("Content-Type", "") or "X-Amz-Target" in self.headers:
            body = json.dumps({"__type": code, "message": message}).encode()
            self._answer(
                status, [("Content-Type", "application/x-amz-json-1.1"), ("x-amzn-ErrorType", code)], body
            )
        else:
            inner = f"<Code>{code}</Code><Message>{message}</Message><RequestId>fault</RequestId>"
            query = b"Action=" in self.body
            text = (
                f"<ErrorResponse><Error>{inner}</Error></ErrorResponse>"
                if query
                else f"<Error>{inner}</Error>"
            )
            self._answer(status, [("Content-Type", "text/xml")], text.encode())

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        told = next((value for name, value in headers if name.lower() == "content-length"), str(len(body)))
        self.send_header("Content-Length", told if self.command == "HEAD" else str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _read_body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a test reads what was met from the line."""
