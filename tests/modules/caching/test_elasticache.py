"""A cache fails over, speaks TLS only, knows its users by IAM and keeps what it held."""

import re

import pytest
import tftest

MODULE = "caching/elasticache"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
TOPIC = "arn:aws:sns:us-east-1:111111111111:acme-alerts"
GROUP = "aws_elasticache_replication_group.this"
WEB = {"web": {"access_string": "on ~session:* +@read"}}
REQUIRED = {
    "name": "acme",
    "subnet_ids": ["subnet-1", "subnet-2"],
    "security_group_ids": ["sg-1"],
    "users": WEB,
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """A cache about which nothing more is said than must be."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default, cluster mode included."""
    return plan_module(
        MODULE,
        **REQUIRED,
        alarm_thresholds={"engine_cpu_percent": 70, "evictions": 5, "memory_percent": 60},
        alarm_topic_arns=[TOPIC],
        apply_immediately=True,
        description="Sessions",
        engine={"name": "redis", "version": "7.1"},
        kms_key_arn=KEY,
        log_kms_key_arn=LOG_KEY,
        log_retention_days=365,
        maintenance_window="mon:01:00-mon:02:00",
        node_type="cache.r7g.large",
        notification_topic_arn=TOPIC,
        parameters={"maxmemory-policy": "allkeys-lru"},
        replicas=2,
        shards=3,
        skip_final_snapshot=True,
        snapshot_retention_days=35,
        snapshot_window="05:00-06:00",
        tags={"System": "shop"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("replication_group_id", "acme", id="named as told"),
        pytest.param("engine", "valkey", id="valkey"),
        pytest.param("engine_version", "8.0", id="a version of today"),
        pytest.param("node_type", "cache.t4g.small", id="small"),
        pytest.param("num_cache_clusters", 2, id="a node and its replica"),
        pytest.param("automatic_failover_enabled", True, id="fails over"),
        pytest.param("multi_az_enabled", True, id="over zones"),
        pytest.param("at_rest_encryption_enabled", "true", id="encrypted disks"),
        pytest.param("transit_encryption_enabled", True, id="TLS"),
        pytest.param("transit_encryption_mode", "required", id="and nothing but TLS"),
        pytest.param("auth_token", None, id="no token in the state"),
        pytest.param("snapshot_retention_limit", 7, id="snapshots for a week"),
        pytest.param("final_snapshot_identifier", "acme-final", id="a last snapshot"),
        pytest.param("auto_minor_version_upgrade", "true", id="patched"),
        pytest.param("apply_immediately", False, id="in the window"),
        pytest.param("port", 6379, id="port"),
    ],
)
def test_a_cache_has_these_defaults(plain, key, expected):
    assert values(plain, GROUP)[key] == expected


def test_a_user_signs_in_by_iam_under_one_name(plain):
    user = values(plain, 'aws_elasticache_user.this["web"]')
    assert (user["user_id"], user["user_name"]) == ("acme-web", "acme-web")
    assert (user["authentication_mode"][0]["type"], user["access_string"]) == ("iam", "on ~session:* +@read")
    assert user["passwords"] is None


def test_the_default_user_is_shut(plain):
    user = values(plain, "aws_elasticache_user.default")
    assert (user["user_name"], user["access_string"]) == ("default", "off ~* -@all")
    assert user["no_password_required"] is True
    group = values(plain, "aws_elasticache_user_group.this")
    assert (group["user_group_id"], group["user_ids"]) == ("acme", ["acme-default", "acme-web"])


def test_slow_commands_and_the_engine_are_logged(plain):
    logs = values(plain, GROUP)["log_delivery_configuration"]
    assert {log["log_type"]: log["destination"] for log in logs} == plain.outputs["log_group_names"]
    assert {(log["log_format"], log["destination_type"]) for log in logs} == {("json", "cloudwatch-logs")}
    assert values(plain, 'aws_cloudwatch_log_group.this["slow-log"]')["retention_in_days"] == 30


@pytest.mark.parametrize(
    ("kind", "metric", "threshold"),
    [
        ("cpu", "EngineCPUUtilization", 80),
        ("memory", "DatabaseMemoryUsagePercentage", 80),
        ("evictions", "Evictions", 0),
    ],
)
@pytest.mark.parametrize("node", ["acme-001", "acme-002"])
def test_every_node_has_its_alarms(plain, node, kind, metric, threshold):
    alarm = values(plain, f'aws_cloudwatch_metric_alarm.this["{node}/{kind}"]')
    assert (alarm["alarm_name"], alarm["metric_name"]) == (f"{node}-{kind}", metric)
    assert (alarm["dimensions"], alarm["threshold"]) == ({"CacheClusterId": node}, threshold)
    assert alarm["namespace"] == "AWS/ElastiCache"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("apply_immediately", True),
        ("automatic_failover_enabled", True),
        ("description", "Sessions"),
        ("engine", "redis"),
        ("engine_version", "7.1"),
        ("final_snapshot_identifier", None),
        ("kms_key_id", KEY),
        ("maintenance_window", "mon:01:00-mon:02:00"),
        ("node_type", "cache.r7g.large"),
        ("notification_topic_arn", TOPIC),
        ("num_node_groups", 3),
        ("parameter_group_name", "acme-redis7"),
        ("replicas_per_node_group", 2),
        ("security_group_ids", ["sg-1"]),
        ("snapshot_retention_limit", 35),
        ("snapshot_window", "05:00-06:00"),
        ("tags", {"System": "shop"}),
    ],
)
def test_each_input_reaches_the_cache(full, key, expected):
    assert values(full, GROUP)[key] == expected


def test_inputs_reach_subnets_parameters_and_logs(full):
    assert values(full, "aws_elasticache_subnet_group.this")["subnet_ids"] == ["subnet-1", "subnet-2"]
    group = values(full, "aws_elasticache_parameter_group.this")
    assert group["family"] == "redis7"
    assert {setting["name"]: setting["value"] for setting in group["parameter"]} == {
        "cluster-enabled": "yes",
        "maxmemory-policy": "allkeys-lru",
    }
    log = values(full, 'aws_cloudwatch_log_group.this["engine-log"]')
    assert (log["retention_in_days"], log["kms_key_id"]) == (365, LOG_KEY)


def test_a_cluster_numbers_its_nodes_by_shard(full):
    assert full.outputs["node_ids"][:4] == [
        "acme-0001-001",
        "acme-0001-002",
        "acme-0001-003",
        "acme-0002-001",
    ]
    assert len(full.outputs["node_ids"]) == 9
    alarm = values(full, 'aws_cloudwatch_metric_alarm.this["acme-0003-003/memory"]')
    assert (alarm["threshold"], alarm["alarm_actions"], alarm["ok_actions"]) == (60, [TOPIC], [TOPIC])
    assert values(full, 'aws_cloudwatch_metric_alarm.this["acme-0001-001/cpu"]')["threshold"] == 70
    assert values(full, 'aws_cloudwatch_metric_alarm.this["acme-0001-001/evictions"]')["threshold"] == 5


def test_one_node_alone_fails_over_nowhere(plan_module):
    plan = plan_module(MODULE, **REQUIRED | {"subnet_ids": ["subnet-1"], "replicas": 0})
    found = values(plan, GROUP)
    assert (found["automatic_failover_enabled"], found["multi_az_enabled"]) == (False, False)
    assert found["num_cache_clusters"] == 1


def test_names_come_out_by_key(plain, full):
    assert plain.outputs["user_names"] == {"web": "acme-web"}
    assert plain.outputs["port"] == 6379
    assert plain.outputs["configuration_endpoint"] is None
    assert (full.outputs["primary_endpoint"], full.outputs["reader_endpoint"]) == (None, None)


def test_a_further_user_leaves_the_others_where_they_are(plan_module, plain):
    more = plan_module(MODULE, **REQUIRED | {"users": WEB | {"a": {"access_string": "on ~* +@read"}}})
    assert set(more.resources) - set(plain.resources) == {'aws_elasticache_user.this["a"]'}


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"name": "Acme"}, "32 small letters", '"Acme"', id="a capital"),
        pytest.param({"name": "a--b"}, "single hyphens", '"a--b"', id="two hyphens"),
        pytest.param({"name": "a" * 33}, "32 small letters", f'"{"a" * 33}"', id="a long name"),
        pytest.param({"security_group_ids": []}, "at least one", "got 0", id="no security group"),
        pytest.param({"subnet_ids": ["subnet-1"]}, "at least 2 with replicas", "got 1", id="one zone"),
        pytest.param(
            {"users": {"default": {"access_string": "on ~* +@all"}}},
            "default is taken",
            '["default"]',
            id="default",
        ),
        pytest.param({"users": {}}, "There must be a user", "{}", id="nobody"),
        pytest.param(
            {"users": {"u": {"access_string": "~* +@all"}}},
            "starts with on or off",
            '{"u":"~* +@all"}',
            id="ACL",
        ),
        pytest.param(
            {"alarm_thresholds": {"memory_percent": 101}}, "at most 100", '"memory_percent":101', id="percent"
        ),
        pytest.param(
            {"alarm_thresholds": {"evictions": -1}}, "not negative", '"evictions":-1', id="evictions"
        ),
        pytest.param({"engine": {"version": "7.1"}}, "valkey 7.2, 8.0", '"valkey 7.1"', id="no such version"),
        pytest.param({"kms_key_arn": "alias/x"}, "ARN of a KMS key", '"alias/x"', id="an alias for a key"),
        pytest.param({"log_retention_days": 8}, "CloudWatch offers", "got 8", id="eight days"),
        pytest.param({"maintenance_window": "sunday"}, "ddd:hh:mm-ddd:hh:mm", '"sunday"', id="maintenance"),
        pytest.param({"node_type": "t4g.small"}, "cache node", '"t4g.small"', id="no cache node"),
        pytest.param(
            {"parameters": {"cluster-enabled": "yes"}},
            "follows from shards",
            '"yes"',
            id="cluster by parameter",
        ),
        pytest.param({"replicas": 6}, "0 to 5", "got 6", id="six replicas"),
        pytest.param({"shards": 0}, "1 to 500", "got 0", id="no shard"),
        pytest.param({"snapshot_retention_days": 36}, "0 to 35", "got 36", id="snapshots"),
        pytest.param({"snapshot_window": "3-4"}, "hh:mm-hh:mm", '"3-4"', id="snapshot window"),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **REQUIRED | variables)
