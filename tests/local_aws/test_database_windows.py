"""A new database is backed up when it was asked to be."""

from typing import Any


def test_an_instance_keeps_the_backup_window_it_was_made_with(client: Any) -> None:
    rds = client("rds")
    rds.create_db_instance(
        DBInstanceIdentifier="windowed",
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="owner",
        MasterUserPassword="not-a-secret",
        PreferredBackupWindow="02:00-03:00",
    )
    (found,) = rds.describe_db_instances(DBInstanceIdentifier="windowed")["DBInstances"]
    assert found["PreferredBackupWindow"] == "02:00-03:00"
