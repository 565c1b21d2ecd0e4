"""Asynchronous invocations: retries, dead letters and destinations as Lambda does them.

ministack 1.5.33 ignores the invoke configuration of an alias, sends a dead-letter queue the
envelope of a destination, knows no success destination, and counts a throttle as an attempt.
The waits before a retry are ``Delays.async_retry_seconds``, doubled each time.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from typing import Any

from ministack.core.concurrency import spawn_background
from ministack.core.responses import get_account_id, get_region, new_uuid, request_scope
from ministack.services import lambda_svc

from scripts.local_aws.overlays import delivery
from scripts.local_aws.overlays.hooks import Document
from scripts.local_aws.settings import Delays

logger = logging.getLogger("stagecraft.lambda_async")
_DELAYS = Delays.from_environment()
_SIX_HOURS = 21600


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How the last attempt ended."""

    result: Document
    attempts: int
    condition: str


def install() -> None:
    lambda_svc.invoke_async_with_retry = invoke


def invoke(record: Document, event: object) -> None:
    """Queue *event* for the function and return; the work goes on in the function's account."""
    config = record.get("config") or record
    account, region = lambda_svc._account_region_from_function_config(config)

    def work() -> None:
        with request_scope(account, region):
            _run(record, config, event)

    spawn_background(work, thread_name="lambda-async")


def _run(record: Document, config: Document, event: object) -> None:
    name, qualifier = lambda_svc._lambda_function_name_and_qualifier_from_arn(config["FunctionArn"])
    base = lambda_svc._functions.get(name) or record
    settings = lambda_svc._event_invoke_config(base, qualifier) or {}
    outcome = _attempt(record, base, settings, event)
    destinations = settings.get("DestinationConfig") or {}
    request_id = new_uuid()
    if outcome.condition == "Success":
        target = (destinations.get("OnSuccess") or {}).get("Destination")
        if target:
            _send(target, _envelope(config, event, outcome, request_id), {})
        return
    logger.warning("%s failed %d times: %s", name, outcome.attempts, outcome.condition)
    target = (destinations.get("OnFailure") or {}).get("Destination")
    if target:
        _send(target, _envelope(config, event, outcome, request_id), {})
    queue = (config.get("DeadLetterConfig") or {}).get("TargetArn")
    if queue:
        body: Any = outcome.result.get("body")
        text = body.get("errorMessage", "") if isinstance(body, dict) else str(body)
        _send(queue, event, {"RequestID": request_id, "ErrorCode": "200", "ErrorMessage": text[:1024]})


def _attempt(record: Document, base: Document, settings: Document, event: object) -> _Outcome:
    """Call the function until it succeeds or its retries or the event's age run out."""
    retries = settings.get("MaximumRetryAttempts")
    allowed = 1 + (2 if retries is None else int(retries))
    deadline = time.time() + int(settings.get("MaximumEventAgeInSeconds") or _SIX_HOURS)
    wait, attempts = _DELAYS.async_retry_seconds, 0
    while True:
        result: Document = lambda_svc._execute_function(record, event)
        if result.get("throttle"):
            if lambda_svc._reserved_concurrency(base, base.get("config") or {}) == 0:
                return _Outcome(
                    result, attempts, "RetriesExhausted"
                )  # AWS does not wait for a closed function
        else:
            attempts += 1
            if not result.get("error"):
                return _Outcome(result, attempts, "Success")
            if attempts >= allowed:
                return _Outcome(result, attempts, "RetriesExhausted")
        if time.time() + wait > deadline:
            return _Outcome(result, attempts, "EventAgeExceeded")
        time.sleep(wait)
        wait *= 2


def _envelope(config: Document, event: object, outcome: _Outcome, request_id: str) -> Document:
    response: Document = {"statusCode": 200, "executedVersion": config.get("Version", "$LATEST")}
    if outcome.condition != "Success":
        response["functionError"] = outcome.result.get("function_error") or "Unhandled"
    return {
        "version": "1.0",
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
        "requestContext": {
            "requestId": request_id,
            "functionArn": config["FunctionArn"],
            "condition": outcome.condition,
            "approximateInvokeCount": outcome.attempts,
        },
        "requestPayload": event,
        "responseContext": response,
        "responsePayload": outcome.result.get("body"),
    }


def _send(target: str, document: Any, attributes: dict[str, str]) -> None:
    try:
        delivery.to_destination(target, document, attributes)
    except delivery.DeliveryError as error:
        logger.error(
            "%s/%s: lost, because %s: %s", get_account_id(), get_region(), error, json.dumps(document)[:200]
        )
