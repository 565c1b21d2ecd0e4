"""RDS: what ministack 1.5.33 forgets of instances and clusters, and one filter that it ignores.

Terraform finds an instance by its resource id; without that filter, the second instance of an account
is taken for the first. The exported logs and the key of Performance Insights are kept and printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ministack.services import rds

from scripts.local_aws.overlays.hooks import Document, Response, wrap

_LOGS, _KEY = "EnabledCloudwatchLogsExports", "PerformanceInsightsKMSKeyId"
_LOG_LISTS = {
    "EnableCloudwatchLogsExports": "add",
    "CloudwatchLogsExportConfiguration.EnableLogTypes": "add",
    "CloudwatchLogsExportConfiguration.DisableLogTypes": "remove",
}
_EMPTY = re.compile(rf"<{_LOGS}\s*/>|<{_LOGS}>\s*</{_LOGS}>")
Call = Callable[[Document], Response]


def install() -> None:
    for operation in ("CreateDBInstance", "ModifyDBInstance", "CreateDBInstanceReadReplica"):
        rds._ACTION_MAP[operation] = _keeping(
            rds._ACTION_MAP[operation], rds._instances, "DBInstanceIdentifier"
        )
    for operation in ("CreateDBCluster", "ModifyDBCluster"):
        rds._ACTION_MAP[operation] = _keeping(
            rds._ACTION_MAP[operation], rds._clusters, "DBClusterIdentifier"
        )
    wrap(rds, "_instance_xml")(_with_kept)
    wrap(rds, "_cluster_xml")(_with_kept)

    @wrap(rds, "_apply_instance_filters")
    def apply(
        inner: Callable[..., list[Document]], instances: list[Document], filters: Document
    ) -> list[Document]:
        found = inner(instances, filters)
        wanted = filters.get("dbi-resource-id")
        return [each for each in found if wanted is None or each.get("DbiResourceId") in wanted]


def _keeping(inner: Call, stored: Any, name: str) -> Call:
    """*inner*, which also remembers what the emulator does not read."""

    def handle(p: Document) -> Response:
        answer = inner(p)
        record = stored.get(rds._p(p, name))
        if answer[0] >= 400 or record is None:
            return answer
        logs = set(record.get(_LOGS, ()))
        for field, change in _LOG_LISTS.items():
            types = rds._parse_member_list(p, field)
            logs = logs | set(types) if change == "add" else logs - set(types)
        record[_LOGS] = sorted(logs)
        if key := rds._p(p, _KEY):
            record[_KEY] = key
        return answer

    return handle


def _with_kept(inner: Callable[[Document], str], record: Document) -> str:
    logs = "".join(f"<member>{name}</member>" for name in record.get(_LOGS, ()))
    key = record.get(_KEY)
    document = _EMPTY.sub("", inner(record)) + f"<{_LOGS}>{logs}</{_LOGS}>"
    return document + (f"<{_KEY}>{key}</{_KEY}>" if key else "")
