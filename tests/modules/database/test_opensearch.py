"""The opensearch module: closed, encrypted, without passwords, logged and watched."""

import json

import pytest
import tftest

MODULE = "database/opensearch"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
MASTER = f"arn:aws:iam::{ACCOUNT}:role/master"
CLIENT = f"arn:aws:iam::{ACCOUNT}:role/books"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:alerts"
BASE = {
    "name": "acme-books",
    "account_id": ACCOUNT,
    "kms_key_arn": KEY,
    "master_role_arn": MASTER,
    "nodes": {"type": "t3.small.search", "count": 1},
    "security_group_ids": ["sg-1"],
    "subnet_ids": ["subnet-1"],
}


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
                "nodes": {"type": "r6g.large.search", "count": 6},
                "subnet_ids": ["subnet-1", "subnet-2", "subnet-3"],
            }
        ),
        alarm_topic_arns=[TOPIC],
        alarms={"cpu_percent": 70, "memory_percent": 75, "free_storage_gb": 9},
        client_role_arns=[CLIENT],
        dedicated_masters={"type": "m6g.large.search", "count": 5},
        engine_version="OpenSearch_2.17",
        log_kms_key_arn=KEY,
        log_retention_days=365,
        off_peak_start_hour=3,
        storage={"size_gb": 100, "iops": 4000, "throughput": 250},
        tags={"System": "books"},
        ultra_warm={"type": "ultrawarm1.large.search", "count": 3, "cold_storage": True},
        zone_count=3,
    )


@pytest.fixture(scope="module")
def warmed(plan_module):
    """UltraWarm, with nothing said about it."""
    nodes = {"nodes": {"type": "r6g.large.search", "count": 2}}
    return plan_module(
        MODULE, **(BASE | nodes), dedicated_masters={"type": "m6g.large.search"}, ultra_warm={}
    )


def domain(plan):
    return plan.resources["aws_opensearch_domain.this"]["values"]


def block(plan, name):
    (found,) = domain(plan)[name]
    return found


@pytest.mark.parametrize(
    ("name", "setting", "value"),
    [
        pytest.param("encrypt_at_rest", "enabled", True, id="encrypted at rest"),
        pytest.param("encrypt_at_rest", "kms_key_id", KEY, id="under the caller's key"),
        pytest.param("node_to_node_encryption", "enabled", True, id="encrypted between nodes"),
        pytest.param("domain_endpoint_options", "enforce_https", True, id="HTTPS"),
        pytest.param(
            "domain_endpoint_options",
            "tls_security_policy",
            "Policy-Min-TLS-1-2-PFS-2023-10",
            id="current TLS",
        ),
        pytest.param("advanced_security_options", "enabled", True, id="fine-grained access"),
        pytest.param("advanced_security_options", "internal_user_database_enabled", False, id="no passwords"),
        pytest.param("advanced_security_options", "anonymous_auth_enabled", False, id="nobody unknown"),
        pytest.param("ebs_options", "volume_type", "gp3", id="gp3"),
        pytest.param("ebs_options", "volume_size", 20, id="20 GB"),
        pytest.param("cluster_config", "zone_awareness_enabled", False, id="one zone"),
        pytest.param("cluster_config", "dedicated_master_enabled", False, id="no masters"),
        pytest.param("auto_tune_options", "desired_state", "DISABLED", id="no tuning of t sizes"),
        pytest.param("software_update_options", "auto_software_update_enabled", True, id="updates"),
        pytest.param("off_peak_window_options", "enabled", True, id="at quiet hours"),
        pytest.param("vpc_options", "subnet_ids", ["subnet-1"], id="in the VPC"),
        pytest.param("vpc_options", "security_group_ids", ["sg-1"], id="behind security groups"),
    ],
)
def test_by_default(plain, name, setting, value):
    assert block(plain, name)[setting] == value


@pytest.mark.parametrize(
    ("name", "setting", "value"),
    [
        pytest.param("cluster_config", "instance_type", "r6g.large.search", id="size"),
        pytest.param("cluster_config", "instance_count", 6, id="nodes"),
        pytest.param("cluster_config", "zone_awareness_config", [{"availability_zone_count": 3}], id="zones"),
        pytest.param("cluster_config", "dedicated_master_type", "m6g.large.search", id="masters"),
        pytest.param("cluster_config", "dedicated_master_count", 5, id="number of masters"),
        pytest.param("cluster_config", "warm_enabled", True, id="UltraWarm"),
        pytest.param("cluster_config", "warm_type", "ultrawarm1.large.search", id="warm size"),
        pytest.param("cluster_config", "warm_count", 3, id="warm nodes"),
        pytest.param("cluster_config", "cold_storage_options", [{"enabled": True}], id="cold storage"),
        pytest.param("ebs_options", "volume_size", 100, id="storage"),
        pytest.param("ebs_options", "iops", 4000, id="iops"),
        pytest.param("ebs_options", "throughput", 250, id="throughput"),
        pytest.param("auto_tune_options", "desired_state", "ENABLED", id="tuning"),
    ],
)
def test_the_callers_choices_reach_the_domain(full, name, setting, value):
    assert block(full, name)[setting] == value


def test_the_domain_has_the_callers_name_version_and_tags(plain, full):
    assert (domain(plain)["domain_name"], domain(plain)["engine_version"]) == (
        "acme-books",
        "OpenSearch_2.19",
    )
    assert (domain(full)["engine_version"], domain(full)["tags"]) == ("OpenSearch_2.17", {"System": "books"})
    window = block(full, "off_peak_window_options")["off_peak_window"][0]
    assert window["window_start_time"][0]["hours"] == 3
    assert (
        block(plain, "off_peak_window_options")["off_peak_window"][0]["window_start_time"][0]["hours"] == 22
    )


def test_the_master_user_is_a_role(plain):
    (master,) = block(plain, "advanced_security_options")["master_user_options"]
    assert (master["master_user_arn"], master["master_user_password"]) == (MASTER, None)


def test_only_named_roles_reach_the_domain(plain, full):
    def reached_by(plan):
        (statement,) = json.loads(domain(plan)["access_policies"])["Statement"]
        assert statement["Resource"] == f"arn:aws:es:us-east-1:{ACCOUNT}:domain/acme-books/*"
        assert all(action.startswith("es:ESHttp") and "*" not in action for action in statement["Action"])
        return statement["Principal"]["AWS"]

    assert reached_by(plain) == MASTER
    assert sorted(reached_by(full)) == sorted([MASTER, CLIENT])


def test_no_request_goes_round_its_address(plain):
    assert domain(plain)["advanced_options"]["rest.action.multi.allow_explicit_index"] == "false"


def test_every_log_is_kept_audit_trail_included(plain, full):
    assert {log["log_type"] for log in domain(plain)["log_publishing_options"]} == {
        "AUDIT_LOGS",
        "ES_APPLICATION_LOGS",
        "INDEX_SLOW_LOGS",
        "SEARCH_SLOW_LOGS",
    }
    group = plain.resources['aws_cloudwatch_log_group.this["AUDIT_LOGS"]']["values"]
    assert (group["name"], group["retention_in_days"]) == ("/aws/opensearch/acme-books/audit", 30)
    group = full.resources['aws_cloudwatch_log_group.this["AUDIT_LOGS"]']["values"]
    assert (group["retention_in_days"], group["kms_key_id"]) == (365, KEY)


def test_opensearch_writes_logs_for_this_account_only(plain):
    policy = plain.resources["aws_cloudwatch_log_resource_policy.this"]["values"]
    (statement,) = json.loads(policy["policy_document"])["Statement"]
    assert (policy["policy_name"], statement["Principal"]) == (
        "acme-books-opensearch",
        {"Service": "es.amazonaws.com"},
    )
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


@pytest.mark.parametrize(
    ("key", "metric", "threshold"),
    [
        pytest.param("cpu", "CPUUtilization", 70, id="cpu"),
        pytest.param("memory", "JVMMemoryPressure", 75, id="memory"),
        pytest.param("storage", "FreeStorageSpace", 9 * 1024, id="storage"),
        pytest.param("red", "ClusterStatus.red", 0, id="red"),
        pytest.param("writes", "ClusterIndexWritesBlocked", 0, id="blocked writes"),
        pytest.param("snapshots", "AutomatedSnapshotFailure", 0, id="failed snapshots"),
    ],
)
def test_the_topic_hears_of_trouble(full, key, metric, threshold):
    alarm = full.resources[f'aws_cloudwatch_metric_alarm.this["{key}"]']["values"]
    assert (alarm["metric_name"], alarm["threshold"]) == (metric, threshold)
    assert alarm["dimensions"] == {"DomainName": "acme-books", "ClientId": ACCOUNT}
    assert alarm["alarm_actions"] == alarm["ok_actions"] == [TOPIC]


def test_alarms_are_there_by_default_and_can_be_left_out(plain, plan_module):
    alarms = {address for address in plain.resources if "alarm" in address}
    assert len(alarms) == 6
    assert set(plain.resources) - set(plan_module(MODULE, **BASE, alarms=None).resources) == alarms


def test_outputs_are_what_clients_need(plain):
    assert plain.outputs["domain_name"] == "acme-books"
    assert {"alarm_arns", "dashboard_endpoint", "domain_arn", "endpoint"} <= set(
        plain.planned_values["outputs"]
    )


def test_older_indices_have_two_medium_nodes_unless_the_caller_says_otherwise(warmed):
    (found,) = domain(warmed)["cluster_config"]
    assert (found["warm_type"], found["warm_count"]) == ("ultrawarm1.medium.search", 2)
    assert found["cold_storage_options"] in ([], [{"enabled": False}])


WARM = {"ultra_warm": {}, "dedicated_masters": {"type": "m6g.large.search"}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="account"),
        pytest.param({"kms_key_arn": "k"}, 'ARN of a KMS key; got "k"', id="key"),
        pytest.param({"master_role_arn": "m"}, 'ARN of one role; got "m"', id="master"),
        pytest.param({"name": "a" * 29}, r"3 to 28 small letters.*\(29 characters\)", id="name too long"),
        pytest.param(
            {"nodes": {"type": "t3.small", "count": 1}}, 'such as t3.small.search; got.*"t3.small"', id="size"
        ),
        pytest.param(
            {"zone_count": 2, "subnet_ids": ["a", "b"], "nodes": {"type": "t3.small.search", "count": 3}},
            "multiple of zone_count.*3 nodes in 2 zones",
            id="uneven zones",
        ),
        pytest.param({"security_group_ids": []}, r"default one; got \[\]", id="no security group"),
        pytest.param({"subnet_ids": ["a", "b"]}, r'each of its 1 zones; got \["a","b"\]', id="subnets"),
        pytest.param({"client_role_arns": ["*"]}, r'single roles; got \["\*"\]', id="everybody"),
        pytest.param(
            {"dedicated_masters": {"type": "m6g.large.search", "count": 2}},
            "3 or 5; got.*2",
            id="two masters",
        ),
        pytest.param(
            {"engine_version": "Elasticsearch_7.10"}, "OpenSearch_2.19; got.*Elasticsearch", id="engine"
        ),
        pytest.param({"log_retention_days": 0}, "CloudWatch's own values.*got 0", id="logs for ever"),
        pytest.param({"off_peak_start_hour": 24}, "0 to 23; got 24", id="hour"),
        pytest.param({"storage": {"size_gb": 5}}, r'10 to 24576; got.*"size_gb":5', id="little storage"),
        pytest.param({"storage": {"iops": 100}}, r'3000 iops.*"iops":100', id="slow storage"),
        pytest.param(WARM | {"ultra_warm": {"count": 1}}, r'2 to 150.*"count":1', id="one warm node"),
        pytest.param(WARM, "data nodes that are no t size; got.*t3.small.search", id="warm beside t sizes"),
        pytest.param({"zone_count": 4}, "1, 2 or 3; got 4", id="zones"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
