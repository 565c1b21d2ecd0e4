"""A pattern writes its modules' settings down again; here each of them is given, and reaches what it is for."""

import json
import re

import pytest
import tftest

from scripts.checks.values import default_of
from scripts.live.modules import read_module

ACCOUNT = "111111111111"
POLICY = json.dumps({"Version": "2012-10-17", "Statement": []})
SHOWN = {"namespace": "acme/shop", "name": "Errors", "dimensions": {"Shop": "a"}}
ERRORS = SHOWN | {"period_seconds": 60}
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:acme-alerts"


def resources(plan):
    """The values of every planned resource by its whole address."""
    modules = plan["planned_values"]["root_module"]["child_modules"]
    return {found["address"]: found["values"] for module in modules for found in module["resources"]}


def chosen(values, **expected):
    """Those of *values* that are expected, to compare them with what they should be."""
    return {name: values[name] for name in expected}


@pytest.mark.parametrize(
    "module", ["patterns/notification", "patterns/postgres", "patterns/search", "patterns/serverless-api"]
)
def test_a_pattern_keeps_its_logs_as_long_as_its_modules_do(module_tree, module):
    found = read_module(module_tree.parent, f"modules/{module}").variables["log_retention_days"]
    assert default_of(found) == 30


def test_an_application_s_secret_has_fifty_characters_unless_it_is_said_though_no_plan_shows_it(module_tree):
    """Read from the files: the value is ephemeral, and so is its length."""
    kind = read_module(module_tree.parent, "modules/patterns/postgres").variables["application_secrets"].type
    assert kind.element.fields["length"].default.value == 50
    text = (module_tree / "patterns/postgres/secrets.tf").read_text()
    assert re.search(r"generate += \{ length = secret\.length,", text)


@pytest.fixture(scope="module")
def network(plan_module):
    rule = {"description": "All", "from_port": 1, "to_port": 9, "protocol": "udp"}
    acl = {"number": 500, "action": "deny", "protocol": "udp", "cidr_ipv4": "10.0.0.0/8"}
    return resources(
        plan_module(
            "patterns/network",
            name="acme",
            account_id=ACCOUNT,
            vpc_cidr_block="10.20.0.0/16",
            tiers={"private": {"newbits": 4, "zones": {"us-east-1a": 1}}},
            flow_logs={"s3": {"bucket_arn": "arn:aws:s3:::acme-logs"}},
            gateway_endpoints={"s3": {"policy": POLICY}},
            interface_endpoints={"events": {"policy": POLICY}},
            network_acl_rules={
                "private": {
                    "ingress": {"odd": acl | {"from_port": 1, "to_port": 9}},
                    "egress": {
                        "odd": acl | {"from_port": 1, "to_port": 9},
                        "answers": acl | {"number": 510, "ephemeral_ports": True},
                    },
                }
            },
            security_groups={
                "all": {
                    "ingress": {
                        "world": rule | {"cidr_ipv4": "0.0.0.0/0", "open_to_world": True},
                        "group": rule | {"security_group_id": "sg-0123456789abcdef0"},
                        "list": rule | {"prefix_list_id": "pl-0123456789abcdef0"},
                    },
                    "egress": {
                        "world": rule | {"cidr_ipv4": "0.0.0.0/0", "open_to_world": True},
                        "group": rule | {"security_group_id": "sg-0123456789abcdef0"},
                    },
                }
            },
        )
    )


def test_flow_logs_go_to_the_callers_bucket(network):
    expected = {"log_destination": "arn:aws:s3:::acme-logs", "log_destination_type": "s3"}
    assert chosen(network["module.vpc.aws_flow_log.this[0]"], **expected) == expected


@pytest.mark.parametrize("endpoint", ['gateway["s3"]', 'interface["events"]'])
def test_an_endpoint_has_the_callers_policy(network, endpoint):
    found = network[f"module.vpc_endpoints.aws_vpc_endpoint.{endpoint}"]
    assert json.loads(found["policy"]) == json.loads(POLICY)


@pytest.mark.parametrize(
    ("key", "ports"),
    [
        ("private/ingress/odd", (1, 9)),
        ("private/egress/odd", (1, 9)),
        ("private/egress/answers", (1024, 65535)),
    ],
)
def test_a_network_acl_rule_is_as_the_caller_wrote_it(network, key, ports):
    found = network[f'module.network_acls.aws_network_acl_rule.this["{key}"]']
    assert (found["from_port"], found["to_port"]) == ports
    assert (found["rule_action"], found["protocol"], found["egress"]) == ("deny", "udp", "egress" in key)


@pytest.mark.parametrize("way", ["ingress", "egress"])
@pytest.mark.parametrize(
    ("key", "argument", "value"),
    [
        ("world", "cidr_ipv4", "0.0.0.0/0"),
        ("group", "referenced_security_group_id", "sg-0123456789abcdef0"),
    ],
)
def test_a_security_group_rule_is_as_the_caller_wrote_it(network, way, key, argument, value):
    found = network[f'module.security_groups.aws_vpc_security_group_{way}_rule.this["all/{key}"]']
    assert (found["ip_protocol"], found["from_port"], found["to_port"], found[argument]) == (
        "udp",
        1,
        9,
        value,
    )


def test_a_security_group_rule_may_let_a_prefix_list_in(network):
    found = network['module.security_groups.aws_vpc_security_group_ingress_rule.this["all/list"]']
    assert found["prefix_list_id"] == "pl-0123456789abcdef0"


@pytest.fixture(scope="module")
def observability(plan_module):
    return resources(
        plan_module(
            "patterns/observability",
            name="acme",
            account_id=ACCOUNT,
            alarm_topic_arns=[TOPIC],
            alarms={
                "odd": {
                    "description": "Odd.",
                    "comparison": "below",
                    "anomaly": {"band_width": 3, "metric": ERRORS | {"statistic": "Maximum"}},
                },
                "mean": {"description": "Mean.", "threshold": 1, "metric": ERRORS | {"statistic": "Average"}},
                "rate": {
                    "description": "Rate.",
                    "threshold": 5,
                    "math": {"expression": "e * 2", "label": "Doubled", "metrics": {"e": ERRORS}},
                },
                "quiet": {
                    "description": "Quiet.",
                    "composite": {
                        "any_of": ["mean"],
                        "quiet_during": "rate",
                        "quiet_wait_seconds": 60,
                        "quiet_extension_seconds": 90,
                    },
                },
            },
            widgets=[
                {
                    "title": "Line",
                    "kind": "line",
                    "height": 5,
                    "width": 7,
                    "period_seconds": 900,
                    "limits": {"too many": 4},
                    "range": {"min": 1, "max": 9},
                    "metrics": [SHOWN | {"axis": "right", "label": "Ours", "statistic": "Maximum"}],
                },
                {"title": "Log", "kind": "logs", "log_groups": ["/a"], "query": "fields @message"},
                {"title": "Rings", "kind": "alarms", "alarm_arns": [TOPIC.replace("sns", "cloudwatch")]},
                {"title": "Words", "kind": "text", "markdown": "# Read this"},
            ],
        )
    )


@pytest.mark.parametrize("way", ["ingress", "egress"])
def test_a_rule_is_open_to_the_world_only_if_it_says_so(plan_module, way):
    rules = {way: {"world": {"description": "W", "from_port": 443, "cidr_ipv4": "0.0.0.0/0"}}}
    with pytest.raises(tftest.TerraformTestError, match=r"(?s)must say open_to_world = true.*world"):
        plan_module(
            "patterns/network",
            name="acme",
            account_id=ACCOUNT,
            vpc_cidr_block="10.20.0.0/16",
            tiers={"private": {"newbits": 4, "zones": {"us-east-1a": 1}}},
            security_groups={"all": rules},
        )


def metric_alarm(observability, key):
    return observability[f'module.alarms.aws_cloudwatch_metric_alarm.this["{key}"]']


def queries(observability, key):
    return {query["id"]: query for query in metric_alarm(observability, key)["metric_query"]}


def test_an_anomalys_metric_and_band_are_the_callers(observability):
    found = queries(observability, "odd")
    expected = {"stat": "Maximum", "period": 60, "dimensions": {"Shop": "a"}}
    assert found["band"]["expression"].endswith(", 3)")
    assert chosen(found["measured"]["metric"][0], **expected) == expected


def test_a_metric_and_a_formula_are_the_callers(observability):
    formula = queries(observability, "rate")
    assert (metric_alarm(observability, "mean")["statistic"], formula["e"]["metric"][0]["period"]) == (
        "Average",
        60,
    )
    assert formula["e"]["metric"][0]["dimensions"] == {"Shop": "a"}
    assert "Doubled" in [query["label"] for query in formula.values()]


def test_a_composite_alarm_keeps_quiet_as_the_caller_says(observability):
    found = observability['module.alarms.aws_cloudwatch_composite_alarm.this["quiet"]']
    assert found["actions_suppressor"] == [{"alarm": "acme-rate", "wait_period": 60, "extension_period": 90}]


def test_widgets_are_as_the_caller_wrote_them(observability):
    body = json.loads(observability["module.dashboard.aws_cloudwatch_dashboard.this"]["dashboard_body"])
    widgets = {widget["properties"].get("title", "Words"): widget for widget in body["widgets"]}
    line = widgets["Line"]["properties"]
    assert (widgets["Line"]["width"], widgets["Line"]["height"], line["period"]) == (7, 5, 900)
    assert line["yAxis"]["left"] == {"min": 1, "max": 9}
    assert line["annotations"]["horizontal"] == [{"label": "too many", "value": 4}]
    assert line["metrics"][0][:4] == ["acme/shop", "Errors", "Shop", "a"]
    expected = {"label": "Ours", "stat": "Maximum", "yAxis": "right"}
    assert chosen(line["metrics"][0][4], **expected) == expected
    assert "fields @message" in widgets["Log"]["properties"]["query"]
    assert widgets["Rings"]["properties"]["alarms"] == [TOPIC.replace("sns", "cloudwatch")]
    assert "# Read this" in widgets["Words"]["properties"]["markdown"]


KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
STRING = {"name": "who", "type": "S"}


@pytest.fixture(scope="module")
def storage(plan_module):
    plan = plan_module(
        "patterns/storage-layer",
        name="acme",
        account_id=ACCOUNT,
        access_log={"bucket_name": "acme-logs"},
        kms_key_arn=KEY,
        replica_kms_key_arns={"us-west-2": KEY.replace("us-east-1", "us-west-2")},
        tables={
            "orders": {
                "hash_key": {"name": "id", "type": "S"},
                "range_key": {"name": "at", "type": "N"},
                "global_indexes": {
                    "by-who": {
                        "hash_key": STRING,
                        "range_key": {"name": "at", "type": "N"},
                        "projection": "INCLUDE",
                        "included_attributes": ["total"],
                        "provisioned": {"read": 3, "write": 2},
                    }
                },
                "local_indexes": {
                    "by-name": {
                        "range_key": STRING,
                        "projection": "INCLUDE",
                        "included_attributes": ["total"],
                    }
                },
                "provisioned": {
                    "read": {"minimum": 1, "maximum": 9, "target_percent": 50},
                    "write": {"minimum": 1, "maximum": 9, "target_percent": 60},
                },
            },
            "copied": {
                "hash_key": {"name": "id", "type": "S"},
                "stream_view_type": "NEW_AND_OLD_IMAGES",
                "replicas": {"us-west-2": {}},
            },
        },
        buckets={
            "uploads": {
                "cors_rules": {
                    "open": {
                        "allowed_origins": ["*"],
                        "allowed_methods": ["GET"],
                        "allowed_headers": ["content-type"],
                        "expose_headers": ["etag"],
                        "max_age_seconds": 60,
                        "allow_any_origin": True,
                    }
                },
                "lifecycle_rules": {
                    "old": {
                        "prefix": "old/",
                        "noncurrent_expiration_days": 9,
                        "transition_days": {"GLACIER": 60},
                    }
                },
                "object_lock": {"retention_days": 3, "compliance_mode_that_nobody_can_undo": True},
                "replication_rules": {
                    "west": {
                        "destination_bucket_arn": "arn:aws:s3:::acme-west",
                        "destination_account_id": "222222222222",
                        "destination_kms_key_arn": KEY.replace("us-east-1", "us-west-2"),
                        "prefix": "reports/",
                        "priority": 4,
                        "replicate_delete_markers": True,
                        "storage_class": "STANDARD",
                    }
                },
            }
        },
    )
    return resources(plan)


def test_indexes_and_capacity_are_the_callers(storage):
    table = storage['module.table["orders"].aws_dynamodb_table.this']
    ours = {"projection_type": "INCLUDE", "non_key_attributes": ["total"]}
    by_who = ours | {"range_key": "at", "read_capacity": 3, "write_capacity": 2}
    assert chosen(table["global_secondary_index"][0], **by_who) == by_who
    assert chosen(table["local_secondary_index"][0], **ours) == ours
    targets = {
        address.partition("aws_appautoscaling_policy.")[2]: found[
            "target_tracking_scaling_policy_configuration"
        ][0]["target_value"]
        for address, found in storage.items()
        if "aws_appautoscaling_policy." in address
    }
    assert sorted(targets.values()) == [50, 60]


def test_a_replica_has_the_key_of_its_region(storage):
    (replica,) = storage['module.table["copied"].aws_dynamodb_table.this']["replica"]
    assert replica["kms_key_arn"] == KEY.replace("us-east-1", "us-west-2")


def test_rules_of_a_bucket_are_the_callers(storage):
    bucket = 'module.bucket["uploads"].aws_s3_bucket'
    (cors,) = storage[f"{bucket}_cors_configuration.this[0]"]["cors_rule"]
    expected = {"allowed_headers": ["content-type"], "expose_headers": ["etag"], "max_age_seconds": 60}
    assert chosen(cors, allowed_origins=0, **expected) == {"allowed_origins": ["*"], **expected}
    lock = storage[f"{bucket}_object_lock_configuration.this[0]"]["rule"][0]["default_retention"][0]
    assert (lock["mode"], lock["days"]) == ("COMPLIANCE", 3)
    rules = {rule["id"]: rule for rule in storage[f"{bucket}_lifecycle_configuration.this"]["rule"]}
    old = rules["old"]
    assert (old["filter"][0]["prefix"], old["noncurrent_version_expiration"][0]["noncurrent_days"]) == (
        "old/",
        9,
    )
    assert [(step["days"], step["storage_class"]) for step in old["transition"]] == [(60, "GLACIER")]


def test_a_replication_is_the_callers(storage):
    found = storage['module.bucket["uploads"].aws_s3_bucket_replication_configuration.this[0]']["rule"][0]
    destination = found["destination"][0]
    assert (found["priority"], found["filter"][0]["prefix"]) == (4, "reports/")
    assert found["delete_marker_replication"] == [{"status": "Enabled"}]
    assert (destination["account"], destination["storage_class"]) == ("222222222222", "STANDARD")
