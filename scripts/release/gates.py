"""What must be true for a release to go on: no alarm rings, and a request is answered."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import boto3

SECONDS = 10


def ringing(session: boto3.Session, names: Sequence[str]) -> str:
    """What is wrong with the alarms *names*, or nothing; one that does not exist watches nothing, and is wrong too."""
    if not names:
        return ""
    client = session.client("cloudwatch")
    answer = client.describe_alarms(AlarmNames=list(names), AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    alarms = [*answer.get("MetricAlarms", []), *answer.get("CompositeAlarms", [])]
    states = {alarm["AlarmName"]: alarm["StateValue"] for alarm in alarms}
    missing = sorted(set(names) - states.keys())
    loud = sorted(name for name, state in states.items() if state == "ALARM")
    parts = [f"{name} rings" for name in loud] + [f"there is no alarm {name}" for name in missing]
    return "; ".join(parts)


def unanswered(url: str) -> str:
    """What is wrong with a request to *url*, or nothing: any answer below 400 is one."""
    if not url:
        return ""
    request = urllib.request.Request(url, headers={"User-Agent": "stagecraft-smoke"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            answer.read()
            return ""
    except urllib.error.HTTPError as error:
        return f"{url} answered {error.code}"
    except (urllib.error.URLError, OSError) as error:
        return f"{url} did not answer: {getattr(error, 'reason', error)}"
