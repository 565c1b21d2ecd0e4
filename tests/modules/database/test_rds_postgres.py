"""The rds-postgres module: an instance that is encrypted, backed up and watched, and a password nobody sees."""

import json

import pytest
import tftest

from tests.modules.sources import sources

MODULE = "database/rds-postgres"
KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"
BASE = {
    "name": "acme-shop",
    "instance_class": "db.t4g.micro",
    "kms_key_arn": KEY,
    "subnet_ids": ["subnet-1", "subnet-2"],
    "security_group_ids": ["sg-1"],
}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        alarm_topic_arns=[TOPIC],
        alarms={
            "connections": 50,
            "cpu_percent": 70,
            "free_memory_mb": 1,
            "free_storage_gb": 5,
            "replica_lag_seconds": 9,
        },
        allow_destroy_without_snapshot=True,
        apply_immediately=True,
        backup_retention_days=35,
        database_name="shop",
        deletion_protection=False,
        engine_version="15.10",
        log_kms_key_arn=KEY,
        log_retention_days=365,
        monitoring={"interval_seconds": 15, "insights_days": 93},
        multi_az=True,
        parameters={"log_statement": "all", "work_mem": "8192"},
        password_version=2,
        replicas={
            "reports": {"instance_class": "db.r6g.large", "availability_zone": "us-east-1b"},
            "spare": {"multi_az": True},
        },
        secret_recovery_window_days=7,
        storage={"allocated_gb": 400, "maximum_gb": 1000, "iops": 12000, "throughput": 500},
        tags={"System": "shop"},
        username="owner",
        windows={"backup": "05:00-06:00", "maintenance": "mon:06:30-mon:07:00"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


def primary(plan):
    return values(plan, "aws_db_instance.this")


def parameters(plan):
    found = values(plan, "aws_db_parameter_group.this")["parameter"]
    return {parameter["name"]: (parameter["value"], parameter["apply_method"]) for parameter in found}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        pytest.param("storage_encrypted", True, id="encrypted"),
        pytest.param("kms_key_id", KEY, id="under the caller's key"),
        pytest.param("publicly_accessible", False, id="not on the internet"),
        pytest.param("deletion_protection", True, id="not deleted by accident"),
        pytest.param("skip_final_snapshot", False, id="last snapshot taken"),
        pytest.param("final_snapshot_identifier", "acme-shop-final", id="last snapshot named"),
        pytest.param("delete_automated_backups", False, id="backups outlive the instance"),
        pytest.param("backup_retention_period", 7, id="a week of backups"),
        pytest.param("backup_window", "02:00-03:00", id="backup at night"),
        pytest.param("maintenance_window", "sun:04:00-sun:05:00", id="maintenance on Sunday"),
        pytest.param("copy_tags_to_snapshot", True, id="snapshots are tagged"),
        pytest.param("auto_minor_version_upgrade", True, id="security fixes"),
        pytest.param("allow_major_version_upgrade", False, id="no major version by accident"),
        pytest.param("apply_immediately", False, id="interruptions wait"),
        pytest.param("performance_insights_enabled", True, id="insights"),
        pytest.param("performance_insights_kms_key_id", KEY, id="insights encrypted"),
        pytest.param("performance_insights_retention_period", 7, id="insights free of charge"),
        pytest.param("monitoring_interval", 60, id="enhanced monitoring"),
        pytest.param("enabled_cloudwatch_logs_exports", ["postgresql", "upgrade"], id="logs exported"),
        pytest.param("iam_database_authentication_enabled", True, id="IAM may open it"),
        pytest.param("engine_version", "16", id="PostgreSQL 16"),
        pytest.param("storage_type", "gp3", id="gp3"),
        pytest.param("multi_az", False, id="one zone"),
        pytest.param("ca_cert_identifier", "rds-ca-rsa2048-g1", id="a certificate that clients know"),
        pytest.param("port", 5432, id="usual port"),
        pytest.param("password", None, id="no password in the plan"),
        pytest.param("password_wo", None, id="no write-only password in the plan"),
    ],
)
def test_by_default(plain, setting, value):
    assert primary(plain)[setting] == value


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        pytest.param("identifier", "acme-shop", id="name"),
        pytest.param("instance_class", "db.t4g.micro", id="size"),
        pytest.param("vpc_security_group_ids", ["sg-1"], id="security groups"),
        pytest.param("skip_final_snapshot", True, id="no last snapshot"),
        pytest.param("apply_immediately", True, id="at once"),
        pytest.param("backup_retention_period", 35, id="backups"),
        pytest.param("db_name", "shop", id="database"),
        pytest.param("deletion_protection", False, id="deletion"),
        pytest.param("engine_version", "15.10", id="version"),
        pytest.param("monitoring_interval", 15, id="monitoring"),
        pytest.param("performance_insights_retention_period", 93, id="insights"),
        pytest.param("multi_az", True, id="standby"),
        pytest.param("password_wo_version", 2, id="password version"),
        pytest.param("allocated_storage", 400, id="storage"),
        pytest.param("max_allocated_storage", 1000, id="most storage"),
        pytest.param("iops", 12000, id="iops"),
        pytest.param("storage_throughput", 500, id="throughput"),
        pytest.param("tags", {"System": "shop"}, id="tags"),
        pytest.param("username", "owner", id="user"),
        pytest.param("backup_window", "05:00-06:00", id="backup window"),
        pytest.param("maintenance_window", "mon:06:30-mon:07:00", id="maintenance window"),
        pytest.param("parameter_group_name", "acme-shop-postgres15", id="parameters of its major version"),
    ],
)
def test_the_callers_input_reaches_the_instance(full, setting, value):
    assert primary(full)[setting] == value


def test_a_connection_without_tls_is_refused_by_the_database(plain, full):
    assert parameters(plain)["rds.force_ssl"] == ("1", "immediate")
    assert parameters(full)["rds.force_ssl"] == ("1", "immediate")


def test_connections_slow_queries_and_schema_changes_are_logged(plain, full):
    found = parameters(plain)
    assert found["log_connections"] == found["log_disconnections"] == ("1", "immediate")
    assert found["log_min_duration_statement"] == ("1000", "immediate")
    assert found["log_statement"] == ("ddl", "immediate")
    assert parameters(full)["log_statement"] == ("all", "immediate")
    assert parameters(full)["work_mem"] == ("8192", "pending-reboot")


@pytest.mark.parametrize(
    ("name", "days"),
    [pytest.param("password", 30, id="password"), pytest.param("connection", 30, id="parts")],
)
def test_secrets_are_encrypted_and_can_be_brought_back(plain, full, name, days):
    found = values(plain, f"aws_secretsmanager_secret.{name}")
    assert (found["name"], found["kms_key_id"]) == (f"acme-shop-{name}", KEY)
    assert found["recovery_window_in_days"] == days
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
    found = values(full, 'aws_cloudwatch_log_group.this["upgrade"]')
    assert (found["name"], found["retention_in_days"], found["kms_key_id"]) == (
        "/aws/rds/instance/acme-shop/upgrade",
        365,
        KEY,
    )


def test_rds_alone_may_take_the_monitoring_role(plain):
    role = values(plain, "aws_iam_role.monitoring")
    assert role["name"] == "acme-shop-monitoring"
    assert json.loads(role["assume_role_policy"])["Statement"][0]["Principal"] == {
        "Service": "monitoring.rds.amazonaws.com"
    }
    attached = values(plain, "aws_iam_role_policy_attachment.monitoring")
    assert attached["policy_arn"].endswith("/AmazonRDSEnhancedMonitoringRole")


def test_the_subnet_group_has_the_callers_subnets(plain):
    found = values(plain, "aws_db_subnet_group.this")
    assert (found["name"], found["subnet_ids"]) == ("acme-shop", ["subnet-1", "subnet-2"])


def test_a_replica_is_as_safe_as_the_primary(full):
    found = values(full, 'aws_db_instance.replica["reports"]')
    assert (found["identifier"], found["instance_class"]) == ("acme-shop-reports", "db.r6g.large")
    assert (found["availability_zone"], found["replicate_source_db"]) == ("us-east-1b", "acme-shop")
    assert (found["storage_encrypted"], found["publicly_accessible"]) == (True, False)
    assert found["performance_insights_enabled"] is True
    spare = values(full, 'aws_db_instance.replica["spare"]')
    assert (spare["instance_class"], spare["multi_az"], found["multi_az"]) == ("db.t4g.micro", True, False)


def test_the_log_of_a_replica_is_kept_like_the_primarys(full):
    assert values(full, 'aws_db_instance.replica["reports"]')["enabled_cloudwatch_logs_exports"] == [
        "postgresql"
    ]
    log = values(full, 'aws_cloudwatch_log_group.replica["reports"]')
    assert (log["name"], log["retention_in_days"], log["kms_key_id"]) == (
        "/aws/rds/instance/acme-shop-reports/postgresql",
        365,
        KEY,
    )


@pytest.mark.parametrize(
    ("key", "metric", "threshold"),
    [
        pytest.param("primary/cpu", "CPUUtilization", 70, id="cpu"),
        pytest.param("primary/storage", "FreeStorageSpace", 5 * 1024**3, id="storage"),
        pytest.param("primary/memory", "FreeableMemory", 1024**2, id="memory"),
        pytest.param("primary/connections", "DatabaseConnections", 50, id="connections"),
        pytest.param("reports/lag", "ReplicaLag", 9, id="lag"),
        pytest.param("spare/cpu", "CPUUtilization", 70, id="replica's cpu"),
    ],
)
def test_the_topic_hears_of_trouble(full, key, metric, threshold):
    found = values(full, f'aws_cloudwatch_metric_alarm.this["{key}"]')
    assert (found["metric_name"], found["threshold"]) == (metric, threshold)
    assert found["alarm_actions"] == found["ok_actions"] == [TOPIC]
    assert found["treat_missing_data"] == "breaching"


def test_alarms_are_there_by_default_and_can_be_left_out(plain, plan_module):
    alarms = {address for address in plain.resources if "alarm" in address}
    assert len(alarms) == 4
    without = plan_module(MODULE, **BASE, alarms=None)
    assert set(plain.resources) - set(without.resources) == alarms


def test_removing_a_replica_leaves_the_others_at_their_addresses(full, plan_module):
    fewer = plan_module(MODULE, **BASE, replicas={"spare": {}})
    assert set(fewer.resources) == {address for address in full.resources if "reports" not in address}


def test_outputs_name_what_others_need(plain, full):
    assert (plain.outputs["database_name"], plain.outputs["identifier"]) == ("app", "acme-shop")
    assert plain.outputs["port"] == 5432
    expected = {
        "address": "aws_db_instance.this.address",
        "alarm_arns": "aws_cloudwatch_metric_alarm.this",
        "connection_secret_arn": "aws_secretsmanager_secret.connection.arn",
        "instance_arn": "aws_db_instance.this.arn",
        "password_secret_arn": "aws_secretsmanager_secret.password.arn",
        "replica_addresses": "aws_db_instance.replica",
        "resource_id": "aws_db_instance.this.resource_id",
    }
    assert sources(full, *expected) == expected


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"instance_class": "micro"}, r'such as db.t4g.micro; got "micro"', id="size"),
        pytest.param({"kms_key_arn": "alias/x"}, r'ARN of a KMS key; got "alias/x"', id="key"),
        pytest.param({"name": "Acme"}, r'begins with a letter.*"Acme"', id="name"),
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
        pytest.param({"password_version": 1.5}, "at least 1; got 1.5", id="half a password"),
        pytest.param(
            {"replicas": {f"r{n}": {} for n in range(16)}}, "at most 15 read replicas; got 16", id="replicas"
        ),
        pytest.param(
            {"replicas": {"x": {"multi_az": True, "availability_zone": "us-east-1a"}}},
            r'spans zones.*got \["x"\]',
            id="a standby beside a zone",
        ),
        pytest.param({"secret_recovery_window_days": 3}, "0 or 7 to 30; got 3", id="short way back"),
        pytest.param(
            {"storage": {"allocated_gb": 5}}, r'starts at 20 GB.*"allocated_gb":5', id="little storage"
        ),
        pytest.param({"storage": {"iops": 9000}}, r'from 400 GB on.*"iops":9000', id="fast small storage"),
        pytest.param({"username": "postgres"}, 'try first; got "postgres"', id="well-known user"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
