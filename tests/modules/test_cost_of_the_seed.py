"""PyShop's own cost table, with its own sizes, comes out of our modules and our price list."""

from __future__ import annotations

import pytest

from scripts.cost.estimate import Estimate
from scripts.cost.planned import estimate_of
from scripts.cost.prices import Assumed, usage_of
from scripts.live.tree import Environment
from scripts.plans.plan import read_plan

ZONES = ("us-east-1a", "us-east-1b")
KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ROLE = "arn:aws:iam::111111111111:role/pyshop"
SIZES = {
    "development": {
        "tasks": 1,
        "task": {"cpu": 256, "memory_mb": 512, "architecture": "X86_64"},
        "database": {"instance_class": "db.t4g.micro", "multi_az": False},
        "gateways": ZONES[:1],
    },
    "production": {
        "tasks": 2,
        "task": {"cpu": 1024, "memory_mb": 2048, "architecture": "X86_64"},
        "database": {"instance_class": "db.t4g.small", "multi_az": True},
        "gateways": ZONES,
    },
}
USAGE = {
    "development": {"logs_gb": 0.2, "internet_out_gb": 1, "nat_gb": 0},
    "production": {"logs_gb": 2, "internet_out_gb": 25, "nat_gb": 0},
}
"""The seed gives one figure for logs and traffic; these are quantities that it may have meant."""


@pytest.fixture(scope="module")
def estimates(plan_module) -> dict[str, Estimate]:
    """Each environment of the seed, estimated from plans of our modules."""
    return {name: estimate_of(planned(plan_module, name), usage(name)) for name in SIZES}


def usage(name: str) -> dict[str, Assumed]:
    return dict(usage_of(Environment(name, "live/x/env.hcl", "1" * 12, (), {"usage": USAGE[name]})))


def planned(plan_module, name: str):
    size = SIZES[name]
    common = {"subnet_ids": ["subnet-1", "subnet-2"], "security_group_ids": ["sg-1"]}
    calls = {
        "compute/ecs-service": {
            **common,
            "name": "pyshop",
            "cluster": {"arn": "arn:aws:ecs:us-east-1:111111111111:cluster/pyshop", "name": "pyshop"},
            "container": {"image": "111111111111.dkr.ecr.us-east-1.amazonaws.com/pyshop", "port": 8000},
            "execution_role_arn": ROLE,
            "task_role_arn": ROLE,
            "task": size["task"],
            "scaling": {"minimum": size["tasks"], "maximum": 10},
        },
        "database/rds-postgres": {
            **common,
            "name": "pyshop",
            "kms_key_arn": KEY,
            "storage": {"allocated_gb": 20},
            **size["database"],
        },
        "networking/load-balancer": {
            "name": "pyshop",
            "internet_facing": True,
            "vpc_id": "vpc-1",
            "subnet_ids": {zone: f"subnet-{zone}" for zone in ZONES},
            "security_group_ids": ["sg-1"],
            "certificate_arn": "arn:aws:acm:us-east-1:111111111111:certificate/1",
            "access_logs": {"bucket_name": "pyshop-logs", "prefix": "pyshop"},
            "target_groups": {"app": {"port": 8000}},
            "rules": {"app": {"priority": 10, "paths": ["/*"], "forward": {"app": 1}}},
        },
        "networking/nat-gateway": {
            "name": "pyshop",
            "public_subnet_ids": {zone: f"subnet-{zone}" for zone in size["gateways"]},
            "private_route_table_ids": {"private": {zone: f"rtb-{zone}" for zone in ZONES}},
        },
        "monitoring/dashboard": {
            "name": "pyshop",
            "widgets": [{"kind": "text", "title": "PyShop", "markdown": "# PyShop"}],
        },
    }
    return [read_plan(module, plan_module(module, **values)._raw) for module, values in calls.items()]


def row(estimate: Estimate, name: str) -> float:
    """A row of the seed's table; "Misc" is whatever has no row of its own there and is not an address."""
    groups = estimate.by(lambda line: line.group)
    if name in groups:
        return groups[name]
    assert name == "Misc"
    return sum(groups[group] for group in ("CloudWatch", "Data transfer", "Secrets Manager"))


@pytest.mark.parametrize(
    ("environment", "name", "seed"),
    [
        pytest.param("development", "Fargate", 10, id="development: 1 task of 0.25 vCPU and 0.5 GB"),
        pytest.param("development", "RDS", 15, id="development: db.t4g.micro in one zone"),
        pytest.param("development", "Load balancer", 20, id="development: load balancer"),
        pytest.param("development", "NAT gateway", 33, id="development: 1 NAT gateway"),
        pytest.param("development", "Misc", 5, id="development: CloudWatch and data transfer"),
        pytest.param("production", "Load balancer", 20, id="production: load balancer"),
        pytest.param("production", "NAT gateway", 65, id="production: 2 NAT gateways"),
        pytest.param("production", "Misc", 10, id="production: CloudWatch and data transfer"),
    ],
)
def test_a_row_of_the_seed_comes_out_within_ten_percent(estimates, environment, name, seed) -> None:
    assert row(estimates[environment], name) == pytest.approx(seed, rel=0.10)


@pytest.mark.parametrize(
    ("name", "seed", "ours"),
    [
        pytest.param("Fargate", 60, 72.08, id="2 tasks of 1 vCPU and 2 GB"),
        pytest.param("RDS", 60, 51.32, id="db.t4g.small with a standby"),
    ],
)
def test_two_rows_of_production_contradict_the_seed(estimates, name, seed, ours) -> None:
    found = row(estimates["production"], name)
    assert found == pytest.approx(ours, abs=0.01)
    assert found != pytest.approx(seed, rel=0.10)


@pytest.mark.parametrize(("environment", "seed"), [("development", 83), ("production", 215)])
def test_the_totals_of_the_seed_come_out(estimates, environment, seed) -> None:
    rows = ("Fargate", "RDS", "Load balancer", "NAT gateway", "Misc")
    assert sum(row(estimates[environment], name) for name in rows) == pytest.approx(seed, rel=0.05)


@pytest.mark.parametrize(("environment", "ours"), [("development", 10.95), ("production", 14.60)])
def test_public_addresses_are_all_that_comes_on_top(estimates, environment, ours) -> None:
    """AWS charges for them since February 2024; the seed has no row for them."""
    estimate = estimates[environment]
    rows = ("Fargate", "RDS", "Load balancer", "NAT gateway", "Misc")
    assert row(estimate, "Public IPv4") == pytest.approx(ours, abs=0.01)
    assert estimate.usd == pytest.approx(sum(row(estimate, name) for name in rows) + ours, abs=0.01)


def test_nothing_of_the_seeds_plans_is_left_out(estimates) -> None:
    assert [estimate.not_covered for estimate in estimates.values()] == [(), ()]
