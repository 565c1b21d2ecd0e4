"""What an account's platform is promised, read from what its units hand to their modules."""

from __future__ import annotations

import json
from functools import cache

import pytest

from scripts.checks.values import given
from scripts.live.modules import read_module
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY

ENVIRONMENTS = ("dev", "staging", "prod")
# What exists once in an account, whatever the region.
ONCE = {
    "audit-archive",
    "audit-trail",
    "budget",
    "chat",
    "ci-access",
    "ci-policies",
    "golden-image",
    "image-roles",
}


@cache
def tree():
    return read_tree(REPOSITORY)


@cache
def values(environment, unit, region="us-east-1"):
    """What the unit hands over, defaults of its module included; mocks stand for other units."""
    found = tree().unit(f"live/{environment}/{region}/platform/{unit}")
    return given(REPOSITORY, found, read_module(REPOSITORY, found.module)).values


def units(environment, region):
    return {
        unit.name for unit in tree().units if unit.path.startswith(f"live/{environment}/{region}/platform/")
    }


def statements(environment):
    return values(environment, "ci-policies")["policies"]["ci-apply"]["statements"]


def test_the_second_region_has_what_a_region_needs_and_nothing_that_exists_once_in_an_account():
    assert units("prod", "us-east-1") - units("prod", "us-west-2") == ONCE
    assert units("prod", "us-west-2") <= units("prod", "us-east-1")


def test_settings_of_the_whole_account_belong_to_its_first_region():
    first, second = (values("prod", "account-settings", region) for region in ("us-east-1", "us-west-2"))
    assert (first["s3_public_access_block"], first["password_policy"] is not None) == (True, True)
    assert (second["s3_public_access_block"], second["password_policy"]) == (False, None)
    recorders = [values("prod", "config-recorder", region) for region in ("us-east-1", "us-west-2")]
    assert [recorder["record_global_resources"] for recorder in recorders] == [True, False]


def test_prod_has_a_key_that_signs_zones_where_route_53_looks_for_it():
    signing = {
        (environment, region): [key for key, made in keys.items() if made["signs_dns_zones"]]
        for environment, region in [*((each, "us-east-1") for each in ENVIRONMENTS), ("prod", "us-west-2")]
        if (keys := values(environment, "kms", region)["keys"])
    }
    assert {place: keys for place, keys in signing.items() if keys} == {("prod", "us-east-1"): ["dnssec"]}


@pytest.mark.parametrize("system", ["bookstore", "pyshop", "storefront"])
def test_the_zones_of_prod_are_signed_and_their_alarms_are_heard(system):
    def zone(environment):
        found = tree().unit(f"live/{environment}/us-east-1/{system}/dns-zone")
        return given(REPOSITORY, found, read_module(REPOSITORY, found.module)).values

    assert zone("prod")["dnssec"]["key_arn"].startswith("arn:aws:kms:us-east-1:")
    assert len(zone("prod")["alarm_topic_arns"]) == 1
    assert [zone(environment)["dnssec"] for environment in ("dev", "staging")] == [None, None]


def test_nobody_empties_the_bucket_of_the_trail_before_its_time():
    locks = [values(environment, "audit-archive")["object_lock"] for environment in ENVIRONMENTS]
    assert [lock["retention_days"] for lock in locks] == [1, 14, 365]
    assert [lock["compliance_mode_that_nobody_can_undo"] for lock in locks] == [False] * 3


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_pipeline_can_neither_change_its_own_rights_nor_make_an_administrator(environment):
    denied = statements(environment)["DenyOwnRights"]
    account = {"dev": "1", "staging": "2", "prod": "3"}[environment] * 12
    assert denied["effect"] == "Deny"
    assert f"arn:aws:iam::{account}:role/acme-{environment}-platform-ci-*" in denied["resources"]
    assert set(denied["actions"]) == set(statements(environment)["ChangeOwnRoles"]["actions"])
    administrators = statements(environment)["DenyAdministrators"]["conditions"]["ArnEquals"]["iam:PolicyARN"]
    assert "arn:aws:iam::aws:policy/AdministratorAccess" in administrators


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_pipeline_changes_roles_of_its_environment_and_services_of_its_regions_only(environment):
    found = statements(environment)
    assert all(f"/acme-{environment}-" in arn for arn in found["ChangeOwnRoles"]["resources"])
    regions = found["ChangeServices"]["conditions"]["StringEquals"]["aws:RequestedRegion"]
    assert regions == (["us-east-1", "us-west-2"] if environment == "prod" else ["us-east-1"])
    services = {action.split(":")[0] for statement in found.values() for action in statement["actions"]}
    assert services & {"organizations", "account", "sso", "*"} == set()


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_pipelines_policy_fits_into_one(environment):
    # 6144 characters without blanks: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    written = [
        {
            "Sid": sid,
            "Effect": statement["effect"],
            "Action": sorted(statement["actions"]),
            "Resource": sorted(statement["resources"]),
            "Condition": statement["conditions"],
        }
        for sid, statement in statements(environment).items()
    ]
    assert len(json.dumps(written, separators=(",", ":"))) < 6000


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_pipeline_reaches_the_state_of_every_region_of_its_environment(environment):
    states = values(environment, "ci-access")["states"]
    regions = {each.name: each.regions for each in tree().environments}[environment]
    assert set(states) == set(regions)
    assert {state["kms_alias"] for state in states.values()} == {f"alias/acme-{environment}-tfstate"}


def test_guardduty_watches_every_region_of_every_environment():
    found = {(unit.environment, unit.region) for unit in tree().units if unit.name == "guardduty"}
    assert found == {(each.name, region) for each in tree().environments for region in each.regions}
    assert set(values("prod", "guardduty")["features"]) > set(values("dev", "guardduty")["features"])


def test_budgets_grow_with_the_environment_and_tell_people():
    limits = [values(environment, "budget")["budgets"]["all"]["limit_usd"] for environment in ENVIRONMENTS]
    assert limits == sorted(limits)
    assert all(values(environment, "budget")["email_addresses"] for environment in ENVIRONMENTS)
