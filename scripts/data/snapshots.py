"""Take a snapshot of each kind of store, list them, and wait until they can be restored."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scripts.data.stores import CACHE, CLUSTER, DATABASE, TABLE, Store

if TYPE_CHECKING:
    import boto3

LABEL = re.compile(r"[a-z]([a-z0-9]|-(?=[a-z0-9])){0,39}")
POLL_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One copy of a store; *id* is what a restore is given (an ARN for a table's backup)."""

    store: str
    name: str
    id: str
    status: str
    made: datetime | None

    @property
    def usable(self) -> bool:
        """Whether it can be restored."""
        return self.status in ("available", "AVAILABLE")


def snapshot_name(store: Store, label: str) -> str:
    """What the copy is called: unique for the store, and within every kind's rules (letters, digits, hyphens)."""
    return f"{store.name.replace('.', '-').replace('_', '-')[:60].rstrip('-')}-{label}"


def take(session: boto3.Session, store: Store, label: str) -> Snapshot:
    """Begin a snapshot of *store*; it can be restored once it is ``usable``."""
    name = snapshot_name(store, label)
    if store.kind == DATABASE:
        session.client("rds").create_db_snapshot(DBInstanceIdentifier=store.name, DBSnapshotIdentifier=name)
    elif store.kind == CLUSTER:
        session.client("rds").create_db_cluster_snapshot(
            DBClusterIdentifier=store.name, DBClusterSnapshotIdentifier=name
        )
    elif store.kind == TABLE:
        session.client("dynamodb").create_backup(TableName=store.name, BackupName=name)
    else:
        session.client("elasticache").create_snapshot(ReplicationGroupId=store.name, SnapshotName=name)
    return next(each for each in snapshots(session, store) if each.name == name)


def snapshots(session: boto3.Session, store: Store) -> tuple[Snapshot, ...]:
    """The snapshots that people took of *store*, newest first; those that AWS takes by itself are not among them."""
    found = {DATABASE: _of_database, CLUSTER: _of_cluster, TABLE: _of_table, CACHE: _of_cache}[store.kind](
        session, store
    )
    return tuple(
        sorted(found, key=lambda each: each.made.timestamp() if each.made else float("inf"), reverse=True)
    )


def wait(
    session: boto3.Session, stores: Sequence[Store], names: Sequence[str], seconds: float
) -> tuple[str, ...]:
    """Wait until the snapshots called *names* are usable; returns those that are not after *seconds*."""
    deadline = time.monotonic() + seconds
    while True:
        ready = {each.name for store in stores for each in snapshots(session, store) if each.usable}
        late = tuple(name for name in names if name not in ready)
        if not late or time.monotonic() > deadline:
            return late
        time.sleep(POLL_SECONDS)


def _of_database(session: boto3.Session, store: Store) -> list[Snapshot]:
    pages = (
        session.client("rds")
        .get_paginator("describe_db_snapshots")
        .paginate(DBInstanceIdentifier=store.name, SnapshotType="manual")
    )
    return [
        _snapshot(store, each["DBSnapshotIdentifier"], each["DBSnapshotIdentifier"], each["Status"], each)
        for page in pages
        for each in page["DBSnapshots"]
    ]


def _of_cluster(session: boto3.Session, store: Store) -> list[Snapshot]:
    pages = (
        session.client("rds")
        .get_paginator("describe_db_cluster_snapshots")
        .paginate(DBClusterIdentifier=store.name, SnapshotType="manual")
    )
    return [
        _snapshot(
            store,
            each["DBClusterSnapshotIdentifier"],
            each["DBClusterSnapshotIdentifier"],
            each["Status"],
            each,
        )
        for page in pages
        for each in page["DBClusterSnapshots"]
    ]


def _of_table(session: boto3.Session, store: Store) -> list[Snapshot]:
    pages = (
        session.client("dynamodb")
        .get_paginator("list_backups")
        .paginate(TableName=store.name, BackupType="USER")
    )
    return [
        _snapshot(store, each["BackupName"], each["BackupArn"], each["BackupStatus"], each)
        for page in pages
        for each in page["BackupSummaries"]
    ]


def _of_cache(session: boto3.Session, store: Store) -> list[Snapshot]:
    pages = (
        session.client("elasticache")
        .get_paginator("describe_snapshots")
        .paginate(ReplicationGroupId=store.name, SnapshotSource="user")
    )
    return [
        _snapshot(store, each["SnapshotName"], each["SnapshotName"], each["SnapshotStatus"], each)
        for page in pages
        for each in page["Snapshots"]
    ]


def _snapshot(store: Store, name: str, identity: str, status: str, said: Any) -> Snapshot:
    made = said.get("SnapshotCreateTime") or said.get("BackupCreationDateTime")
    return Snapshot(store.name, name, identity, status, made)
