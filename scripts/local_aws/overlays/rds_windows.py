"""RDS: ministack 1.5.33 gives every new instance a backup window of its own choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import rds

from scripts.local_aws.overlays.hooks import Document, Response

_WINDOW = "PreferredBackupWindow"


def install() -> None:
    inner: Callable[[Document], Response] = rds._ACTION_MAP["CreateDBInstance"]

    def create(p: Document) -> Response:
        answer = inner(p)
        record: Any = rds._instances.get(rds._p(p, "DBInstanceIdentifier"))
        wanted = rds._p(p, _WINDOW)
        if answer[0] < 400 and record is not None and wanted:
            record[_WINDOW] = wanted
        return answer

    rds._ACTION_MAP["CreateDBInstance"] = create
