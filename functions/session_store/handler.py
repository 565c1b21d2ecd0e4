"""Sessions of the shop, and the cart that each holds.

POST /sessions begins one (201); GET /sessions/{session_id} reads it with its cart; PUT /sessions/{session_id}/cart
replaces the cart; DELETE /sessions/{session_id} ends it (204). 400 names the field that broke a rule, 404 is a session
that never was or is over. Anything unexpected is raised, so that the function counts as failed.
"""

import base64
import json
import os
import re
from collections.abc import Mapping

from cart import InvalidCart, Item, parse
from store import begin, end, find, put_cart
from structured_log import StructuredLog

SESSION_ID = re.compile(r"[0-9a-f]{32}")
CORRELATION = re.compile(r"[A-Za-z0-9_-]{1,64}")

Event = dict[str, object]
Answer = dict[str, object]


def handle(event: Event, context: object) -> Answer:
    """Answer one request of the REST API's proxy integration."""
    log = StructuredLog("session-store", correlation_of(event))
    try:
        return answer_to(event, log)
    except InvalidCart as refusal:
        log.warning("request refused", field=refusal.field)
        return answer(400, {"message": str(refusal), "field": refusal.field}, log)
    except Exception as error:
        log.error("request failed", error=type(error).__name__)
        raise


def answer_to(event: Event, log: StructuredLog) -> Answer:
    """Choose by method; the API lets nothing else through."""
    method = event.get("httpMethod")
    if method == "POST":
        session = begin()
        log.info("session begun")
        return answer(201, shown(session["session_id"], [], session["expires_at"]), log)
    session_id = session_of(event)
    session = find(session_id)
    if session is None:
        return answer(404, {"message": "no such session; begin one with POST /sessions"}, log)
    if method == "DELETE":
        end(session_id)
        log.info("session ended")
        return answer(204, None, log)
    if method == "PUT":
        items = parse(body_of(event))
        put_cart(session_id, items, session["expires_at"])
        log.info("cart stored", items=len(items))
        return answer(200, shown(session_id, items, session["expires_at"]), log)
    return answer(200, shown(session_id, session["items"], session["expires_at"]), log)


def shown(session_id: str, items: list[Item], expires_at: int) -> dict[str, object]:
    """What a caller sees of a session."""
    return {
        "session_id": session_id,
        "expires_at": expires_at,
        "cart": [{"product": item.product, "quantity": item.quantity} for item in items],
    }


def answer(status: int, body: Mapping[str, object] | None, log: StructuredLog) -> Answer:
    """Shape a proxy response."""
    headers = {"Content-Type": "application/json", "X-Correlation-Id": log.correlation_id}
    # The API answers a browser's question before the call; the answer to the call itself must say it again.
    if origin := os.environ.get("ALLOWED_ORIGIN"):
        headers["Access-Control-Allow-Origin"] = origin
    text = "" if body is None else json.dumps(body)
    return {"statusCode": status, "headers": headers, "body": text, "isBase64Encoded": False}


def session_of(event: Event) -> str:
    """Read the session that the path names."""
    path = event.get("pathParameters")
    session_id = path.get("session_id") if isinstance(path, dict) else None
    if not isinstance(session_id, str) or not SESSION_ID.fullmatch(session_id):
        raise InvalidCart("session_id", "must be the 32 hex digits that POST /sessions gave")
    return session_id


def body_of(event: Event) -> str:
    """Read the request body, which API Gateway may hand over in base64."""
    body = event.get("body")
    if not isinstance(body, str):
        return ""
    if event.get("isBase64Encoded") is not True:
        return body
    try:
        return base64.b64decode(body, validate=True).decode()
    except ValueError:
        raise InvalidCart("body", "must be UTF-8 text") from None


def correlation_of(event: Event) -> str:
    """Take the caller's X-Correlation-Id if it is one, else the request's own id."""
    headers = event.get("headers")
    given = {str(k).lower(): v for k, v in headers.items()} if isinstance(headers, dict) else {}
    wanted = given.get("x-correlation-id")
    # Checked, because it is written to the log: a caller must not be able to forge lines or store text there.
    if isinstance(wanted, str) and CORRELATION.fullmatch(wanted):
        return wanted
    request = event.get("requestContext")
    return str(request.get("requestId", "none")) if isinstance(request, dict) else "none"
