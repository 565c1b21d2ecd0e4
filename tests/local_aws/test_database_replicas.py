"""A read replica has a standby and logs of its own only if it was asked for, whatever its primary has."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def primary(client):
    client("rds").create_db_instance(
        DBInstanceIdentifier="replicated",
        Engine="postgres",
        DBInstanceClass="db.t4g.micro",
        AllocatedStorage=20,
        MasterUsername="app",
        MasterUserPassword="not-a-secret",
        MultiAZ=True,
        EnableCloudwatchLogsExports=["postgresql", "upgrade"],
    )
    return "replicated"


@pytest.mark.parametrize(
    ("asked", "standby"),
    [
        pytest.param({}, False, id="nothing asked"),
        pytest.param({"MultiAZ": False}, False, id="none asked"),
        pytest.param({"MultiAZ": True}, True, id="one asked"),
    ],
)
def test_a_replica_has_the_standby_that_was_asked_for(client, primary, asked, standby):
    name = f"replica-{len(asked)}-{standby}".lower()
    rds = client("rds")
    rds.create_db_instance_read_replica(
        DBInstanceIdentifier=name, SourceDBInstanceIdentifier=primary, **asked
    )
    (found,) = rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    assert found["MultiAZ"] is standby


@pytest.mark.parametrize("logs", [[], ["postgresql"]])
def test_a_replica_hands_out_the_logs_that_were_asked_for(client, primary, logs):
    name = f"replica-{len(logs)}-logs"
    rds = client("rds")
    rds.create_db_instance_read_replica(
        DBInstanceIdentifier=name, SourceDBInstanceIdentifier=primary, EnableCloudwatchLogsExports=logs
    )
    (found,) = rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    assert found.get("EnabledCloudwatchLogsExports", []) == logs
