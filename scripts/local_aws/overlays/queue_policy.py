"""Queue policies for deliveries by S3 and SNS: ministack 1.5.33 asks them only when it checks all identities."""

from __future__ import annotations

from ministack.services import sqs

from scripts.local_aws.overlays.delivery import policy_allows


def install() -> None:
    def queue_policy_allows(queue_arn: str, service: str, source_arn: str, source_account: str) -> bool:
        queue = sqs._queue_by_arn(queue_arn) or {}
        policy = (queue.get("attributes") or {}).get("Policy") or ""
        return policy_allows(policy, service, "sqs:SendMessage", queue_arn, source_arn)

    sqs.queue_policy_allows = queue_policy_allows
