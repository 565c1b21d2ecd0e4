"""Snapshots of what holds data, and its return as something new, on the embedded AWS."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from scripts.checks.finding import Refused
from scripts.data.restores import restore
from scripts.data.snapshots import snapshots, take, wait
from scripts.data.stores import CACHE, CLUSTER, DATABASE, TABLE, Store, stores_in
from scripts.local_aws import lifecycle

ACCOUNT = "444444444444"


@pytest.fixture(scope="module")
def session(server: lifecycle.Running) -> Iterator[boto3.Session]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in lifecycle.client_environment(server.url, ACCOUNT, "us-east-1").items():
            patch.setenv(name, value)
        patch.delenv("AWS_CA_BUNDLE", raising=False)
        yield boto3.Session()


def store(kind: str, name: str, **settings: Any) -> Store:
    return Store("live/dev/us-east-1/shop/data", "us-east-1", kind, name, settings)


@pytest.fixture(scope="module")
def table(session: boto3.Session) -> Store:
    dynamodb = session.client("dynamodb")
    dynamodb.create_table(
        TableName="shop-orders",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    dynamodb.update_continuous_backups(
        TableName="shop-orders", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    dynamodb.put_item(TableName="shop-orders", Item={"id": {"S": "o-1"}})
    return store(TABLE, "shop-orders")


@pytest.fixture(scope="module")
def database(session: boto3.Session) -> Store:
    session.client("rds").create_db_instance(
        DBInstanceIdentifier="shop-db",
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        MasterUsername="shop",
        MasterUserPassword="only-for-this-test",
        AllocatedStorage=20,
        StorageEncrypted=True,
        BackupRetentionPeriod=7,
    )
    return store(DATABASE, "shop-db", instance_class="db.t4g.micro", deletion_protection=True)


@pytest.fixture(scope="module")
def cluster(session: boto3.Session) -> Store:
    session.client("rds").create_db_cluster(
        DBClusterIdentifier="shop-cluster",
        Engine="aurora-postgresql",
        MasterUsername="shop",
        MasterUserPassword="only-for-this-test",
    )
    return store(CLUSTER, "shop-cluster")


@pytest.mark.parametrize("kind", ["table", "database", "cluster"])
def test_a_snapshot_is_listed_and_becomes_usable(
    session: boto3.Session, request: pytest.FixtureRequest, kind: str
) -> None:
    one: Store = request.getfixturevalue(kind)
    made = take(session, one, "before-upgrade")
    assert made.name == f"{one.name}-before-upgrade"
    assert wait(session, [one], [made.name], 20) == ()
    assert [each.name for each in snapshots(session, one)] == [made.name]
    assert snapshots(session, store(one.kind, f"{one.name}-of-others")) == ()


def test_a_wait_ends_and_says_what_is_late(session: boto3.Session, table: Store) -> None:
    assert wait(session, [table], ["never-made"], 0) == ("never-made",)


@pytest.mark.parametrize("source", ["snapshot", "moment", "latest"])
def test_a_table_comes_back_with_its_items(session: boto3.Session, table: Store, source: str) -> None:
    target = f"orders-from-{source}"
    at = {
        "snapshot": lambda: take(session, table, "to-restore"),
        "moment": lambda: datetime.now(UTC),
        "latest": lambda: None,
    }[source]()
    arn = restore(session, table, target, at)
    assert arn.endswith(f":table/{target}")
    dynamodb = session.client("dynamodb")
    dynamodb.get_waiter("table_exists").wait(TableName=target)
    assert dynamodb.scan(TableName=target)["Items"] == [{"id": {"S": "o-1"}}]


@pytest.mark.parametrize("from_snapshot", [True, False], ids=["from a snapshot", "from the latest moment"])
def test_a_database_comes_back_as_another(
    session: boto3.Session, database: Store, from_snapshot: bool
) -> None:
    target = f"shop-db-{from_snapshot}".lower()
    source = take(session, database, f"to-{target}") if from_snapshot else None
    arn = restore(session, database, target, source)
    assert arn.endswith(f":db:{target}")
    rds = session.client("rds")
    (found,) = rds.describe_db_instances(DBInstanceIdentifier=target)["DBInstances"]
    assert found["PubliclyAccessible"] is False
    assert rds.describe_db_instances(DBInstanceIdentifier="shop-db")["DBInstances"]


@pytest.mark.parametrize("from_snapshot", [True, False], ids=["from a snapshot", "from the latest moment"])
def test_a_cluster_comes_back_as_another(session: boto3.Session, cluster: Store, from_snapshot: bool) -> None:
    target = f"shop-cluster-{from_snapshot}".lower()
    source = take(session, cluster, f"to-{target}") if from_snapshot else None
    assert restore(session, cluster, target, source).endswith(f":cluster:{target}")
    assert session.client("rds").describe_db_clusters(DBClusterIdentifier=target)["DBClusters"]


def test_nothing_that_exists_is_overwritten(session: boto3.Session, database: Store, cluster: Store) -> None:
    with pytest.raises(session.client("rds").exceptions.DBInstanceAlreadyExistsFault):
        restore(session, database, "shop-db", None)
    with pytest.raises(session.client("rds").exceptions.DBClusterAlreadyExistsFault):
        restore(session, cluster, "shop-cluster", None)


def test_a_cache_is_refilled_instead(session: boto3.Session) -> None:
    with pytest.raises(Refused, match="is a cache"):
        restore(session, store(CACHE, "shop-cache"), "other", None)


def test_replicas_hold_nothing_of_their_own() -> None:
    def resource(kind: str, **attributes: Any) -> dict[str, Any]:
        return {"mode": "managed", "type": kind, "instances": [{"attributes": attributes}]}

    state = {
        "resources": [
            resource("aws_db_instance", identifier="db", replicate_source_db=None, multi_az=True),
            resource("aws_db_instance", identifier="db-reports", replicate_source_db="db"),
            resource("aws_dynamodb_table", name="orders", kms_key_arn=""),
            resource("aws_sqs_queue", name="jobs"),
            {**resource("aws_dynamodb_table", name="seen"), "mode": "data"},
        ]
    }
    found = stores_in("unit", "us-east-1", json.dumps(state).encode())
    assert [(each.kind, each.name, dict(each.settings)) for each in found] == [
        (DATABASE, "db", {"multi_az": True}),
        (TABLE, "orders", {}),
    ]
