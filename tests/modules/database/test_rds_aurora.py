"""The rds-aurora module: a cluster that is encrypted, backed up and watched, and a password nobody sees."""

import json

import pytest
import tftest

from tests.modules.sources import sources

MODULE = "database/rds-aurora"
KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"
ONE = {"one": {"class": "db.r6g.large"}}
BASE = {
    "name": "acme-shop",
    "instances": ONE,
    "kms_key_arn": KEY,
    "subnet_ids": ["subnet-1", "subnet-2"],
    "security_group_ids": ["sg-1"],
}
CLUSTER = "aws_rds_cluster.this"


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **(
            BASE
            | {
                "instances": {
                    "one": {"class": "db.serverless", "promotion_tier": 0, "availability_zone": "us-east-1a"},
                    "two": {"class": "db.serverless"},
                }
            }
        ),
        alarm_topic_arns=[TOPIC],
        alarms={"connections": 50, "cpu_percent": 70, "free_memory_mb": 1, "replica_lag_ms": 9},
        allow_destroy_without_snapshot=True,
        apply_immediately=True,
        backup_retention_days=35,
        database_name="shop",
        deletion_protection=False,
        engine_version="15.10",
        log_kms_key_arn=KEY,
        log_retention_days=365,
        monitoring={"interval_seconds": 15, "insights_days": 93},
        parameters={"log_statement": "all", "work_mem": "8192"},
        password_version=2,
        reader_autoscaling={"minimum": 1, "maximum": 5, "cpu_percent": 50},
        secret_recovery_window_days=7,
        serverless={"minimum": 0.5, "maximum": 8},
        tags={"System": "shop"},
        username="owner",
        windows={"backup": "05:00-06:00", "maintenance": "mon:06:30-mon:07:00"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


def instance(plan, key="one"):
    return values(plan, f'aws_rds_cluster_instance.this["{key}"]')


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        pytest.param("engine", "aurora-postgresql", id="Aurora PostgreSQL"),
        pytest.param("storage_encrypted", True, id="encrypted"),
        pytest.param("kms_key_id", KEY, id="under the caller's key"),
        pytest.param("deletion_protection", True, id="not deleted by accident"),
        pytest.param("skip_final_snapshot", False, id="last snapshot taken"),
        pytest.param("final_snapshot_identifier", "acme-shop-final", id="last snapshot named"),
        pytest.param("delete_automated_backups", False, id="backups outlive the cluster"),
        pytest.param("backup_retention_period", 7, id="a week of backups"),
        pytest.param("preferred_backup_window", "02:00-03:00", id="backup at night"),
        pytest.param("preferred_maintenance_window", "sun:04:00-sun:05:00", id="maintenance on Sunday"),
        pytest.param("copy_tags_to_snapshot", True, id="snapshots are tagged"),
        pytest.param("apply_immediately", False, id="interruptions wait"),
        pytest.param("allow_major_version_upgrade", False, id="no major version by accident"),
        pytest.param("enabled_cloudwatch_logs_exports", ["postgresql"], id="logs exported"),
        pytest.param("iam_database_authentication_enabled", True, id="IAM may open it"),
        pytest.param("engine_version", "16", id="PostgreSQL 16"),
        pytest.param("port", 5432, id="usual port"),
        pytest.param("master_password", None, id="no password in the plan"),
        pytest.param("master_password_wo", None, id="no write-only password in the plan"),
        pytest.param("serverlessv2_scaling_configuration", [], id="fixed sizes"),
        pytest.param("restore_to_point_in_time", [], id="empty"),
    ],
)
def test_by_default_the_cluster_is(plain, setting, value):
    assert values(plain, CLUSTER)[setting] == value


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        pytest.param("publicly_accessible", False, id="not on the internet"),
        pytest.param("auto_minor_version_upgrade", True, id="security fixes"),
        pytest.param("performance_insights_enabled", True, id="insights"),
        pytest.param("performance_insights_kms_key_id", KEY, id="insights encrypted"),
        pytest.param("performance_insights_retention_period", 7, id="insights free of charge"),
        pytest.param("monitoring_interval", 60, id="enhanced monitoring"),
        pytest.param("copy_tags_to_snapshot", True, id="snapshots are tagged"),
        pytest.param("ca_cert_identifier", "rds-ca-rsa2048-g1", id="a certificate that clients know"),
        pytest.param("instance_class", "db.r6g.large", id="size"),
        pytest.param("identifier", "acme-shop-one", id="name"),
        pytest.param("promotion_tier", 1, id="promotion tier"),
    ],
)
def test_by_default_an_instance_is(plain, setting, value):
    assert instance(plain)[setting] == value


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        pytest.param("cluster_identifier", "acme-shop", id="name"),
        pytest.param("vpc_security_group_ids", ["sg-1"], id="security groups"),
        pytest.param("skip_final_snapshot", True, id="no last snapshot"),
        pytest.param("apply_immediately", True, id="at once"),
        pytest.param("backup_retention_period", 35, id="backups"),
        pytest.param("database_name", "shop", id="database"),
        pytest.param("deletion_protection", False, id="deletion"),
        pytest.param("engine_version", "15.10", id="version"),
        pytest.param("master_username", "owner", id="user"),
        pytest.param("master_password_wo_version", 2, id="password version"),
        pytest.param("tags", {"System": "shop"}, id="tags"),
        pytest.param("preferred_backup_window", "05:00-06:00", id="backup window"),
        pytest.param("preferred_maintenance_window", "mon:06:30-mon:07:00", id="maintenance window"),
        pytest.param("db_cluster_parameter_group_name", "acme-shop-aurora-postgresql15", id="parameters"),
    ],
)
def test_the_callers_input_reaches_the_cluster(full, setting, value):
    assert values(full, CLUSTER)[setting] == value


def test_the_callers_input_reaches_the_instances(full):
    one, two = instance(full), instance(full, "two")
    assert (one["promotion_tier"], one["availability_zone"]) == (0, "us-east-1a")
    assert (two["instance_class"], two["promotion_tier"]) == ("db.serverless", 1)
    assert (one["monitoring_interval"], one["performance_insights_retention_period"]) == (15, 93)


def test_serverless_instances_grow_and_shrink_between_the_bounds(full):
    (bounds,) = values(full, CLUSTER)["serverlessv2_scaling_configuration"]
    assert (bounds["min_capacity"], bounds["max_capacity"]) == (0.5, 8)


def test_readers_come_and_go_with_the_readers_cpu(plain, full):
    target = values(full, "aws_appautoscaling_target.readers[0]")
    assert (target["min_capacity"], target["max_capacity"]) == (1, 5)
    assert (target["resource_id"], target["tags"]) == ("cluster:acme-shop", {"System": "shop"})
    policy = values(full, "aws_appautoscaling_policy.readers[0]")
    (tracking,) = policy["target_tracking_scaling_policy_configuration"]
    assert tracking["target_value"] == 50
    assert tracking["predefined_metric_specification"][0]["predefined_metric_type"] == (
        "RDSReaderAverageCPUUtilization"
    )
    assert not [address for address in plain.resources if "autoscaling" in address]


@pytest.mark.parametrize(
    ("restore", "time", "latest"),
    [
        pytest.param({"cluster_identifier": "old"}, None, True, id="latest moment"),
        pytest.param(
            {"cluster_identifier": "old", "time": "2026-01-31T12:00:00Z"},
            "2026-01-31T12:00:00Z",
            None,
            id="a moment",
        ),
    ],
)
def test_a_cluster_can_begin_as_a_copy_of_another(plan_module, restore, time, latest):
    (found,) = values(plan_module(MODULE, **BASE, restore=restore), CLUSTER)["restore_to_point_in_time"]
    assert (found["source_cluster_identifier"], found["restore_to_time"]) == ("old", time)
    assert found["use_latest_restorable_time"] is latest


def test_a_connection_without_tls_is_refused_by_the_database(plain, full):
    def parameters(plan):
        found = values(plan, "aws_rds_cluster_parameter_group.this")["parameter"]
        return {parameter["name"]: (parameter["value"], parameter["apply_method"]) for parameter in found}

    assert parameters(plain)["rds.force_ssl"] == parameters(full)["rds.force_ssl"] == ("1", "immediate")
    assert parameters(plain)["log_statement"] == ("ddl", "immediate")
    assert (
        parameters(plain)["log_connections"] == parameters(plain)["log_disconnections"] == ("1", "immediate")
    )
    assert parameters(plain)["log_min_duration_statement"] == ("1000", "immediate")
    assert parameters(full)["log_statement"] == ("all", "immediate")
    assert parameters(full)["work_mem"] == ("8192", "pending-reboot")


@pytest.mark.parametrize(
    "name", [pytest.param("password", id="password"), pytest.param("connection", id="parts")]
)
def test_secrets_are_encrypted_and_can_be_brought_back(plain, full, name):
    found = values(plain, f"aws_secretsmanager_secret.{name}")
    assert (found["name"], found["kms_key_id"]) == (f"acme-shop-{name}", KEY)
    assert found["recovery_window_in_days"] == 30
    assert values(full, f"aws_secretsmanager_secret.{name}")["recovery_window_in_days"] == 7


def test_the_password_is_written_once_a_version_and_never_shown(full):
    found = values(full, "aws_secretsmanager_secret_version.password")
    assert found["secret_string_wo_version"] == 2
    assert found["secret_string"] is None
    assert found["secret_string_wo"] is None


def test_another_address_or_password_writes_another_connection(full):
    change = full.resource_changes["aws_secretsmanager_secret_version.connection"]["change"]
    assert change["after_unknown"]["secret_string_wo_version"] is True
    assert change["after"]["secret_string"] is None
    # The number hangs on an address that no plan knows, so what goes into it is read from the configuration.
    (version,) = [
        resource["expressions"]["secret_string_wo_version"]
        for resource in full.configuration["root_module"]["resources"]
        if resource["address"] == "aws_secretsmanager_secret_version.connection"
    ]
    assert {"local.connection", "var.password_version"} <= set(version["references"])


def test_logs_are_kept_as_long_as_the_caller_says_under_the_callers_key(plain, full):
    assert values(plain, 'aws_cloudwatch_log_group.this["postgresql"]')["retention_in_days"] == 30
    found = values(full, 'aws_cloudwatch_log_group.this["postgresql"]')
    assert (found["name"], found["retention_in_days"], found["kms_key_id"]) == (
        "/aws/rds/cluster/acme-shop/postgresql",
        365,
        KEY,
    )


def test_rds_alone_may_take_the_monitoring_role(plain):
    role = values(plain, "aws_iam_role.monitoring")
    assert role["name"] == "acme-shop-monitoring"
    assert json.loads(role["assume_role_policy"])["Statement"][0]["Principal"] == {
        "Service": "monitoring.rds.amazonaws.com"
    }


def test_the_subnet_group_has_the_callers_subnets(plain):
    found = values(plain, "aws_db_subnet_group.this")
    assert (found["name"], found["subnet_ids"]) == ("acme-shop", ["subnet-1", "subnet-2"])


@pytest.mark.parametrize(
    ("key", "metric", "statistic", "threshold"),
    [
        pytest.param("cpu", "CPUUtilization", "Maximum", 70, id="cpu"),
        pytest.param("memory", "FreeableMemory", "Minimum", 1024**2, id="memory"),
        pytest.param("connections", "DatabaseConnections", "Maximum", 50, id="connections"),
        pytest.param("lag", "AuroraReplicaLagMaximum", "Maximum", 9, id="lag"),
    ],
)
def test_the_topic_hears_of_trouble(full, key, metric, statistic, threshold):
    found = values(full, f'aws_cloudwatch_metric_alarm.this["{key}"]')
    assert (found["metric_name"], found["statistic"], found["threshold"]) == (metric, statistic, threshold)
    assert found["alarm_actions"] == found["ok_actions"] == [TOPIC]


def test_alarms_are_there_by_default_and_can_be_left_out(plain, plan_module):
    alarms = {address for address in plain.resources if "alarm" in address}
    assert len(alarms) == 4
    assert set(plain.resources) - set(plan_module(MODULE, **BASE, alarms=None).resources) == alarms


def test_removing_an_instance_leaves_the_others_at_their_addresses(plain, plan_module):
    more = plan_module(MODULE, **(BASE | {"instances": ONE | {"two": {"class": "db.r6g.large"}}}))
    assert set(more.resources) - set(plain.resources) == {'aws_rds_cluster_instance.this["two"]'}


def test_readers_come_and_go_from_none_at_60_percent_unless_the_caller_says_otherwise(plan_module):
    two = {"instances": ONE | {"two": {"class": "db.r6g.large"}}}
    plan = plan_module(MODULE, **(BASE | two), reader_autoscaling={"maximum": 3})
    target = values(plan, "aws_appautoscaling_target.readers[0]")
    (tracking,) = values(plan, "aws_appautoscaling_policy.readers[0]")[
        "target_tracking_scaling_policy_configuration"
    ]
    assert (target["min_capacity"], target["max_capacity"], tracking["target_value"]) == (0, 3, 60)


def test_outputs_name_what_others_need(plain, full):
    assert (plain.outputs["database_name"], plain.outputs["cluster_identifier"]) == ("app", "acme-shop")
    assert plain.outputs["port"] == 5432
    assert full.outputs["instance_identifiers"] == {"one": "acme-shop-one", "two": "acme-shop-two"}
    expected = {
        "alarm_arns": "aws_cloudwatch_metric_alarm.this",
        "cluster_arn": "aws_rds_cluster.this.arn",
        "connection_secret_arn": "aws_secretsmanager_secret.connection.arn",
        "endpoint": "aws_rds_cluster.this.endpoint",
        "password_secret_arn": "aws_secretsmanager_secret.password.arn",
        "reader_endpoint": "aws_rds_cluster.this.reader_endpoint",
        "resource_id": "aws_rds_cluster.this.cluster_resource_id",
    }
    assert sources(full, *expected) == expected


SERVERLESS = {"instances": {"one": {"class": "db.serverless"}}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"instances": {}}, "1 to 16 instances; got 0", id="no instance"),
        pytest.param(
            {"instances": {"a": {"class": "large"}}}, r'or db.serverless; got \{"a":"large"\}', id="size"
        ),
        pytest.param(
            {"instances": {"a": {"class": "db.r6g.large", "promotion_tier": 16}}},
            r'0 to 15; got \{"a":16\}',
            id="tier",
        ),
        pytest.param(SERVERLESS, r"serverless is set exactly.*got null", id="serverless without bounds"),
        pytest.param({"kms_key_arn": "alias/x"}, r'ARN of a KMS key; got "alias/x"', id="key"),
        pytest.param({"name": "a" * 55}, r"fits in 63 characters.*\(55 characters\)", id="name too long"),
        pytest.param({"security_group_ids": []}, r"default one; got \[\]", id="no security group"),
        pytest.param({"subnet_ids": ["subnet-1"]}, r'at least 2 zones.*\["subnet-1"\]', id="one subnet"),
        pytest.param({"backup_retention_days": 0}, "1 to 35; got 0", id="no backups"),
        pytest.param({"windows": {"backup": "2-3"}}, 'hh:mm-hh:mm; got "2-3"', id="backup window"),
        pytest.param(
            {"windows": {"maintenance": "2-3"}}, 'ddd:hh:mm-ddd:hh:mm; got "2-3"', id="maintenance window"
        ),
        pytest.param({"database_name": "1db"}, 'begins with a letter; got "1db"', id="database name"),
        pytest.param({"engine_version": "12"}, '15 or 16.*got "12"', id="old version"),
        pytest.param({"log_retention_days": 0}, "CloudWatch's own values.*got 0", id="logs for ever"),
        pytest.param({"monitoring": {"interval_seconds": 0}}, "15, 30 or 60; got 0", id="no monitoring"),
        pytest.param({"monitoring": {"insights_days": 8}}, "multiple of 31.*got 8", id="insights"),
        pytest.param(
            {"parameters": {"rds.force_ssl": "0"}}, "not the caller's.*force_ssl", id="plain connections"
        ),
        pytest.param({"password_version": 0}, "at least 1; got 0", id="password version"),
        pytest.param(
            {
                "instances": ONE | {"b": {"class": "db.r6g.large"}},
                "reader_autoscaling": {"minimum": 3, "maximum": 3},
            },
            r'maximum above its minimum.*"maximum":3',
            id="nothing to scale",
        ),
        pytest.param(
            {"reader_autoscaling": {"maximum": 3}}, r'must hold a reader.*\["one"\]', id="no reader to follow"
        ),
        pytest.param(
            {"restore": {"cluster_identifier": "x", "time": "noon"}},
            '2026-01-31T12:00:00Z.*"noon"',
            id="restore time",
        ),
        pytest.param({"secret_recovery_window_days": 3}, "0 or 7 to 30; got 3", id="short way back"),
        pytest.param(
            SERVERLESS | {"serverless": {"minimum": 0.3, "maximum": 4}},
            r'half units.*"minimum":0.3',
            id="odd capacity",
        ),
        pytest.param({"username": "postgres"}, 'try first; got "postgres"', id="well-known user"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
