"""RDS: ministack 1.5.33 restores an instance from a snapshot, and nothing to a point in time, no cluster at all.

A restored twin is the source as it is now under another name: there is no data to be older.
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import rds

from scripts.local_aws.overlays.hooks import Document, Response

Call = Callable[[Document], Response]


def install() -> None:
    rds._ACTION_MAP["RestoreDBInstanceToPointInTime"] = _instance
    rds._ACTION_MAP["RestoreDBClusterToPointInTime"] = _cluster_to_point_in_time
    rds._ACTION_MAP["RestoreDBClusterFromSnapshot"] = _cluster_from_snapshot


def _instance(p: Document) -> Response:
    source, target = rds._p(p, "SourceDBInstanceIdentifier"), rds._p(p, "TargetDBInstanceIdentifier")
    problem = _problem(rds._instances, "DBInstance{}", source, target)
    if problem:
        return problem
    twin = copy.deepcopy(rds._instances[source])
    twin |= {
        "DBInstanceIdentifier": target,
        "DBInstanceArn": _arn("db", target),
        "DbiResourceId": f"db-{uuid.uuid4().hex[:20].upper()}",
        "DeletionProtection": rds._p(p, "DeletionProtection") == "true",
        "ReadReplicaDBInstanceIdentifiers": [],
        "TagList": [],
    }
    rds._instances[target] = twin
    answer: Response = rds._single_instance_response(
        "RestoreDBInstanceToPointInTimeResponse", "RestoreDBInstanceToPointInTimeResult", twin
    )
    return answer


def _cluster_to_point_in_time(p: Document) -> Response:
    return _cluster(p, rds._p(p, "SourceDBClusterIdentifier"), "RestoreDBClusterToPointInTime")


def _cluster_from_snapshot(p: Document) -> Response:
    snapshot = rds._db_cluster_snapshots.get(rds._p(p, "SnapshotIdentifier"))
    if snapshot is None:
        answer: Response = rds._error("DBClusterSnapshotNotFoundFault", "The snapshot is not found.", 404)
        return answer
    return _cluster(p, snapshot["DBClusterIdentifier"], "RestoreDBClusterFromSnapshot")


def _cluster(p: Document, source: str, operation: str) -> Response:
    target = rds._p(p, "DBClusterIdentifier")
    problem = _problem(rds._clusters, "DBCluster{}Fault", source, target)
    if problem:
        return problem
    twin = copy.deepcopy(rds._clusters[source])
    twin |= {
        "DBClusterIdentifier": target,
        "DBClusterArn": _arn("cluster", target),
        "DbClusterResourceId": f"cluster-{uuid.uuid4().hex[:20].upper()}",
        "DeletionProtection": rds._p(p, "DeletionProtection") == "true",
        "DBClusterMembers": [],
        "TagList": [],
    }
    rds._clusters[target] = twin
    body = f"<{operation}Result><DBCluster>{rds._cluster_xml(twin)}</DBCluster></{operation}Result>"
    answer: Response = rds._xml(200, f"{operation}Response", body)
    return answer


def _problem(stored: Any, code: str, source: str, target: str) -> Response | None:
    answer: Response | None = None
    if source not in stored:
        answer = rds._error(code.format("NotFound"), f"{source} is not found.", 404)
    elif not target or target in stored:
        answer = rds._error(code.format("AlreadyExists"), f"{target} already exists.", 400)
    return answer


def _arn(kind: str, name: str) -> str:
    return f"arn:aws:rds:{get_region()}:{get_account_id()}:{kind}:{name}"
