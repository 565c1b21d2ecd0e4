"""What commerce's environments are promised, read from what their units hand to their modules."""

from __future__ import annotations

from functools import cache

import pytest

from scripts.checks.values import given
from scripts.live.modules import read_module
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY

ENVIRONMENTS = ("dev", "staging", "prod")


@cache
def tree():
    return read_tree(REPOSITORY)


@cache
def values(environment, unit, system="commerce", region="us-east-1"):
    """What the unit hands over, defaults of its module included; mocks stand for other units."""
    found = tree().unit(f"live/{environment}/{region}/{system}/{unit}")
    return given(REPOSITORY, found, read_module(REPOSITORY, found.module)).values


def over_environments(unit, name):
    return [values(environment, unit)[name] for environment in ENVIRONMENTS]


@pytest.mark.parametrize(
    ("environment", "zones", "gateways"), [("dev", 2, 1), ("staging", 2, 2), ("prod", 3, 3)]
)
def test_an_environment_has_the_zones_of_its_size(environment, zones, gateways):
    network = values(environment, "network")
    assert {tier: len(spec["zones"]) for tier, spec in network["tiers"].items()} == {
        "public": zones,
        "private": zones,
        "database": zones,
    }
    assert len(network["nat_gateway_zones"]) == gateways


def test_what_is_optional_is_off_in_dev_and_on_in_prod_by_a_value():
    kinds = {"search": "domains", "containers": "services", "workers": "fleets"}
    found = {unit: [sorted(value) for value in over_environments(unit, name)] for unit, name in kinds.items()}
    assert found == {
        "search": [[], ["search"], ["search"]],
        "containers": [[], ["fulfilment"], ["fulfilment"]],
        "workers": [[], ["imports"], ["imports"]],
    }


def test_sizes_are_values_of_the_tfvars():
    assert [
        {instance["class"] for instance in instances.values()}
        for instances in over_environments("database", "instances")
    ] == [{"db.serverless"}, {"db.serverless"}, {"db.r6g.large"}]
    assert over_environments("cache", "node_type") == [
        "cache.t4g.micro",
        "cache.t4g.small",
        "cache.r7g.large",
    ]
    tasks = [
        service["fulfilment"]["scaling"]["maximum"]
        for service in over_environments("containers", "services")[1:]
    ]
    assert tasks == [2, 8]


def test_prod_has_readers_replicas_and_more_when_it_is_busy():
    database = values("prod", "database")
    assert set(database["instances"]) == {"writer", "reader"}
    assert database["reader_autoscaling"]["maximum"] == 4
    assert values("prod", "cache")["replicas"] == 2
    assert set(values("prod", "sessions")["tables"]["carts"]["replicas"]) == {"us-west-2"}


def test_data_is_kept_and_guarded_as_the_environments_size_says():
    assert over_environments("database", "backup_retention_days") == [1, 14, 35]
    assert over_environments("database", "deletion_protection") == [False, False, True]
    tables = over_environments("sessions", "tables")
    assert [each["carts"]["deletion_protection"] for each in tables] == [False, False, True]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_store_is_encrypted_with_the_environments_key(environment):
    keys = {
        unit: values(environment, unit)["kms_key_arn"] for unit in ("cache", "database", "search", "sessions")
    }
    assert {key.rpartition("/")[2] for key in keys.values()} == {"mock-data"}


@pytest.mark.parametrize("store", ["cache", "database", "search"])
def test_a_store_lets_in_only_who_needs_it(store):
    rules = values("prod", "security-groups")["groups"][store]
    assert "egress" not in rules or rules["egress"] == {}
    assert all(rule["group"] in {"containers", "functions", "workers"} for rule in rules["ingress"].values())


def test_a_function_calls_search_and_sessions_and_nobody_else():
    rules = values("prod", "security-groups")["groups"]["functions"]
    assert set(rules["egress"]) == {"search", "sessions"}
    assert rules.get("ingress", {}) == {}


@pytest.mark.parametrize(
    ("role", "policies"),
    [("product-search", {"search-products"}), ("session-store", {"keep-sessions"})],
)
def test_a_role_of_a_function_may_only_what_its_function_needs(role, policies):
    found = values("prod", "roles")["roles"][role]
    assert set(found["managed_policy_arns"]) == policies
    extra = {"AttachToVpc", "DenyAttachByOwnCode"} if role == "product-search" else set()
    assert set(found["statements"]) == {"SendTraces", "WriteOwnLog"} | extra


def test_the_web_acl_counts_in_staging_and_blocks_in_prod():
    assert [values(environment, "waf")["count_only"] for environment in ("staging", "prod")] == [True, False]
    assert values("prod", "waf-edge")["scope"] == "CLOUDFRONT"
    assert values("prod", "shield")["bought"] is False


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_what_is_stored_is_backed_up_by_the_platform(environment):
    plans = values(environment, "backup-vault", system="platform")["plans"]
    selected = {plan["selected_by_tags"]["Module"] for plan in plans.values()}
    assert {"database", "sessions"} <= selected
    assert {plan["selected_by_tags"]["Environment"] for plan in plans.values()} == {environment}


def test_prod_copies_its_backups_into_the_second_region_and_locks_both_vaults():
    rules = values("prod", "backup-vault", system="platform")["plans"]["database"]["rules"]
    assert rules["daily"]["copies"]["copy"]["keep_days"] == 35
    for region in ("us-east-1", "us-west-2"):
        lock = values("prod", "backup-vault", system="platform", region=region)["lock"]
        assert lock["compliance_mode_that_nobody_can_undo"] is False
        assert lock["minimum_days"] == 7
