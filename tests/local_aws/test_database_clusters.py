"""A cluster of databases keeps the names that it was made with."""

from typing import Any


def test_the_first_instance_does_not_rename_the_cluster(client: Any) -> None:
    rds = client("rds")

    def names() -> Any:
        (cluster,) = rds.describe_db_clusters(DBClusterIdentifier="shop")["DBClusters"]
        return cluster["Endpoint"], cluster["ReaderEndpoint"], cluster["Port"]

    rds.create_db_cluster(
        DBClusterIdentifier="shop",
        Engine="aurora-postgresql",
        MasterUsername="owner",
        MasterUserPassword="not-a-secret",
    )
    before = names()
    assert before[0].startswith("shop.cluster-")
    rds.create_db_instance(
        DBInstanceIdentifier="shop-writer",
        DBClusterIdentifier="shop",
        DBInstanceClass="db.r6g.large",
        Engine="aurora-postgresql",
    )
    assert names() == before
