"""Call moto's WSGI application from the ASGI server, in the account of the request."""

from __future__ import annotations

import asyncio
import contextvars
import io
import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import unquote

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from scripts.local_aws.asgi import error_body

# Services that moto does better, or that only moto has (credential scopes).
SCOPES = frozenset(
    {
        "ec2",
        "elasticloadbalancing",
        "autoscaling",
        "application-autoscaling",
        "ecs",
        "ecr",
        "codedeploy",
        "servicediscovery",
        "route53",
        "acm",
        "wafv2",
        "shield",
        "guardduty",
        "config",
        "codebuild",
    }
)

logger = logging.getLogger("stagecraft.moto")
_application = DomainDispatcherApplication(create_backend_app)
# Of its own: work of ministack waits on its pool while functions call back into moto.
_threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="moto")


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP response."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """What moto needs to know of one HTTP request."""

    method: str
    raw_path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    account: str
    service: str


async def call(request: Call) -> Answer:
    """Run *request* on a thread that sees the account and region of this task."""
    context = contextvars.copy_context()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads, context.run, _run, request)


def _run(request: Call) -> Answer:
    status: list[str] = []
    headers: list[tuple[str, str]] = []

    def start_response(line: str, fields: list[tuple[str, str]], _error: object = None) -> None:
        status[:] = [line]
        headers[:] = fields

    try:
        parts: Iterable[bytes] = _application(_environ(request), start_response)
        body = b"".join(parts)
    except NotImplementedError as gap:
        # 501 is not retried by clients: a 500 would look like a hang, for as long as they try.
        return _error(request, 501, "NotImplemented", str(gap))
    except Exception as error:  # whatever moto stumbles over, the client gets told
        logger.exception("moto failed at %s %s", request.method, request.raw_path)
        return _error(request, 500, "InternalFailure", repr(error))
    return Answer(int(status[0].split(" ", 1)[0]), tuple(headers), body)


def _environ(request: Call) -> dict[str, object]:
    path = unquote(request.raw_path, encoding="latin-1")
    target = request.raw_path + (f"?{request.query}" if request.query else "")
    environ: dict[str, object] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": request.query,
        "RAW_URI": target,
        "REQUEST_URI": target,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for name, value in request.headers:
        key = name.upper().replace("-", "_")
        environ["CONTENT_TYPE" if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["HTTP_X_MOTO_ACCOUNT_ID"] = request.account
    return environ


def _error(request: Call, status: int, code: str, message: str) -> Answer:
    spoken = next((value for name, value in request.headers if name.lower() == "content-type"), "")
    content_type, body = error_body(request.service, spoken, code, message)
    headers = (("Content-Type", content_type.decode()), ("x-amzn-ErrorType", code))
    return Answer(status, headers, body)
