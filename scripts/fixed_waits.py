"""How long an apply takes at least: what the provider waits for by itself, along the longest chain of units.

For some types the provider sleeps before it looks, or looks until nothing has changed for a while, also when the answer
is there at once. No machine and no warm provider makes that shorter; what is beyond it is ours.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from scripts.live.tree import Tree
from scripts.plans.plan import UnitPlan

# Seconds from the start of a creation to its end against an AWS that answers at once: hashicorp/aws 5.100.0, the least
# that was seen of each type, rounded down. What takes less than five seconds is left out.
SECONDS: Mapping[str, int] = {
    "aws_acm_certificate_validation": 30,
    "aws_budgets_budget": 5,
    "aws_cloudfront_distribution": 30,
    "aws_db_instance": 80,
    "aws_ecs_cluster": 10,
    "aws_ecs_cluster_capacity_providers": 10,
    "aws_elasticache_replication_group": 30,
    "aws_elasticache_user_group": 30,
    "aws_iam_instance_profile": 5,
    "aws_kms_key": 12,
    "aws_lb": 60,
    "aws_opensearch_domain": 600,
    "aws_rds_cluster": 30,
    "aws_rds_cluster_instance": 30,
    "aws_route53_record": 15,
    "aws_route53_zone": 15,
    "aws_s3_bucket_lifecycle_configuration": 54,
    "aws_sqs_queue": 25,
    "aws_sqs_queue_policy": 25,
    "aws_sqs_queue_redrive_allow_policy": 25,
    "aws_sqs_queue_redrive_policy": 25,
    "aws_vpc": 10,
    "aws_vpc_endpoint": 5,
}

# Within a unit: what is made only after something else of the table, because it names it.
AFTER: Mapping[str, tuple[str, ...]] = {
    "aws_acm_certificate_validation": ("aws_route53_record",),
    "aws_ecs_cluster_capacity_providers": ("aws_ecs_cluster",),
    "aws_elasticache_replication_group": ("aws_elasticache_user_group",),
    "aws_rds_cluster_instance": ("aws_rds_cluster",),
    "aws_route53_record": ("aws_route53_zone",),
    "aws_sqs_queue_policy": ("aws_sqs_queue",),
    "aws_sqs_queue_redrive_allow_policy": ("aws_sqs_queue",),
    "aws_sqs_queue_redrive_policy": ("aws_sqs_queue",),
    "aws_vpc_endpoint": ("aws_vpc",),
}


@dataclass(frozen=True, slots=True)
class Chain:
    """Units that wait for each other, first to last, each with its own seconds."""

    units: tuple[tuple[str, int], ...] = ()

    @property
    def seconds(self) -> int:
        """All of them, one after another."""
        return sum(seconds for _, seconds in self.units)


def of_types(created: Collection[str]) -> int:
    """The longest chain of waits inside one unit that creates these types."""
    types = frozenset(created)

    @cache
    def until_made(kind: str) -> int:
        before = (until_made(other) for other in AFTER.get(kind, ()) if other in types)
        return SECONDS[kind] + max(before, default=0)

    return max((until_made(kind) for kind in types if kind in SECONDS), default=0)


def longest(created: Mapping[str, Collection[str]], needs: Mapping[str, Collection[str]]) -> Chain:
    """The chain of units that waits longest; *created* has the types that each unit makes, *needs* whom it waits for.

    Units that make nothing pass the chain on: who needs them waits for whom they need.
    """
    known: dict[str, Chain] = {}

    def until_done(unit: str) -> Chain:
        if unit not in known:
            before = max((until_done(need) for need in needs.get(unit, ())), key=_length, default=Chain())
            own = of_types(created.get(unit, ()))
            known[unit] = Chain((*before.units, (unit, own))) if own else before
        return known[unit]

    return max((until_done(unit) for unit in needs), key=_length, default=Chain())


def _length(chain: Chain) -> int:
    return chain.seconds


def of_plans(plans: Mapping[str, UnitPlan], tree: Tree) -> Chain:
    """The longest chain of an apply of these plans."""
    created = {
        unit: {change.type for change in plan.changes if change.action in {"create", "replace"}}
        for unit, plan in plans.items()
    }
    return longest(created, {unit.path: unit.needs for unit in tree.units})


def told(chain: Chain) -> str:
    """One line for the summary; empty when nothing waits."""
    if not chain.seconds:
        return ""
    places = ", ".join(f"{'/'.join(unit.split('/')[-2:])} {seconds}" for unit, seconds in chain.units)
    return (
        f"At least {chain.seconds} s of that the provider waits by itself, one unit after another: {places}."
    )
