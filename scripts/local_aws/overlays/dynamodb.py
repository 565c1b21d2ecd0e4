"""DynamoDB: ministack 1.5.33 forgets for how many days a table can be restored."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ministack.services import dynamodb

from scripts.local_aws.overlays.hooks import Document, store, wrap

# What AWS keeps when nobody says otherwise (DynamoDB API, PointInTimeRecoverySpecification).
DEFAULT_DAYS = 35

_DAYS = store("dynamodb-recovery-days")


def install() -> None:
    @wrap(dynamodb, "_update_continuous_backups")
    def update(inner: Callable[[Document], Any], data: Document) -> Any:
        asked = data.get("PointInTimeRecoverySpecification", {})
        answer = inner(data)
        if answer[0] == 200:
            _DAYS[_table(data)] = int(asked.get("RecoveryPeriodInDays", DEFAULT_DAYS))
        return _with_days(answer, data)

    @wrap(dynamodb, "_describe_continuous_backups")
    def describe(inner: Callable[[Document], Any], data: Document) -> Any:
        return _with_days(inner(data), data)


def _table(data: Document) -> str:
    return str(dynamodb._normalize_table_name(data.get("TableName")))


def _with_days(answer: Any, data: Document) -> Any:
    status, headers, body = answer
    document = json.loads(body)
    recovery = document.get("ContinuousBackupsDescription", {}).get("PointInTimeRecoveryDescription", {})
    if recovery.get("PointInTimeRecoveryStatus") != "ENABLED":
        return answer
    recovery["RecoveryPeriodInDays"] = _DAYS.get(_table(data), DEFAULT_DAYS)
    return status, headers, json.dumps(document).encode()
