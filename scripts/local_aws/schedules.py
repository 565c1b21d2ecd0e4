"""Fire a scheduled rule or schedule at once: tests cannot wait for three o'clock in the morning."""

from __future__ import annotations

import time

from ministack.core.responses import new_uuid, request_scope
from ministack.services import eventbridge, scheduler


def fire(name: str, account: str, region: str) -> int:
    """Send the scheduled event of the rule or schedule *name* to its targets; return how many."""
    with request_scope(account, region):
        for key, rule in eventbridge._rules.items():
            if rule["Name"] == name and rule.get("ScheduleExpression"):
                targets = eventbridge._targets.get(key, [])
                for target in targets:
                    eventbridge._invoke_target(
                        target, _event(account, region, rule["Arn"], "aws.events"), rule
                    )
                return len(targets)
        for schedule in scheduler._schedules.values():
            if schedule["Name"] == name:
                event = _event(account, region, schedule["Arn"], "aws.scheduler")
                eventbridge._invoke_target(schedule["Target"], event, schedule)
                return 1
    return 0


def _event(account: str, region: str, arn: str, source: str) -> dict[str, object]:
    return {
        "EventId": new_uuid(),
        "Source": source,
        "DetailType": "Scheduled Event",
        "Detail": "{}",
        "EventBusName": "default",
        "Time": int(time.time()),
        "Resources": [arn],
        "Account": account,
        "Region": region,
    }
