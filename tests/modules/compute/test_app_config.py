"""The app-config module: flags of one system, rolled out in steps and taken back by alarms."""

import json

import pytest
import tftest

MODULE = "compute/app-config"
KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ROLE = "arn:aws:iam::111111111111:role/acme-flags"
ALARMS = {"errors": "arn:aws:cloudwatch:us-east-1:111111111111:alarm:acme-errors"}
FLAGS = {
    "checkout": {"description": "New.", "enabled": True, "attributes": {"percent": "10", "variant": "b"}},
    "gifts": {"description": "Gift cards.", "enabled": False},
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE,
        name="acme",
        description="Flags of the shop.",
        environment_name="shop",
        flags=FLAGS,
        kms_key_arn=KEY,
        rollback_alarms={"arns": ALARMS, "role_arn": ROLE},
        rollout={"minutes": 30, "step_percent": 25, "watched_minutes": 5},
        tags={"System": "shop"},
    )


@pytest.fixture(scope="module")
def defaults(plan_module):
    return plan_module(MODULE, name="acme", flags=FLAGS)


def values(plan, kind):
    return plan.resources[f"aws_appconfig_{kind}.this"]["values"]


def test_the_document_says_of_each_flag_whether_it_is_on_and_its_attributes(plan):
    document = json.loads(values(plan, "hosted_configuration_version")["content"])
    assert document["values"] == {
        "checkout": {"enabled": True, "percent": "10", "variant": "b"},
        "gifts": {"enabled": False},
    }
    assert document["version"] == "1"


def test_every_attribute_is_declared_with_its_flag(plan):
    flags = json.loads(values(plan, "hosted_configuration_version")["content"])["flags"]
    assert {key: sorted(flag["attributes"]) for key, flag in flags.items()} == {
        "checkout": ["percent", "variant"],
        "gifts": [],
    }
    assert flags["gifts"]["description"] == "Gift cards."


def test_the_profile_holds_flags_under_the_given_key(plan):
    profile = values(plan, "configuration_profile")
    assert (profile["type"], profile["location_uri"]) == ("AWS.AppConfig.FeatureFlags", "hosted")
    assert profile["kms_key_identifier"] == values(plan, "deployment")["kms_key_identifier"] == KEY


def test_a_change_reaches_its_readers_in_the_given_steps(plan):
    strategy = values(plan, "deployment_strategy")
    assert (
        strategy["deployment_duration_in_minutes"],
        strategy["growth_factor"],
        strategy["final_bake_time_in_minutes"],
    ) == (30, 25, 5)


def test_a_rollout_is_slow_and_watched_unless_the_caller_says_otherwise(defaults):
    strategy = values(defaults, "deployment_strategy")
    assert (strategy["growth_type"], strategy["growth_factor"]) == ("LINEAR", 20)
    assert (strategy["deployment_duration_in_minutes"], strategy["final_bake_time_in_minutes"]) == (10, 10)


def test_an_alarm_takes_a_rollout_back(plan, defaults):
    (monitor,) = values(plan, "environment")["monitor"]
    assert (monitor["alarm_arn"], monitor["alarm_role_arn"]) == (ALARMS["errors"], ROLE)
    assert values(defaults, "environment")["monitor"] == []


def test_names_and_tags_are_passed_on(plan, defaults):
    assert (values(plan, "application")["name"], values(plan, "environment")["name"]) == ("acme", "shop")
    assert values(plan, "application")["description"] == "Flags of the shop."
    assert values(defaults, "environment")["name"] == "live"
    kinds = ("application", "configuration_profile", "deployment", "deployment_strategy", "environment")
    assert [values(plan, kind)["tags"] for kind in kinds] == [{"System": "shop"}] * 5


def test_readers_get_the_ids_and_the_arn_that_their_policy_names(plan):
    assert set(plan.planned_values["outputs"]) == {
        "application_id",
        "configuration_arn",
        "environment_id",
        "profile_id",
    }


FLAG = {"description": "x", "enabled": True}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"flags": {}}, "at least one flag.*got {}", id="no flag"),
        pytest.param({"flags": {"Checkout": FLAG}}, 'small letter.*"Checkout"', id="a capital letter"),
        pytest.param(
            {"flags": {"a": FLAG | {"attributes": {"enabled": "x"}}}},
            'none is called enabled; got {"a":\\["enabled"\\]}',
            id="an attribute called enabled",
        ),
        pytest.param({"name": "a" * 65}, r"1 to 64 characters.*65 characters", id="a long name"),
        pytest.param({"environment_name": ""}, 'environment_name must have.*got ""', id="no environment"),
        pytest.param(
            {"rollback_alarms": {"arns": {}, "role_arn": ROLE}},
            r"one to five alarms.*got \[\]",
            id="no alarm",
        ),
        pytest.param({"rollout": {"minutes": 1441}}, "0 to 1440; got 1441", id="longer than a day"),
        pytest.param({"rollout": {"step_percent": 0}}, "1 to 100; got 0", id="no step"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **({"name": "acme", "flags": FLAGS} | change))
