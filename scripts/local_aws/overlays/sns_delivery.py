"""SNS to Lambda: asynchronous, with the function's permission and the subscription's dead letters.

ministack 1.5.33 runs the function once in the delivery thread and forgets a failure.
"""

from __future__ import annotations

import json
import logging

from ministack.services import sns

from scripts.local_aws.overlays import delivery
from scripts.local_aws.overlays.hooks import Document

logger = logging.getLogger("stagecraft.sns")


def install() -> None:
    sns._deliver_to_lambda = _deliver


def _deliver(
    endpoint: str,
    envelope: str,
    topic_arn: str,
    subscription_arn: str,
    _message_id: str,
    _raw_message: str,
    _attributes: Document,
) -> None:
    record = {
        "EventVersion": "1.0",
        "EventSubscriptionArn": subscription_arn,
        "EventSource": "aws:sns",
        "Sns": json.loads(envelope),
    }
    event = {"Records": [record]}
    try:
        delivery.to_function(endpoint, event, principal="sns.amazonaws.com", source_arn=topic_arn)
    except delivery.DeliveryError as error:
        logger.warning("%s to %s: %s", topic_arn, endpoint, error)
        _bury(topic_arn, subscription_arn, envelope)


def _bury(topic_arn: str, subscription_arn: str, envelope: str) -> None:
    topic = sns._topic_by_arn_any_scope(topic_arn) or {}
    for subscription in topic.get("subscriptions", []):
        policy = (subscription.get("attributes") or {}).get("RedrivePolicy")
        if subscription["arn"] != subscription_arn or not policy:
            continue
        queue = json.loads(policy)["deadLetterTargetArn"]
        try:
            delivery.to_queue(queue, envelope, principal="sns.amazonaws.com", source_arn=topic_arn)
        except delivery.DeliveryError as lost:
            logger.error("dead letter of %s lost: %s", subscription_arn, lost)
