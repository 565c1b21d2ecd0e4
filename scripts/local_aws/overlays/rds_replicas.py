"""RDS read replicas: ministack 1.5.33 gives a replica what its primary has; on AWS a standby and logs are asked for."""

from __future__ import annotations

from collections.abc import Callable

from ministack.services import rds

from scripts.local_aws.overlays.hooks import Document, Response

_OPERATION = "CreateDBInstanceReadReplica"


def install() -> None:
    rds._ACTION_MAP[_OPERATION] = _with_its_own(rds._ACTION_MAP[_OPERATION])


def _with_its_own(inner: Callable[[Document], Response]) -> Callable[[Document], Response]:
    def create(p: Document) -> Response:
        answer = inner(p)
        replica = rds._instances.get(rds._p(p, "DBInstanceIdentifier"))
        if answer[0] < 400 and replica is not None:
            replica["MultiAZ"] = rds._p(p, "MultiAZ").lower() == "true"
            replica["EnabledCloudwatchLogsExports"] = sorted(
                rds._parse_member_list(p, "EnableCloudwatchLogsExports")
            )
        return answer

    return create
