"""An image is built from what is written down, tested, encrypted, and found under one name in every region."""

import re

import pytest
import tftest

MODULE = "compute/golden-image"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
WEST_KEY = "arn:aws:kms:us-west-2:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
PARENT = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-arm64/x.x.x"
EXECUTION = "arn:aws:iam::111111111111:role/image-builder"
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"
DOCUMENT = "schemaVersion: 1.0\nphases: [{name: build, steps: []}]\n"
REQUIRED = {
    "name": "acme-base",
    "parent_image": PARENT,
    "execution_role_arn": EXECUTION,
    "instance_profile_name": "builder",
    "regions": {"us-east-1": {}},
}
FULL = REQUIRED | {
    "regions": {
        "us-east-1": {},
        "us-west-2": {"kms_key_arn": WEST_KEY, "launch_account_ids": ["222222222222"]},
    },
    "components": {"harden": DOCUMENT, "agent": DOCUMENT + "# agent\n"},
    "instance_types": ["m7g.large"],
    "kms_key_arn": KEY,
    "log_bucket_name": "logs",
    "managed_components": ["update-linux", "amazon-cloudwatch-agent-linux"],
    "paused": True,
    "root_volume": {"device_name": "/dev/sda1", "size_gb": 30},
    "scanning_enabled": True,
    "schedule": {"expression": "rate(7 days)", "timezone": "Europe/Berlin"},
    "security_group_ids": ["sg-1"],
    "sns_topic_arn": TOPIC,
    "subnet_id": "subnet-1",
    "tags": {"System": "platform"},
    "test_timeout_minutes": 90,
}


@pytest.fixture(scope="module")
def plain(plan_module):
    """What a caller gets who says only what must be said."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


def only(plan, kind):
    return plan.resources[f"aws_imagebuilder_{kind}.this"]["values"]


def regions(plan):
    return {entry["region"]: entry for entry in only(plan, "distribution_configuration")["distribution"]}


@pytest.mark.parametrize("which", ["plain", "full"])
def test_the_volume_is_encrypted_gp3(which, request):
    (mapping,) = only(request.getfixturevalue(which), "image_recipe")["block_device_mapping"]
    (ebs,) = mapping["ebs"]
    assert (ebs["encrypted"], ebs["volume_type"]) == ("true", "gp3")


def test_the_build_machine_speaks_imdsv2_and_goes_away_when_it_fails(plain):
    machine = only(plain, "infrastructure_configuration")
    (metadata,) = machine["instance_metadata_options"]
    assert (metadata["http_tokens"], metadata["http_put_response_hop_limit"]) == ("required", 1)
    assert machine["terminate_instance_on_failure"] is True
    assert (machine["instance_profile_name"], machine["instance_types"]) == ("builder", ["t4g.medium"])
    assert machine["key_pair"] is None


def test_session_manager_stays_in_the_image(plain):
    (agent,) = only(plain, "image_recipe")["systems_manager_agent"]
    assert agent["uninstall_after_build"] is False


def test_by_default_it_is_built_on_sundays_when_something_moved_and_tested(plain):
    pipeline = only(plain, "image_pipeline")
    (schedule,) = pipeline["schedule"]
    assert schedule["schedule_expression"] == "cron(0 4 ? * sun)"
    assert (
        schedule["pipeline_execution_start_condition"] == "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE"
    )
    assert (pipeline["status"], pipeline["execution_role"]) == ("ENABLED", EXECUTION)
    assert pipeline["image_tests_configuration"] == [{"image_tests_enabled": True, "timeout_minutes": 60}]


def test_every_region_finds_the_latest_image_under_one_name(full):
    names = {
        region: [entry["parameter_name"] for entry in found["ssm_parameter_configuration"]]
        for region, found in regions(full).items()
    }
    assert names == {"us-east-1": ["/acme-base/latest-image"], "us-west-2": ["/acme-base/latest-image"]}
    (parameter,) = regions(full)["us-west-2"]["ssm_parameter_configuration"]
    assert parameter["data_type"] == "aws:ec2:image"


def test_other_accounts_launch_it_where_they_are_named(full):
    east, west = (
        regions(full)[name]["ami_distribution_configuration"][0] for name in ("us-east-1", "us-west-2")
    )
    assert east["launch_permission"] == []
    assert west["launch_permission"][0]["user_ids"] == ["222222222222"]
    assert (west["kms_key_id"], west["ami_tags"]) == (WEST_KEY, {"System": "platform"})


def test_managed_components_come_first_and_in_order(plain):
    components = [entry["component_arn"] for entry in only(plain, "image_recipe")["component"]]
    assert components == ["arn:aws:imagebuilder:us-east-1:aws:component/update-linux/x.x.x"]


def test_own_components_follow_and_carry_their_document(full):
    own = full.resources['aws_imagebuilder_component.this["harden"]']["values"]
    assert (own["name"], own["platform"], own["data"]) == ("acme-base-harden", "Linux", DOCUMENT)
    assert (own["kms_key_id"], own["tags"]) == (KEY, {"System": "platform"})
    components = only(full, "image_recipe")["component"]
    assert [entry.get("component_arn") is not None for entry in components] == [True, True, False, False]


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({"tags": {"System": "x"}}, False, id="a tag"),
        pytest.param({"components": {"harden": DOCUMENT}}, True, id="a component"),
        pytest.param({"root_volume": {"size_gb": 40}}, True, id="the volume"),
        pytest.param({"parent_image": "ami-0a1b2c3d4e5f60001"}, True, id="the parent"),
    ],
)
def test_the_recipe_has_a_new_version_exactly_when_its_content_changes(plan_module, plain, change, moves):
    changed = plan_module(MODULE, **(REQUIRED | change)).outputs["recipe_version"]
    assert (changed != plain.outputs["recipe_version"]) is moves
    assert re.fullmatch(r"1\.0\.\d{1,9}", changed)


def test_each_input_reaches_pipeline_and_machine(full):
    pipeline, machine = only(full, "image_pipeline"), only(full, "infrastructure_configuration")
    assert (pipeline["status"], pipeline["schedule"][0]["schedule_expression"]) == (
        "DISABLED",
        "rate(7 days)",
    )
    assert pipeline["schedule"][0]["timezone"] == "Europe/Berlin"
    assert pipeline["image_tests_configuration"][0]["timeout_minutes"] == 90
    assert pipeline["image_scanning_configuration"][0]["image_scanning_enabled"] is True
    assert (machine["subnet_id"], machine["security_group_ids"]) == ("subnet-1", ["sg-1"])
    assert (machine["sns_topic_arn"], machine["instance_types"]) == (TOPIC, ["m7g.large"])
    assert machine["logging"][0]["s3_logs"] == [
        {"s3_bucket_name": "logs", "s3_key_prefix": "imagebuilder/acme-base"}
    ]
    assert (machine["resource_tags"], pipeline["tags"]) == ({"System": "platform"}, {"System": "platform"})


def test_each_input_reaches_the_recipe(full):
    recipe = only(full, "image_recipe")
    (mapping,) = recipe["block_device_mapping"]
    assert (recipe["parent_image"], recipe["name"]) == (PARENT, "acme-base")
    assert (mapping["device_name"], mapping["ebs"][0]["volume_size"]) == ("/dev/sda1", 30)
    assert mapping["ebs"][0]["kms_key_id"] == KEY


def test_without_a_schedule_it_is_built_by_hand(plan_module):
    assert only(plan_module(MODULE, **REQUIRED, schedule=None), "image_pipeline")["schedule"] == []


def test_removing_a_component_touches_no_other(plan_module, full):
    after = plan_module(MODULE, **(FULL | {"components": {"harden": DOCUMENT}}))
    assert set(full.resources) - set(after.resources) == {'aws_imagebuilder_component.this["agent"]'}


def test_outputs(full):
    assert full.outputs["latest_image_parameter_name"] == "/acme-base/latest-image"
    expression = full.configuration["root_module"]["outputs"]["pipeline_arn"]["expression"]
    assert expression["references"][0] == "aws_imagebuilder_image_pipeline.this.arn"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"name": "a b"}, r'2 to 100 letters.*"a b"', id="a name with a space"),
        pytest.param({"parent_image": "linux"}, r'AMI id; got "linux"', id="parent"),
        pytest.param({"regions": {}}, r"at least one region.*got \[\]", id="no region"),
        pytest.param({"regions": {"west": {}}}, r'us-east-1; got \["west"\]', id="not a region"),
        pytest.param(
            {"regions": {"us-east-1": {"launch_account_ids": ["1"], "kms_key_arn": KEY}}},
            r'12 digits each.*"us-east-1":\["1"\]',
            id="not an account",
        ),
        pytest.param(
            {"regions": {"us-east-1": {"launch_account_ids": ["222222222222"]}}},
            r'cannot be shared; got none for \["us-east-1"\]',
            id="sharing under AWS's key",
        ),
        pytest.param(
            {"components": {"harden": "steps: []"}}, r'phases; wrong are \["harden"\]', id="no document"
        ),
        pytest.param({"managed_components": []}, "equals its parent; got 0 and 0", id="nothing to do"),
        pytest.param({"root_volume": {"size_gb": 4}}, "8 to 1024; got 4", id="size"),
        pytest.param({"schedule": {"expression": "weekly"}}, r'rate\(\.\.\.\); got "weekly"', id="schedule"),
        pytest.param({"subnet_id": "subnet-1"}, "got 0 groups and subnet-1", id="half a network"),
        pytest.param({"test_timeout_minutes": 5}, "60 to 1440; got 5", id="tests"),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, given, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **(REQUIRED | given))
