"""One database, instance or cluster, with its secrets, its group and, where asked for, a proxy."""

import re

import pytest
import tftest

MODULE = "patterns/postgres"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"
REQUIRED = {
    "name": "acme-db",
    "account_id": "111111111111",
    "kms_key_arn": KEY,
    "subnet_ids": ["subnet-1", "subnet-2"],
    "security_group_ids": ["sg-1"],
    "instance": {"class": "db.t4g.micro"},
}
FULL = REQUIRED | {
    "alarm_topic_arns": [TOPIC],
    "alarms": {
        "connections": 40,
        "cpu_percent": 70,
        "free_memory_mb": 50,
        "free_storage_gb": 5,
        "replica_lag_seconds": 30,
    },
    "allow_destroy_without_snapshot": True,
    "application_secrets": {"SECRET_KEY": {"description": "Signs sessions", "length": 64}},
    "application_secret_versions": {"SECRET_KEY": 2},
    "backup_retention_days": 14,
    "database": {"name": "shop", "username": "shopper"},
    "deletion_protection": False,
    "engine_version": "15.5",
    "instance": {
        "class": "db.t4g.small",
        "multi_az": True,
        "parameters": {"work_mem": "8192"},
        "replicas": {"reports": {"instance_class": "db.t4g.micro", "availability_zone": "us-east-1b"}},
        "storage": {"allocated_gb": 400, "maximum_gb": 500, "iops": 12000, "throughput": 500},
    },
    "log_kms_key_arn": LOG_KEY,
    "log_retention_days": 14,
    "maintenance": {
        "apply_immediately": True,
        "backup_window": "05:00-06:00",
        "window": "mon:07:00-mon:08:00",
    },
    "monitoring": {"insights_days": 31, "interval_seconds": 15},
    "own_group": {"vpc_id": "vpc-1", "client_group_ids": {"tasks": "sg-9"}},
    "password_version": 3,
    "proxy": {
        "allow_password_clients": True,
        "idle_client_timeout_seconds": 60,
        "security_group_ids": ["sg-7"],
        "pool": {
            "borrow_timeout_seconds": 5,
            "max_connections_percent": 80,
            "max_idle_connections_percent": 10,
        },
    },
    "secret_recovery_window_days": 7,
    "tags": {"System": "shop"},
}
AURORA = {
    "instance": None,
    "aurora": {
        "instances": {
            "a": {"class": "db.serverless", "promotion_tier": 0, "availability_zone": "us-east-1a"},
            "b": {"class": "db.serverless"},
        },
        "parameters": {"work_mem": "4096"},
        "serverless": {"minimum": 0.5, "maximum": 4},
        "reader_autoscaling": {"minimum": 1, "maximum": 3, "cpu_percent": 50},
    },
}
INSTANCE = "module.instance[0].aws_db_instance.this"
CLUSTER = "module.cluster[0].aws_rds_cluster.this"
GROUP = "module.security_group[0]"


@pytest.fixture(scope="module")
def plain(plan_module):
    """What a caller gets who says only what must be said."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    """An instance, every variable away from its default."""
    return plan_module(MODULE, **FULL)


@pytest.fixture(scope="module")
def aurora(plan_module):
    """A cluster under the same inputs."""
    changed = {"alarms": FULL["alarms"] | {"free_storage_gb": None}}
    return plan_module(MODULE, **(FULL | AURORA | changed))


def everything(plan):
    """Planned values of all modules, by full address."""
    changes = plan.resource_changes.items()
    return {address: change["change"]["after"] for address, change in changes if change["change"]["after"]}


def alarms(plan):
    pattern = r'module\.(?:instance|cluster)\[0\]\.aws_cloudwatch_metric_alarm\.this\["(.+)"\]'
    found = ((re.fullmatch(pattern, address), values) for address, values in everything(plan).items())
    return {match[1]: values["threshold"] for match, values in found if match}


def test_by_default_the_database_is_kept_and_closed(plain):
    found = everything(plain)[INSTANCE]
    assert (found["deletion_protection"], found["skip_final_snapshot"]) == (True, False)
    assert (found["publicly_accessible"], found["storage_encrypted"], found["multi_az"]) == (
        False,
        True,
        False,
    )
    assert (found["backup_retention_period"], found["engine_version"]) == (7, "16")
    assert found["vpc_security_group_ids"] == ["sg-1"]
    assert not [address for address in plain.resource_changes if "proxy" in address or GROUP in address]


def test_each_input_reaches_the_instance(full):
    found = everything(full)[INSTANCE]
    assert (found["instance_class"], found["multi_az"], found["engine_version"]) == (
        "db.t4g.small",
        True,
        "15.5",
    )
    assert (found["allocated_storage"], found["max_allocated_storage"]) == (400, 500)
    assert (found["iops"], found["storage_throughput"], found["db_name"]) == (12000, 500, "shop")
    assert (found["username"], found["apply_immediately"], found["backup_window"]) == (
        "shopper",
        True,
        "05:00-06:00",
    )
    assert (found["maintenance_window"], found["backup_retention_period"]) == ("mon:07:00-mon:08:00", 14)
    assert (found["deletion_protection"], found["skip_final_snapshot"]) == (False, True)
    assert (found["monitoring_interval"], found["performance_insights_retention_period"]) == (15, 31)
    assert (found["password_wo_version"], found["tags"]) == (3, {"System": "shop"})
    replica = everything(full)['module.instance[0].aws_db_instance.replica["reports"]']
    assert (replica["instance_class"], replica["availability_zone"]) == ("db.t4g.micro", "us-east-1b")
    parameters = everything(full)["module.instance[0].aws_db_parameter_group.this"]["parameter"]
    assert ("work_mem", "8192") in {(item["name"], item["value"]) for item in parameters}
    groups = [
        values for address, values in everything(full).items() if ".aws_cloudwatch_log_group." in address
    ]
    assert {(group["retention_in_days"], group["kms_key_id"]) for group in groups} == {(14, LOG_KEY)}


def test_a_cluster_takes_the_same_inputs(aurora):
    found = everything(aurora)[CLUSTER]
    assert (found["database_name"], found["master_username"], found["engine_version"]) == (
        "shop",
        "shopper",
        "15.5",
    )
    assert (found["backup_retention_period"], found["preferred_backup_window"]) == (14, "05:00-06:00")
    assert found["serverlessv2_scaling_configuration"][0]["max_capacity"] == 4
    writer = everything(aurora)['module.cluster[0].aws_rds_cluster_instance.this["a"]']
    assert (writer["promotion_tier"], writer["availability_zone"]) == (0, "us-east-1a")
    (scaling,) = [
        values for address, values in everything(aurora).items() if "aws_appautoscaling_target" in address
    ]
    assert (scaling["min_capacity"], scaling["max_capacity"]) == (1, 3)
    parameters = everything(aurora)["module.cluster[0].aws_rds_cluster_parameter_group.this"]["parameter"]
    assert ("work_mem", "4096") in {(item["name"], item["value"]) for item in parameters}
    assert INSTANCE not in everything(aurora)
    assert (
        everything(aurora)["module.proxy[0].aws_db_proxy_target.this"]["db_cluster_identifier"] == "acme-db"
    )


def test_a_cluster_is_restored_from_another(plan_module):
    copy = AURORA | {
        "aurora": AURORA["aurora"]
        | {"restore": {"cluster_identifier": "old", "time": "2026-01-31T12:00:00Z"}}
    }
    found = everything(plan_module(MODULE, **(REQUIRED | copy)))[CLUSTER]
    assert found["restore_to_point_in_time"][0]["source_cluster_identifier"] == "old"
    assert found["restore_to_point_in_time"][0]["restore_to_time"] == "2026-01-31T12:00:00Z"


def test_each_limit_reaches_its_alarm(full, aurora, plan_module):
    gigabyte = 1024**3
    limits = {"cpu": 70, "connections": 40, "memory": 50 * 1024**2, "storage": 5 * gigabyte}
    expected = {
        f"{place}/{kind}": limit for place in ("primary", "reports") for kind, limit in limits.items()
    }
    assert alarms(full) == expected | {"reports/lag": 30}
    assert alarms(aurora) == {"cpu": 70, "connections": 40, "memory": 50 * 1024**2, "lag": 30000}
    silent = plan_module(MODULE, **(REQUIRED | {"alarms": None}))
    assert alarms(silent) == {}
    ringing = [values for address, values in everything(full).items() if "metric_alarm" in address]
    assert {tuple(values["alarm_actions"]) for values in ringing} == {(TOPIC,)}


def test_the_applications_own_secrets_are_drawn_beside_the_databases(full):
    secret = everything(full)['module.application_secrets.aws_secretsmanager_secret.this["SECRET_KEY"]']
    assert (secret["name"], secret["description"]) == ("acme-db-SECRET_KEY", "Signs sessions")
    assert (secret["kms_key_id"], secret["recovery_window_in_days"]) == (KEY, 7)
    version = everything(full)[
        'module.application_secrets.aws_secretsmanager_secret_version.this["SECRET_KEY"]'
    ]
    assert version["secret_string_wo_version"] == 2
    assert version.get("secret_string") is None
    draws = full.configuration["root_module"]["module_calls"]["application_secrets"]["expressions"]["secrets"]
    assert "var.application_secrets" in draws["references"]


def test_own_group_admits_its_clients_and_the_proxy_and_nobody_else(full):
    rules = {
        address.removeprefix(GROUP): values
        for address, values in everything(full).items()
        if GROUP in address
    }
    inward = {
        address: (values["from_port"], values["to_port"], values["ip_protocol"])
        for address, values in rules.items()
        if "ingress_rule" in address
    }
    assert inward == {
        '.aws_vpc_security_group_ingress_rule.this["database/tasks"]': (5432, 5432, "tcp"),
        '.aws_vpc_security_group_ingress_rule.this["database/proxy"]': (5432, 5432, "tcp"),
    }
    tasks = rules['.aws_vpc_security_group_ingress_rule.this["database/tasks"]']
    assert tasks["referenced_security_group_id"] == "sg-9"
    outward = [address for address in rules if "egress_rule" in address]
    assert outward == ['.aws_vpc_security_group_egress_rule.this["database/proxy"]']


def test_without_a_proxy_the_own_group_lets_nothing_out(plan_module):
    plan = plan_module(MODULE, **(REQUIRED | {"security_group_ids": [], "own_group": FULL["own_group"]}))
    assert not [address for address in plan.resource_changes if "egress_rule" in address]


def test_the_proxy_stands_before_the_database_and_takes_what_it_is_told(full, plan_module):
    proxy = everything(full)["module.proxy[0].aws_db_proxy.this"]
    assert (proxy["require_tls"], proxy["idle_client_timeout"], proxy["vpc_security_group_ids"]) == (
        True,
        60,
        ["sg-7"],
    )
    assert proxy["auth"][0]["iam_auth"] == "DISABLED"
    pool = everything(full)["module.proxy[0].aws_db_proxy_default_target_group.this"][
        "connection_pool_config"
    ][0]
    assert (pool["max_connections_percent"], pool["connection_borrow_timeout"]) == (80, 5)
    assert pool["max_idle_connections_percent"] == 10
    bare = everything(plan_module(MODULE, **(REQUIRED | {"proxy": {}})))["module.proxy[0].aws_db_proxy.this"]
    assert (bare["vpc_security_group_ids"], bare["auth"][0]["iam_auth"]) == (["sg-1"], "REQUIRED")


def test_turning_multi_az_on_changes_that_and_nothing_else(plan_module, plain):
    after = plan_module(MODULE, **(REQUIRED | {"instance": {"class": "db.t4g.micro", "multi_az": True}}))
    different = {
        (address, name)
        for address, values in everything(after).items()
        for name, value in values.items()
        if everything(plain)[address][name] != value
    }
    assert set(after.resource_changes) == set(plain.resource_changes)
    assert different == {(INSTANCE, "multi_az")}


def test_outputs_that_are_known_before_the_apply(plain, full, aurora):
    assert full.outputs["database_name"] == "shop"
    assert plain.outputs["database_name"] == "app"
    assert plain.outputs["identifier"] == "acme-db"
    assert aurora.outputs["identifier"] == "acme-db"
    assert plain.outputs["metric_dimension"] == {"DBInstanceIdentifier": "acme-db"}
    assert aurora.outputs["metric_dimension"] == {"DBClusterIdentifier": "acme-db"}
    assert plain.outputs["security_group_ids"] == ["sg-1"]
    assert (plain.outputs["proxy_endpoint"], plain.outputs["port"]) == (None, 5432)


@pytest.mark.parametrize(
    ("output", "source"),
    [
        ("alarm_arns", "module.instance"),
        ("application_secret_arns", "module.application_secrets.secret_arns"),
        ("connection_secret_arn", "local.connection_secret_arn"),
        ("endpoint", "module.instance"),
        ("password_secret_arn", "module.instance"),
        ("proxy_endpoint", "module.proxy"),
        ("reader_endpoints", "module.instance"),
        ("resource_id", "module.instance"),
        ("secret_references", "local.secret_references"),
    ],
)
def test_what_aws_names_reaches_the_outputs(full, output, source):
    expression = full.configuration["root_module"]["outputs"][output]["expression"]
    assert source in expression["references"]
    assert full.output_changes[output]["actions"] == ["create"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"instance": None}, r"one of the two; got instance null and aurora null", id="neither"),
        pytest.param({"aurora": AURORA["aurora"]}, r"one of the two; got instance \{", id="both"),
        pytest.param(
            AURORA | {"alarms": {"free_storage_gb": 5}},
            r"is for an instance.*got 5 with aurora",
            id="storage",
        ),
        pytest.param(
            {"application_secrets": {"secret-key": {"description": "x"}}},
            r'keyed by environment variables.*got \["secret-key"\]',
            id="no environment variable",
        ),
        pytest.param(
            {"application_secrets": {"DATABASE_URL": {"description": "x"}}},
            r'DATABASE_URL is the database.s own; got \["DATABASE_URL"\]',
            id="the database's own secret",
        ),
        pytest.param(
            {"application_secret_versions": {"SECRET_KEY": 2}},
            r'keyed as application_secrets \(\); got \["SECRET_KEY"\]',
            id="a version of nothing",
        ),
        pytest.param(
            {
                "application_secrets": {"SECRET_KEY": {"description": "x"}},
                "application_secret_versions": {"SECRET_KEY": 1.5},
            },
            r'whole numbers of at least 1; got \{"SECRET_KEY":1.5\}',
            id="half a version",
        ),
        pytest.param(
            {"security_group_ids": []}, r"needs own_group or security_group_ids.*got \[\]", id="no group"
        ),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, given, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **(REQUIRED | given))
