"""What the provider waits for by itself is added up along the chain of units that waits longest."""

import pytest

from scripts.fixed_waits import AFTER, SECONDS, Chain, longest, of_plans, of_types, told
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY
from scripts.plans.plan import ResourceChange, UnitPlan

KMS = "live/dev/us-east-1/platform/kms"
NETWORK = "live/dev/us-east-1/commerce/network"
DATABASE = "live/dev/us-east-1/commerce/database"


@pytest.mark.parametrize(
    ("types", "seconds"),
    [
        pytest.param(set(), 0, id="nothing"),
        pytest.param({"aws_iam_role"}, 0, id="what is there at once"),
        pytest.param({"aws_kms_key", "aws_lb"}, SECONDS["aws_lb"], id="side by side"),
        pytest.param(
            {"aws_route53_zone", "aws_route53_record", "aws_acm_certificate_validation"},
            sum(
                SECONDS[kind]
                for kind in ("aws_route53_zone", "aws_route53_record", "aws_acm_certificate_validation")
            ),
            id="three in a row",
        ),
        pytest.param(
            {"aws_rds_cluster", "aws_rds_cluster_instance"},
            SECONDS["aws_rds_cluster"] + SECONDS["aws_rds_cluster_instance"],
            id="one after another",
        ),
        pytest.param({"aws_rds_cluster_instance"}, SECONDS["aws_rds_cluster_instance"], id="only the second"),
    ],
)
def test_a_unit_waits_as_long_as_its_longest_chain(types, seconds):
    assert of_types(types) == seconds


def test_whoever_needs_another_waits_after_it():
    created = {"a": {"aws_kms_key"}, "b": {"aws_vpc"}, "d": {"aws_lb"}}
    needs = {"a": [], "b": ["a"], "c": ["b"], "d": ["c"], "e": ["a"]}
    assert longest(created, needs).units == (("a", 12), ("b", 10), ("d", 60))


def test_the_longer_of_two_ways_counts():
    created = {"slow": {"aws_lb"}, "quick": {"aws_vpc"}, "last": {"aws_kms_key"}}
    assert longest(created, {"slow": [], "quick": [], "last": ["quick", "slow"]}).seconds == 72


def test_only_what_is_made_counts():
    def plan(unit, action):
        return UnitPlan(unit, changes=(ResourceChange("x", "aws_kms_key", action),))

    tree = read_tree(REPOSITORY)
    assert of_plans({KMS: plan(KMS, "create")}, tree).units == ((KMS, SECONDS["aws_kms_key"]),)
    assert of_plans({KMS: plan(KMS, "update")}, tree) == Chain()


def test_the_chain_of_a_real_system_runs_through_its_units_in_their_order():
    plans = {
        unit: UnitPlan(unit, changes=tuple(ResourceChange(kind, kind, "create") for kind in types))
        for unit, types in {
            DATABASE: ["aws_rds_cluster", "aws_rds_cluster_instance"],
            KMS: ["aws_kms_key"],
            NETWORK: ["aws_vpc"],
        }.items()
    }
    assert [unit for unit, _ in of_plans(plans, read_tree(REPOSITORY)).units] == [KMS, NETWORK, DATABASE]


def test_the_summary_names_the_units_that_wait():
    line = told(Chain(((KMS, 12), (NETWORK, 10))))
    assert line.startswith("At least 22 s of that the provider waits by itself")
    assert line.endswith("platform/kms 12, commerce/network 10.")
    assert told(Chain()) == ""


def test_what_comes_after_something_is_in_the_table():
    assert set(AFTER) | {kind for kinds in AFTER.values() for kind in kinds} <= set(SECONDS)
