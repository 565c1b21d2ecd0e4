"""The workers pattern: machines where an environment names them, watched for memory and disk."""

import base64
import json

import pytest
import tftest

MODULE = "patterns/workers"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:alerts"
SNAPSHOTS = f"arn:aws:iam::{ACCOUNT}:role/acme-snapshots"
IMAGE = {"parameter_name": "/acme/latest-image"}
BASE = {
    "name": "acme",
    "instance_profile_name": "acme-worker",
    "security_group_ids": ["sg-0"],
    "subnet_ids": ["subnet-a"],
}
PLAIN = {"ami": IMAGE, "instance_types": ["t4g.small"]}
IMPORTS = {
    "ami": {"id": "ami-0123456789abcdef0"},
    "instance_types": ["m7g.large", "m6g.large"],
    "capacity": {"minimum": 2, "maximum": 6},
    "spot": {"on_demand_base": 1, "on_demand_percent": 50},
    "script": "systemctl start imports",
    "snapshots_kept": 5,
    "schedules": {
        "night": {"recurrence": "0 20 * * *", "minimum": 0, "maximum": 0},
        "morning": {"recurrence": "0 6 * * *", "minimum": 1, "maximum": 2, "timezone": "Europe/Berlin"},
    },
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        fleets={"imports": IMPORTS, "plain": PLAIN | {"spot": {}}},
        alarm_topic_arns=[TOPIC],
        kms_key_arn=KEY,
        snapshot_role_arn=SNAPSHOTS,
        tags={"System": "commerce"},
        thresholds={"memory_percent": 70, "disk_percent": 60},
    )


def fleet(plan, key, address):
    return plan.modules[f'module.fleet["{key}"]'].resources[address]["values"]


def group(plan, key):
    return fleet(plan, key, "aws_autoscaling_group.this")


def parameter(plan):
    return plan.modules["module.agent[0]"].resources['aws_ssm_parameter.plain["cloudwatch-agent"]']["values"]


def alarm(plan, key):
    return plan.modules["module.alarms"].resources[f'aws_cloudwatch_metric_alarm.this["{key}"]']["values"]


def test_no_fleet_makes_nothing(plan_module):
    plan = plan_module(MODULE, **BASE, fleets={})
    assert {name: dict(module.resources) for name, module in plan.modules.items()} == {}
    assert plan.outputs == {"alarm_arns": {}, "group_names": {}, "metrics_namespace": "acme"}


def test_a_fleet_has_the_size_of_its_entry(plan):
    assert (group(plan, "imports")["min_size"], group(plan, "imports")["max_size"]) == (2, 6)
    assert (group(plan, "plain")["min_size"], group(plan, "plain")["max_size"]) == (1, 2)
    assert fleet(plan, "imports", 'aws_autoscaling_schedule.this["night"]')["recurrence"] == "0 20 * * *"
    zones = {
        key: fleet(plan, "imports", f'aws_autoscaling_schedule.this["{key}"]')["time_zone"]
        for key in ("morning", "night")
    }
    assert zones == {"morning": "Europe/Berlin", "night": "Etc/UTC"}


@pytest.mark.parametrize(
    ("key", "base", "percent"),
    [
        pytest.param("imports", 1, 50, id="as written"),
        pytest.param("plain", 0, 0, id="spot alone by default"),
    ],
)
def test_a_fleet_of_spot_machines_has_as_many_others_as_it_says(plan, key, base, percent):
    (policy,) = group(plan, key)["mixed_instances_policy"]
    (shares,) = policy["instances_distribution"]
    found = (shares["on_demand_base_capacity"], shares["on_demand_percentage_above_base_capacity"])
    assert found == (base, percent)


def test_machines_are_closed_and_encrypted_with_the_callers_key(plan):
    template = fleet(plan, "imports", "aws_launch_template.this")
    assert template["metadata_options"][0]["http_tokens"] == "required"
    assert template["block_device_mappings"][0]["ebs"][0]["kms_key_id"] == KEY
    assert template["image_id"] == "ami-0123456789abcdef0"


def test_the_first_start_hands_the_agents_settings_to_the_agent_and_runs_the_script(plan):
    script = base64.b64decode(fleet(plan, "imports", "aws_launch_template.this")["user_data"]).decode()
    assert '-c "ssm:/acme/cloudwatch-agent"' in script
    assert script.rstrip().endswith("systemctl start imports")


def test_the_agent_reports_memory_and_disk_of_the_group_into_the_systems_own_namespace(plan):
    metrics = json.loads(parameter(plan)["value"])["metrics"]
    assert metrics["namespace"] == "acme" == plan.outputs["metrics_namespace"]
    assert metrics["metrics_collected"]["mem"]["measurement"] == ["mem_used_percent"]
    assert metrics["metrics_collected"]["disk"]["resources"] == ["/"]
    assert metrics["append_dimensions"] == {"AutoScalingGroupName": "${aws:AutoScalingGroupName}"}
    assert metrics["aggregation_dimensions"] == [["AutoScalingGroupName"]]


@pytest.mark.parametrize(
    ("key", "metric", "limit"),
    [("imports-memory", "mem_used_percent", 70), ("plain-disk", "disk_used_percent", 60)],
)
def test_memory_and_disk_ring_for_each_fleet(plan, key, metric, limit):
    found = alarm(plan, key)
    assert (found["namespace"], found["metric_name"], found["threshold"]) == ("acme", metric, limit)
    assert found["alarm_actions"] == [TOPIC]


def test_only_a_fleet_that_asks_for_it_has_snapshots(plan):
    policies = {
        key: [
            r["values"]
            for r in plan.modules[f'module.fleet["{key}"]'].resources.values()
            if r["type"] == "aws_dlm_lifecycle_policy"
        ]
        for key in ("imports", "plain")
    }
    assert policies["plain"] == []
    assert policies["imports"][0]["execution_role_arn"] == SNAPSHOTS


def test_outputs_are_keyed_by_fleet(plan):
    assert plan.outputs["group_names"] == {"imports": "acme-imports", "plain": "acme-plain"}
    assert "alarm_arns" in plan.planned_values["outputs"]


def test_taking_one_fleet_away_leaves_the_other(plan_module):
    fewer = plan_module(MODULE, **BASE, fleets={"plain": PLAIN})
    assert {name for name in fewer.modules if "fleet" in name} == {'module.fleet["plain"]'}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            {"fleets": {"plain": PLAIN | {"snapshots_kept": 3}}},
            r'needs snapshot_role_arn; got none for \["plain"\]',
            id="role",
        ),
        pytest.param(
            {"fleets": {}, "thresholds": {"memory_percent": 100}},
            'between 0 and 100 percent; got.*"memory_percent":100',
            id="percent",
        ),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
