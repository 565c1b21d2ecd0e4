"""POST /orders stores an order once; GET /orders/{order_id} reads it.

Answers: 201 stored; 200 the same order again (a retry after a lost answer is no mistake); 409 the id is
taken by a different order; 400 with the field that broke a rule; 404 no such order. Anything unexpected is
raised, so that the function counts as failed; the caller, who gets a 502, may repeat: the id makes that safe.
"""

import base64
import json
import re

from order import IDENTIFIER, IDENTIFIER_RULE, InvalidOrder, parse
from store import Stored, find, put_once
from structured_log import StructuredLog

CORRELATION = re.compile(r"[A-Za-z0-9_-]{1,64}")
INTERNAL = {"fingerprint", "correlation_id"}

Event = dict[str, object]
Answer = dict[str, object]


def handle(event: Event, context: object) -> Answer:
    """Answer one request of the REST API's proxy integration."""
    log = StructuredLog("order-processor", correlation_of(event))
    try:
        if event.get("httpMethod") == "POST":
            return store(event, log)
        return read(event, log)
    except InvalidOrder as refusal:
        log.warning("request refused", field=refusal.field)
        return answer(400, {"message": str(refusal), "field": refusal.field}, log)
    except Exception as error:
        log.error("request failed", error=type(error).__name__)
        raise


def store(event: Event, log: StructuredLog) -> Answer:
    """Store the order of the request body, or say what its id already stands for."""
    order = parse(body_of(event))
    stored = put_once(order, log.correlation_id)
    if stored is not None:
        log.info("order stored", order_id=order.order_id, items=len(order.items))
        return answer(201, stored, log)
    present = find(order.order_id)
    if present is not None and present["fingerprint"] == order.fingerprint:
        log.info("order was stored before", order_id=order.order_id)
        return answer(200, present, log)
    log.warning("order id is taken", order_id=order.order_id)
    message = f"order_id {order.order_id} is taken by a different order; send a new order under a new id"
    return answer(409, {"message": message, "field": "order_id"}, log)


def read(event: Event, log: StructuredLog) -> Answer:
    """Read the order that the path names."""
    path = event.get("pathParameters")
    order_id = path.get("order_id") if isinstance(path, dict) else None
    if not isinstance(order_id, str) or not IDENTIFIER.fullmatch(order_id):
        raise InvalidOrder("order_id", f"must be {IDENTIFIER_RULE}")
    present = find(order_id)
    if present is None:
        log.info("order not found", order_id=order_id)
        return answer(404, {"message": f"no order {order_id}"}, log)
    log.info("order read", order_id=order_id)
    return answer(200, present, log)


def answer(status: int, body: Stored, log: StructuredLog) -> Answer:
    """Shape a proxy response; what only we need stays inside."""
    shown = {key: value for key, value in body.items() if key not in INTERNAL}
    headers = {"Content-Type": "application/json", "X-Correlation-Id": log.correlation_id}
    return {"statusCode": status, "headers": headers, "body": json.dumps(shown), "isBase64Encoded": False}


def body_of(event: Event) -> str | None:
    """Read the request body, which API Gateway may hand over in base64."""
    body = event.get("body")
    if not isinstance(body, str):
        return None
    if event.get("isBase64Encoded") is not True:
        return body
    try:
        return base64.b64decode(body, validate=True).decode()
    except ValueError:
        raise InvalidOrder("body", "must be UTF-8 text") from None


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
