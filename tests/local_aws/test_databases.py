"""RDS and ElastiCache keep what ministack alone forgets."""

from typing import Any

import pytest

KEY = "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555"
OTHER_KEY = KEY.replace("1111", "2222")
SMALL = {
    "DBInstanceClass": "db.t4g.micro",
    "Engine": "postgres",
    "AllocatedStorage": 20,
    "MasterUsername": "owner",
    "MasterUserPassword": "not-a-secret",
}


@pytest.fixture(scope="module")
def instances(client: Any) -> list[Any]:
    return [
        client("rds").create_db_instance(
            DBInstanceIdentifier=name,
            EnablePerformanceInsights=True,
            PerformanceInsightsKMSKeyId=KEY,
            EnableCloudwatchLogsExports=["postgresql"],
            **SMALL,
        )["DBInstance"]
        for name in ("first", "second")
    ]


def test_an_instance_is_found_by_its_resource_id(client: Any, instances: list[Any]) -> None:
    wanted = {"Name": "dbi-resource-id", "Values": [instances[1]["DbiResourceId"]]}
    found = client("rds").describe_db_instances(Filters=[wanted])["DBInstances"]
    assert [each["DBInstanceIdentifier"] for each in found] == ["second"]


@pytest.mark.usefixtures("instances")
def test_an_instance_keeps_its_logs_and_the_key_of_its_insights(client: Any) -> None:
    rds = client("rds")

    def read() -> Any:
        found = rds.describe_db_instances(DBInstanceIdentifier="first")["DBInstances"][0]
        return found["EnabledCloudwatchLogsExports"], found["PerformanceInsightsKMSKeyId"]

    assert read() == (["postgresql"], KEY)
    rds.modify_db_instance(
        DBInstanceIdentifier="first",
        PerformanceInsightsKMSKeyId=OTHER_KEY,
        CloudwatchLogsExportConfiguration={"EnableLogTypes": ["upgrade"], "DisableLogTypes": ["postgresql"]},
    )
    assert read() == (["upgrade"], OTHER_KEY)


def test_a_cluster_keeps_its_logs(client: Any) -> None:
    rds = client("rds")
    created = rds.create_db_cluster(
        DBClusterIdentifier="many",
        Engine="aurora-postgresql",
        MasterUsername="owner",
        MasterUserPassword="not-a-secret",
        EnableCloudwatchLogsExports=["postgresql"],
    )["DBCluster"]
    found = rds.describe_db_clusters(DBClusterIdentifier="many")["DBClusters"][0]
    assert created["DBClusterArn"] == found["DBClusterArn"]
    assert found["EnabledCloudwatchLogsExports"] == ["postgresql"]


def test_a_cache_keeps_its_key_and_takes_upgrades_unless_told(client: Any) -> None:
    elasticache = client("elasticache")
    elasticache.create_replication_group(
        ReplicationGroupId="kept", ReplicationGroupDescription="kept", KmsKeyId=KEY, NumCacheClusters=1
    )
    group = elasticache.describe_replication_groups(ReplicationGroupId="kept")["ReplicationGroups"][0]
    assert (group["KmsKeyId"], group["AutoMinorVersionUpgrade"]) == (KEY, True)

    elasticache.modify_replication_group(ReplicationGroupId="kept", AutoMinorVersionUpgrade=False)
    member = elasticache.describe_cache_clusters(CacheClusterId=group["MemberClusters"][0])
    assert member["CacheClusters"][0]["AutoMinorVersionUpgrade"] is False


def test_a_cache_may_have_two_shards(client: Any) -> None:
    elasticache = client("elasticache")
    elasticache.create_replication_group(
        ReplicationGroupId="two",
        ReplicationGroupDescription="two",
        NumNodeGroups=2,
        ReplicasPerNodeGroup=1,
        AutomaticFailoverEnabled=True,
    )
    group = elasticache.describe_replication_groups(ReplicationGroupId="two")["ReplicationGroups"][0]
    members = [each["CacheClusterId"] for shard in group["NodeGroups"] for each in shard["NodeGroupMembers"]]
    assert len(group["NodeGroups"]) == 2
    assert sorted(group["MemberClusters"]) == sorted(members)
    assert len(members) == 4


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param({"Type": "iam"}, {"Type": "iam", "PasswordCount": 0}, id="by role"),
        pytest.param(
            {"Type": "no-password-required"}, {"Type": "no-password", "PasswordCount": 0}, id="not at all"
        ),
        pytest.param(
            {"Type": "password", "Passwords": ["one-of-two-words", "two-of-two-words"]},
            {"Type": "password", "PasswordCount": 2},
            id="by either of two passwords",
        ),
    ],
)
def test_a_user_keeps_how_it_proves_who_it_is(
    client: Any, asked: dict[str, Any], told: dict[str, Any]
) -> None:
    elasticache = client("elasticache")
    name = f"user-{asked['Type']}"
    elasticache.create_user(
        UserId=name, UserName=name, Engine="redis", AccessString="on ~* +@read", AuthenticationMode=asked
    )
    assert elasticache.describe_users(UserId=name)["Users"][0]["Authentication"] == told


def test_only_what_a_user_has_set_is_a_user_s_parameter(client: Any) -> None:
    elasticache = client("elasticache")
    elasticache.create_cache_parameter_group(
        CacheParameterGroupName="own", CacheParameterGroupFamily="redis7", Description="own"
    )
    elasticache.modify_cache_parameter_group(
        CacheParameterGroupName="own",
        ParameterNameValues=[{"ParameterName": "timeout", "ParameterValue": "60"}],
    )
    found = elasticache.describe_cache_parameters(CacheParameterGroupName="own", Source="user")["Parameters"]
    assert [(each["ParameterName"], each["ParameterValue"]) for each in found] == [("timeout", "60")]
    assert len(elasticache.describe_cache_parameters(CacheParameterGroupName="own")["Parameters"]) > 1
