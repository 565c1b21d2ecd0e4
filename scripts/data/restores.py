"""Bring data back as a new resource: from a snapshot, or as it was at a moment. Nothing that exists is overwritten.

The twin gets the original's network, key and parameters. It is not Terraform's until somebody makes it so: that, and how
a system is pointed at it, stands in docs/runbooks/disaster-recovery.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scripts.checks.finding import Finding, Refused
from scripts.data.snapshots import Snapshot
from scripts.data.stores import CLUSTER, DATABASE, TABLE, Store

if TYPE_CHECKING:
    import boto3

Source = Snapshot | datetime | None
"""A snapshot, a moment, or None for the latest moment there is."""


def restore(session: boto3.Session, store: Store, target: str, source: Source) -> str:
    """Begin to restore *store* as *target* and return what AWS calls the twin (its ARN).

    Raises Refused for a cache, which is refilled rather than restored.
    """
    if store.kind == DATABASE:
        return _database(session.client("rds"), store, target, source)
    if store.kind == CLUSTER:
        return _cluster(session.client("rds"), store, target, source)
    if store.kind == TABLE:
        return _table(session.client("dynamodb"), store, target, source)
    message = (
        f"{store.name} is a cache: make a new one from its snapshot with snapshot_name, or let it fill again."
    )
    raise Refused([Finding(store.unit, 0, "cache", store.name, "", "", message)])


def _database(rds: Any, store: Store, target: str, source: Source) -> str:
    shared = _given(
        DBSubnetGroupName=store.settings.get("db_subnet_group_name"),
        VpcSecurityGroupIds=store.settings.get("vpc_security_group_ids"),
        DBInstanceClass=store.settings.get("instance_class"),
        DBParameterGroupName=store.settings.get("parameter_group_name"),
        PubliclyAccessible=False,
        DeletionProtection=bool(store.settings.get("deletion_protection")),
        CopyTagsToSnapshot=True,
    )
    if isinstance(source, Snapshot):
        said = rds.restore_db_instance_from_db_snapshot(
            DBInstanceIdentifier=target, DBSnapshotIdentifier=source.id, **shared
        )
    else:
        said = rds.restore_db_instance_to_point_in_time(
            SourceDBInstanceIdentifier=store.name,
            TargetDBInstanceIdentifier=target,
            **_moment(source, "RestoreTime"),
            **shared,
        )
    return str(said["DBInstance"]["DBInstanceArn"])


def _cluster(rds: Any, store: Store, target: str, source: Source) -> str:
    shared = _given(
        DBSubnetGroupName=store.settings.get("db_subnet_group_name"),
        VpcSecurityGroupIds=store.settings.get("vpc_security_group_ids"),
        DBClusterParameterGroupName=store.settings.get("db_cluster_parameter_group_name"),
        KmsKeyId=store.settings.get("kms_key_id"),
        DeletionProtection=bool(store.settings.get("deletion_protection")),
        CopyTagsToSnapshot=True,
    )
    if isinstance(source, Snapshot):
        said = rds.restore_db_cluster_from_snapshot(
            DBClusterIdentifier=target,
            SnapshotIdentifier=source.id,
            Engine="aurora-postgresql",
            **shared,
        )
    else:
        said = rds.restore_db_cluster_to_point_in_time(
            SourceDBClusterIdentifier=store.name,
            DBClusterIdentifier=target,
            **_moment(source, "RestoreToTime"),
            **shared,
        )
    return str(said["DBCluster"]["DBClusterArn"])


def _table(dynamodb: Any, store: Store, target: str, source: Source) -> str:
    key = store.settings.get("kms_key_arn")
    encryption = (
        {"SSESpecificationOverride": {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}}
        if key
        else {}
    )
    if isinstance(source, Snapshot):
        said = dynamodb.restore_table_from_backup(TargetTableName=target, BackupArn=source.id, **encryption)
    else:
        said = dynamodb.restore_table_to_point_in_time(
            SourceTableName=store.name,
            TargetTableName=target,
            **({"RestoreDateTime": source} if source else {"UseLatestRestorableTime": True}),
            **encryption,
        )
    return str(said["TableDescription"]["TableArn"])


def _moment(source: datetime | None, field: str) -> Mapping[str, Any]:
    return {field: source} if source else {"UseLatestRestorableTime": True}


def _given(**settings: Any) -> dict[str, Any]:
    """The settings that are known; AWS has its defaults for the others."""
    return {name: value for name, value in settings.items() if value is not None}
