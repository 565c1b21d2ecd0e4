"""Deliver to queues and functions as an AWS service does: the target must exist and must allow it.

ministack 1.5.33 delivers without asking a function's resource policy, and drops what it cannot
deliver. A missing permission is the mistake a rehearsal should find, so it is an error here.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping

from ministack.core.concurrency import esm_wake
from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services import lambda_svc, sns, sqs

from scripts.local_aws import faults
from scripts.local_aws.overlays.hooks import Document


class DeliveryError(Exception):
    """A target did not take a message; *code* as in the attributes of a dead letter."""

    def __init__(self, code: str, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retryable = retryable


def to_queue(
    arn: str,
    body: str,
    *,
    principal: str = "",
    source_arn: str = "",
    attributes: Mapping[str, str] | None = None,
    group: str = "",
) -> None:
    """Put one message on the queue *arn* in the name of the service *principal*."""
    _fail_on_request("sqs", "SendMessage")
    queue = sqs._queue_by_arn(arn)
    if not queue:
        raise DeliveryError("NO_RESOURCE", f"The queue {arn} does not exist.")
    policy = queue["attributes"].get("Policy") or ""
    if principal and not policy_allows(policy, principal, "sqs:SendMessage", arn, source_arn):
        raise DeliveryError(
            "NO_PERMISSIONS", f"The policy of {arn} does not allow {principal} for {source_arn}."
        )
    typed = {name: {"DataType": "String", "StringValue": value} for name, value in (attributes or {}).items()}
    now = time.time()
    message: Document = {
        "id": new_uuid(),
        "body": body,
        "message_attributes": typed,
        "md5_attrs": sqs._md5_msg_attrs(typed),
        "sent_at": now,
        "visible_at": now + sqs.queue_delay(queue),
    }
    if queue.get("is_fifo"):
        queue["fifo_seq"] = queue.get("fifo_seq", 0) + 1
        message.update(
            group_id=group or "events", dedup_id=message["id"], seq=str(queue["fifo_seq"]).zfill(20)
        )
    sqs._ensure_msg_fields(message)
    queue["messages"].append(message)
    esm_wake.set()


def to_topic(arn: str, body: str, subject: str, *, principal: str = "", source_arn: str = "") -> None:
    """Publish to the topic *arn* in the name of the service *principal*."""
    _fail_on_request("sns", "Publish")
    topic = sns._topic_by_arn_any_scope(arn)
    policy = ((topic or {}).get("attributes") or {}).get("Policy") or ""
    if topic and principal and not policy_allows(policy, principal, "sns:Publish", arn, source_arn):
        raise DeliveryError(
            "NO_PERMISSIONS", f"The policy of {arn} does not allow {principal} for {source_arn}."
        )
    try:
        published = sns.publish_internal(arn, body, subject)
    except sns.SnsPublishError as error:
        raise DeliveryError("SDK_CLIENT_ERROR", str(error)) from error
    if published is None:
        raise DeliveryError("NO_RESOURCE", f"The topic {arn} does not exist.")


def to_function(arn: str, event: object, *, principal: str, source_arn: str) -> None:
    """Invoke the function *arn* asynchronously, if its policy lets *principal* do so."""
    _fail_on_request("lambda", "Invoke")
    record = function_record(arn)
    if not function_allows(arn, principal, source_arn):
        raise DeliveryError(
            "NO_PERMISSIONS", f"The policy of {arn} does not allow {principal} for {source_arn}."
        )
    lambda_svc.invoke_async_with_retry(record, event)


def to_destination(arn: str, envelope: Document, attributes: Mapping[str, str] | None = None) -> None:
    """Send to a destination of a function: queue, topic, function or bus, by the function's own role."""
    service = arn.split(":")[2]
    body = json.dumps(envelope)
    if service == "sqs":
        to_queue(arn, body, attributes=attributes)
    elif service == "sns":
        to_topic(arn, body, "Lambda destination")
    elif service == "lambda":
        lambda_svc.invoke_async_with_retry(function_record(arn), envelope)
    else:
        raise DeliveryError("NO_RESOURCE", f"{arn} is no destination this rehearsal knows.")


def function_record(arn: str) -> Document:
    """What lambda_svc needs to run the version or alias that *arn* names."""
    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if not function or not config:
        raise DeliveryError("NO_RESOURCE", f"The function {arn} does not exist.")
    record: Document = lambda_svc._execution_record_for_config(function, {**config, "FunctionArn": arn})
    return record


def policy_allows(policy: str, principal: str, action: str, resource: str, source_arn: str) -> bool:
    """Whether a resource policy lets the service *principal* act for *source_arn*."""
    account = get_account_id()
    context = EvalContext(
        principal_arn="*",
        principal_type="Service",
        principal_account="",
        action=action,
        resource_arn=resource,
        region=get_region(),
        service_context={
            "aws:sourcearn": source_arn,
            "aws:sourceaccount": account,
            "aws:sourceowner": account,
            "aws:securetransport": "true",
        },
    )
    return bool(policy) and evaluate_resource_policy(policy, context, service=principal).decision == "Allow"


def function_allows(arn: str, principal: str, source_arn: str) -> bool:
    """Whether a statement for exactly this version or alias lets *principal* invoke it."""
    name, _ = lambda_svc._lambda_function_name_and_qualifier_from_arn(arn)
    policy = (lambda_svc._functions.get(name) or {}).get("policy") or {}
    exact = [statement for statement in policy.get("Statement", []) if statement.get("Resource") == arn]
    document = json.dumps({"Version": "2012-10-17", "Statement": exact}) if exact else ""
    return policy_allows(document, principal, "lambda:InvokeFunction", arn, source_arn)


def _fail_on_request(service: str, operation: str) -> None:
    """A fault set for tests hits deliveries inside the server as it hits calls from outside."""
    fault = faults.take(service, operation, get_account_id())
    if fault is not None:
        raise DeliveryError(fault.error, "a fault set for this test", retryable=True)
