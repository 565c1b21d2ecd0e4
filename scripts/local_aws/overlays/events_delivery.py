"""EventBridge targets: retry policy, dead-letter queue, permissions.

ministack 1.5.33 calls a function once and synchronously, asks no policy, and drops what fails.
Here a function is invoked asynchronously (its own retries follow), a refused delivery is retried
as the target's retry policy says, and then goes to the target's dead-letter queue with the
attributes AWS sets. Waits start at ``Delays.event_retry_seconds`` and double.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from ministack.core.concurrency import spawn_background
from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import eventbridge, lambda_svc

from scripts.local_aws.overlays import delivery
from scripts.local_aws.overlays.hooks import Document, wrap
from scripts.local_aws.settings import Delays

logger = logging.getLogger("stagecraft.events")
_DELAYS = Delays.from_environment()
_ONE_DAY = 86400
_target: ContextVar[tuple[Document, Document]] = ContextVar("event_target")


def install() -> None:
    @wrap(eventbridge, "_invoke_target")
    def invoke_target(
        inner: Any, target: Document, event: Document, rule: Document, view: Any = None
    ) -> None:
        token = _target.set((target, rule))
        try:
            inner(target, event, rule, view)
        finally:
            _target.reset(token)

    eventbridge._dispatch_to_lambda = _to_function
    eventbridge._dispatch_to_sqs = _to_queue
    eventbridge._dispatch_to_sns = _to_topic


def _principal(rule: Document) -> str:
    """EventBridge Scheduler uses the same dispatch, with its own service name."""
    return "scheduler.amazonaws.com" if ":scheduler:" in rule.get("Arn", "") else "events.amazonaws.com"


def _to_function(arn: str, payload: str) -> None:
    _, rule = _target.get()
    try:
        event = json.loads(payload)
    except ValueError:
        event = {"body": payload}
    if _principal(rule) == "scheduler.amazonaws.com":
        # A schedule acts by its role, so the function's own policy is not asked.
        _deliver(payload, lambda: lambda_svc.invoke_async_with_retry(delivery.function_record(arn), event))
        return
    source = rule.get("Arn", "")
    _deliver(
        payload, lambda: delivery.to_function(arn, event, principal="events.amazonaws.com", source_arn=source)
    )


def _to_queue(spec: Any, payload: str, parameters: Document | None = None) -> None:
    _, rule = _target.get()
    group = (parameters or {}).get("MessageGroupId", "")
    principal = "" if _principal(rule) == "scheduler.amazonaws.com" else "events.amazonaws.com"
    source = rule.get("Arn", "")
    _deliver(
        payload,
        lambda: delivery.to_queue(str(spec), payload, principal=principal, source_arn=source, group=group),
    )


def _to_topic(arn: str, payload: str) -> None:
    _, rule = _target.get()
    principal = "" if _principal(rule) == "scheduler.amazonaws.com" else "events.amazonaws.com"
    source = rule.get("Arn", "")
    subject = "EventBridge Notification"
    _deliver(
        payload, lambda: delivery.to_topic(arn, payload, subject, principal=principal, source_arn=source)
    )


def _deliver(payload: str, send: Callable[[], None]) -> None:
    """Try once here; what fails is retried in the background, as the caller must not wait."""
    target, rule = _target.get()
    try:
        send()
    except delivery.DeliveryError as error:
        account, region, first = get_account_id(), get_region(), error

        def retry() -> None:
            with request_scope(account, region):
                _retry(target, rule, payload, send, first)

        spawn_background(retry, thread_name="event-retry")


def _retry(
    target: Document, rule: Document, payload: str, send: Callable[[], None], error: delivery.DeliveryError
) -> None:
    policy = target.get("RetryPolicy") or {}
    allowed = policy.get("MaximumRetryAttempts")
    allowed = 185 if allowed is None else int(allowed)
    deadline = time.time() + int(policy.get("MaximumEventAgeInSeconds") or _ONE_DAY)
    wait, retries, exhausted = _DELAYS.event_retry_seconds, 0, ""
    while error.retryable and not exhausted:
        if retries >= allowed:
            exhausted = "MaximumRetryAttempts"
        elif time.time() + wait > deadline:
            exhausted = "MaximumEventAgeInSeconds"
        else:
            time.sleep(wait)
            wait *= 2
            retries += 1
            try:
                send()
            except delivery.DeliveryError as again:
                error = again
                continue
            return
    _bury(target, rule, payload, error, retries, exhausted)


def _bury(
    target: Document,
    rule: Document,
    payload: str,
    error: delivery.DeliveryError,
    retries: int,
    exhausted: str,
) -> None:
    logger.warning("rule %s to %s failed: %s", rule.get("Name"), target.get("Arn"), error)
    queue = (target.get("DeadLetterConfig") or {}).get("Arn")
    if not queue:
        return
    attributes = {
        "RULE_ARN": rule.get("Arn", ""),
        "TARGET_ARN": target.get("Arn", ""),
        "ERROR_CODE": error.code,
        "ERROR_MESSAGE": error.message,
        "RETRY_ATTEMPTS": str(retries),
    }
    if exhausted:
        attributes["EXHAUSTED_RETRY_CONDITION"] = exhausted
    # A schedule writes by its role, a rule needs the queue's permission.
    principal = "" if _principal(rule) == "scheduler.amazonaws.com" else _principal(rule)
    try:
        delivery.to_queue(
            queue, payload, principal=principal, source_arn=rule.get("Arn", ""), attributes=attributes
        )
    except delivery.DeliveryError as lost:
        logger.error("dead letter of rule %s lost: %s", rule.get("Name"), lost)
