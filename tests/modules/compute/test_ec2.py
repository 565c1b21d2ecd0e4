"""Instances are encrypted, have no SSH and no old metadata service, and replace themselves."""

import base64
import re

import pytest
import tftest

MODULE = "compute/ec2"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
TARGET = "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/shop/0a1b2c3d4e5f6000"
ROLE = "arn:aws:iam::111111111111:role/snapshots"
REQUIRED = {
    "name": "acme-workers",
    "ami": {"id": "ami-0a1b2c3d4e5f60001"},
    "instance_profile_name": "workers",
    "instance_types": ["t4g.small", "t4g.medium"],
    "security_group_ids": ["sg-1"],
    "subnet_ids": ["subnet-1"],
}
FULL = REQUIRED | {
    "ami": {"parameter_name": "/images/base"},
    "capacity": {"minimum": 2, "maximum": 5},
    "data_volumes": {"/dev/sdf": {"size_gb": 50, "iops": 4000, "throughput_mb": 250}},
    "kms_key_arn": KEY,
    "maximum_lifetime_days": 7,
    "refresh": {"minimum_healthy_percent": 50, "maximum_healthy_percent": 150},
    "root_device_name": "/dev/sda1",
    "root_volume": {"size_gb": 30, "iops": 5000, "throughput_mb": 300},
    "scaling_cpu_percent": 40,
    "schedules": {
        "evening": {"recurrence": "0 20 * * *", "minimum": 0, "maximum": 0, "timezone": "Europe/Berlin"},
        "morning": {"recurrence": "0 7 * * *", "minimum": 2, "maximum": 5},
    },
    "snapshots": {"role_arn": ROLE, "interval_hours": 12, "keep": 14, "start_time": "01:30"},
    "spot": {"on_demand_base": 1, "on_demand_percent": 25},
    "tags": {"System": "shop"},
    "target_group_arns": [TARGET],
    "user_data": "#!/bin/sh\necho hello\n",
    "warmup_seconds": 120,
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """What a caller gets who says only what must be said."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def template(plan):
    return plan.resources["aws_launch_template.this"]["values"]


def group(plan):
    return plan.resources["aws_autoscaling_group.this"]["values"]


def volumes(plan):
    return {mapping["device_name"]: mapping["ebs"][0] for mapping in template(plan)["block_device_mappings"]}


def distribution(plan):
    return group(plan)["mixed_instances_policy"][0]["instances_distribution"][0]


def test_credentials_are_handed_out_by_imdsv2_to_the_instance_alone(plain):
    (metadata,) = template(plain)["metadata_options"]
    assert (metadata["http_tokens"], metadata["http_put_response_hop_limit"]) == ("required", 1)


def test_nobody_comes_in_by_ssh(plain):
    assert template(plain)["key_name"] is None
    assert template(plain)["iam_instance_profile"][0]["name"] == "workers"


@pytest.mark.parametrize("which", ["plain", "full"])
def test_every_volume_is_encrypted_gp3(which, request):
    found = volumes(request.getfixturevalue(which)).values()
    assert {(volume["encrypted"], volume["volume_type"]) for volume in found} == {("true", "gp3")}


def test_by_default_one_or_two_instances_run_on_demand_and_none_for_longer_than_a_month(plain):
    found = group(plain)
    assert (found["min_size"], found["max_size"], found["max_instance_lifetime"]) == (1, 2, 30 * 86400)
    assert distribution(plain)["on_demand_percentage_above_base_capacity"] == 100
    assert (found["capacity_rebalance"], found["health_check_type"]) == (False, "EC2")
    assert "aws_dlm_lifecycle_policy.this[0]" not in plain.resources


def test_a_change_reaches_running_instances_and_goes_back_when_it_fails(plain):
    (refresh,) = group(plain)["instance_refresh"]
    (preferences,) = refresh["preferences"]
    assert (refresh["strategy"], preferences["auto_rollback"]) == ("Rolling", True)
    assert (preferences["min_healthy_percentage"], preferences["max_healthy_percentage"]) == (100, 200)


def test_an_image_from_a_parameter_is_read_at_launch_and_cannot_be_rolled_back_to(full):
    assert template(full)["image_id"] == "resolve:ssm:/images/base"
    assert group(full)["instance_refresh"][0]["preferences"][0]["auto_rollback"] is False


def test_instances_volumes_and_interfaces_carry_the_tags(full):
    found = {entry["resource_type"]: entry["tags"] for entry in template(full)["tag_specifications"]}
    assert found.keys() == {"instance", "volume", "network-interface"}
    assert all(tags == {"System": "shop", "Name": "acme-workers"} for tags in found.values())
    own = {entry["key"]: entry["propagate_at_launch"] for entry in group(full)["tag"]}
    assert own == {"System": False, "Name": False}


def test_each_input_reaches_the_template(full):
    found = template(full)
    assert (found["name"], found["vpc_security_group_ids"]) == ("acme-workers", ["sg-1"])
    assert base64.b64decode(found["user_data"]).decode() == FULL["user_data"]
    assert found["monitoring"] == [{"enabled": True}]
    root, data = volumes(full)["/dev/sda1"], volumes(full)["/dev/sdf"]
    assert (root["volume_size"], root["iops"], root["throughput"], root["kms_key_id"]) == (30, 5000, 300, KEY)
    assert (data["volume_size"], data["iops"], data["throughput"]) == (50, 4000, 250)


def test_each_input_reaches_the_group(full):
    found = group(full)
    assert (found["min_size"], found["max_size"], found["max_instance_lifetime"]) == (2, 5, 7 * 86400)
    assert (found["vpc_zone_identifier"], found["target_group_arns"]) == (["subnet-1"], [TARGET])
    assert (found["health_check_type"], found["health_check_grace_period"]) == ("ELB", 120)
    assert (found["default_instance_warmup"], found["capacity_rebalance"]) == (120, True)
    (preferences,) = found["instance_refresh"][0]["preferences"]
    assert (preferences["min_healthy_percentage"], preferences["max_healthy_percentage"]) == (50, 150)


def test_types_are_tried_in_the_callers_order_and_spot_takes_its_share(full):
    (launch,) = group(full)["mixed_instances_policy"][0]["launch_template"]
    assert [override["instance_type"] for override in launch["override"]] == ["t4g.small", "t4g.medium"]
    found = distribution(full)
    assert (found["on_demand_base_capacity"], found["on_demand_percentage_above_base_capacity"]) == (1, 25)
    assert found["spot_allocation_strategy"] == "price-capacity-optimized"


def test_the_processor_and_the_clock_decide_about_the_number(full, plain):
    policies = [plan.resources["aws_autoscaling_policy.cpu[0]"]["values"] for plan in (plain, full)]
    targets = [policy["target_tracking_configuration"][0]["target_value"] for policy in policies]
    assert targets == [60, 40]
    evening = full.resources['aws_autoscaling_schedule.this["evening"]']["values"]
    assert (evening["recurrence"], evening["time_zone"]) == ("0 20 * * *", "Europe/Berlin")
    assert (evening["min_size"], evening["max_size"], evening["desired_capacity"]) == (0, 0, 0)
    morning = full.resources['aws_autoscaling_schedule.this["morning"]']["values"]
    assert (morning["desired_capacity"], morning["time_zone"]) == (2, "Etc/UTC")


def test_without_a_percentage_the_number_is_left_alone(plan_module):
    plan = plan_module(MODULE, **REQUIRED, scaling_cpu_percent=None, maximum_lifetime_days=None, spot={})
    assert distribution(plan)["on_demand_percentage_above_base_capacity"] == 0
    assert not distribution(plan)["on_demand_base_capacity"]
    assert "aws_autoscaling_policy.cpu[0]" not in plan.resources
    assert not group(plan)["max_instance_lifetime"]


def test_snapshots_are_taken_of_this_groups_volumes(full):
    policy = full.resources["aws_dlm_lifecycle_policy.this[0]"]["values"]
    (details,) = policy["policy_details"]
    (schedule,) = details["schedule"]
    assert (policy["execution_role_arn"], policy["state"], policy["tags"]) == (
        ROLE,
        "ENABLED",
        {"System": "shop"},
    )
    assert details["target_tags"] == {"Name": "acme-workers"}
    assert (schedule["create_rule"][0]["interval"], schedule["create_rule"][0]["times"]) == (12, ["01:30"])
    assert schedule["retain_rule"][0]["count"] == 14


def test_removing_a_schedule_touches_no_other(plan_module, full):
    fewer = {"morning": FULL["schedules"]["morning"]}
    after = plan_module(MODULE, **(FULL | {"schedules": fewer}))
    assert set(full.resources) - set(after.resources) == {'aws_autoscaling_schedule.this["evening"]'}


def test_outputs(full):
    assert full.outputs["group_name"] == "acme-workers"
    outputs = full.configuration["root_module"]["outputs"]
    sources = {key: output["expression"]["references"][0] for key, output in outputs.items()}
    assert sources == {
        "group_arn": "aws_autoscaling_group.this.arn",
        "group_name": "aws_autoscaling_group.this.name",
        "launch_template_id": "aws_launch_template.this.id",
        "launch_template_version": "aws_launch_template.this.latest_version",
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"name": "a b"}, r'3 to 125 letters.*"a b"', id="a name with a space"),
        pytest.param({"ami": {}}, r'exactly one of.*"id":null', id="no image"),
        pytest.param({"ami": {"id": "base"}}, r'image id; got "base"', id="no image id"),
        pytest.param({"instance_types": []}, r"at least one type.*got \[\]", id="no type"),
        pytest.param({"instance_types": ["t4g.small", "t4g.small"]}, r"each type once; got \[", id="twice"),
        pytest.param({"security_group_ids": []}, "at least one group.*got 0", id="no group"),
        pytest.param({"subnet_ids": []}, "at least one subnet; got 0", id="no subnet"),
        pytest.param({"capacity": {"minimum": 3}}, "capacity.maximum; got 3 and 2", id="bounds"),
        pytest.param(
            {"data_volumes": {"/dev/sda": {"size_gb": 1}}}, r'free; got \["/dev/sda"\]', id="device"
        ),
        pytest.param({"maximum_lifetime_days": 0}, "1 to 365 or null; got 0", id="lifetime"),
        pytest.param({"refresh": {"minimum_healthy_percent": 90}}, "100 apart; got 90 and 200", id="refresh"),
        pytest.param({"root_volume": {"iops": 100}}, r'3000 to 16000.*"iops":100', id="root volume"),
        pytest.param({"scaling_cpu_percent": 5}, "10 to 100 or null; got 5", id="percent"),
        pytest.param(
            {"schedules": {"n": {"recurrence": "daily", "minimum": 0, "maximum": 0}}},
            r'five fields.*"recurrence":"daily"',
            id="recurrence",
        ),
        pytest.param(
            {"snapshots": {"role_arn": ROLE, "interval_hours": 5}}, "12 or 24; got 5", id="interval"
        ),
        pytest.param({"snapshots": {"role_arn": ROLE, "keep": 0}}, "1 to 1000; got 0", id="keep"),
        pytest.param({"snapshots": {"role_arn": ROLE, "start_time": "3"}}, r'HH:MM.*got "3"', id="start"),
        pytest.param({"spot": {"on_demand_percent": 100}}, r'0 to 99.*"on_demand_percent":100', id="no spot"),
        pytest.param({"user_data": "x" * 16385}, "at most 16384.*got 16385", id="user data"),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, given, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **(REQUIRED | given))
