"""What was changed behind Terraform's back: the verdict on each unit, from plans that only refresh.

Terraform tells them apart from what the configuration wants, so a change that somebody is just making in a tfvars is no
drift.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from scripts.plan import ResourceChange, UnitPlan
from scripts.plan_values import Json
from scripts.states import State
from scripts.terragrunt import Problem, UnitRun

IN_SYNC = "in sync"
DRIFTED = "drifted"
MISSING = "missing"
NOT_APPLIED = "not applied"
CANNOT_READ = "cannot read"
STATES = (CANNOT_READ, MISSING, DRIFTED, NOT_APPLIED, IN_SYNC)

ONE, MANY = "one", "many"
ECHOES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("aws_iam_role", "inline_policy"): ("aws_iam_role_policy", MANY),
    ("aws_iam_role", "managed_policy_arns"): ("aws_iam_role_policy_attachment", MANY),
    ("aws_network_acl", "egress"): ("aws_network_acl_rule", MANY),
    ("aws_network_acl", "ingress"): ("aws_network_acl_rule", MANY),
    ("aws_s3_bucket", "cors_rule"): ("aws_s3_bucket_cors_configuration", ONE),
    ("aws_s3_bucket", "lifecycle_rule"): ("aws_s3_bucket_lifecycle_configuration", ONE),
    ("aws_s3_bucket", "logging"): ("aws_s3_bucket_logging", ONE),
    ("aws_s3_bucket", "object_lock_configuration"): ("aws_s3_bucket_object_lock_configuration", ONE),
    ("aws_s3_bucket", "policy"): ("aws_s3_bucket_policy", ONE),
    ("aws_s3_bucket", "replication_configuration"): ("aws_s3_bucket_replication_configuration", ONE),
    ("aws_s3_bucket", "server_side_encryption_configuration"): (
        "aws_s3_bucket_server_side_encryption_configuration",
        ONE,
    ),
    ("aws_s3_bucket", "versioning"): ("aws_s3_bucket_versioning", ONE),
    ("aws_security_group", "egress"): ("aws_vpc_security_group_egress_rule", MANY),
    ("aws_security_group", "ingress"): ("aws_vpc_security_group_ingress_rule", MANY),
    ("aws_sns_topic", "policy"): ("aws_sns_topic_policy", ONE),
    ("aws_sqs_queue", "policy"): ("aws_sqs_queue_policy", ONE),
    ("aws_sqs_queue", "redrive_allow_policy"): ("aws_sqs_queue_redrive_allow_policy", ONE),
    ("aws_sqs_queue", "redrive_policy"): ("aws_sqs_queue_redrive_policy", ONE),
}
"""Attributes in which a resource repeats what another resource is about, and whether one or many of those share it.

The other one is made later, so right after an apply the state of the first already lags behind.
"""
_PEERS = ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")


@dataclass(frozen=True, slots=True)
class UnitDrift:
    """The verdict on one unit."""

    unit: str
    state: str
    changes: tuple[ResourceChange, ...] = ()
    problems: tuple[Problem, ...] = ()


def applied(states: Mapping[str, State | None]) -> dict[str, Mapping[str, str]]:
    """The units that have something to compare, and the addresses and types of that."""
    return {unit: state.addresses for unit, state in states.items() if state is not None and state.addresses}


def verdicts(
    units: Sequence[str],
    present: Mapping[str, Mapping[str, str]],
    runs: Mapping[str, UnitRun],
    plans: Mapping[str, UnitPlan],
) -> tuple[UnitDrift, ...]:
    """One verdict a unit, in the order of *units*; *present* has the addresses and types of those that are applied."""
    return tuple(
        verdict(unit, present[unit], runs.get(unit), plans.get(unit))
        if unit in present
        else UnitDrift(unit, NOT_APPLIED)
        for unit in units
    )


def verdict(unit: str, addresses: Mapping[str, str], run: UnitRun | None, plan: UnitPlan | None) -> UnitDrift:
    """What the refresh of one applied unit says."""
    if run is None or run.status != "done" or plan is None or plan.errored:
        return UnitDrift(unit, CANNOT_READ, problems=run.problems if run else ())
    changes = without_echoes(plan.drift, addresses)
    if any(change.action == "delete" for change in changes):
        return UnitDrift(unit, MISSING, changes)
    return UnitDrift(unit, DRIFTED if changes else IN_SYNC, changes)


def without_echoes(
    changes: Sequence[ResourceChange], addresses: Mapping[str, str]
) -> tuple[ResourceChange, ...]:
    """*changes* without what a resource only repeats of another one of the unit, which is looked at itself."""
    gone = {change.address for change in changes if change.action == "delete"}
    kept = []
    for change in changes:
        own = tuple(
            each
            for each in change.differences
            if not _is_echo(change, _attribute(each.path), addresses, gone)
        )
        if own or not change.differences:
            kept.append(replace(change, differences=own))
    return tuple(kept)


def _is_echo(change: ResourceChange, attribute: str, addresses: Mapping[str, str], gone: Set[str]) -> bool:
    known = ECHOES.get((change.type, attribute))
    if known is None:
        return False
    kind, number = known
    owners = [
        found for found, type_ in addresses.items() if type_ == kind and _belongs(found, change, attribute)
    ]
    if number == ONE or not owners:
        return bool(owners)
    # What somebody added is in no resource of ours, so it shows in the number alone.
    return _count((change.after or {}).get(attribute)) == len(set(owners) - gone)


def _belongs(address: str, change: ResourceChange, attribute: str) -> bool:
    """Whether the resource at *address* is about *change*'s: in its module, keyed as it, or by its key and a slash."""
    module, index = _place(address)
    own_module, own = _place(change.address)
    direction = attribute if change.type == "aws_network_acl" else ""
    if module != own_module or (direction and f"/{direction}/" not in index):
        return False
    return not own or index == own or index.startswith(f"{own}/")


def _place(address: str) -> tuple[str, str]:
    """Module and key of an address: ``module.a["x"]`` and ``y`` of ``module.a["x"].aws_sqs_queue.this["y"]``."""
    found = _ADDRESS.fullmatch(address)
    return (found["module"] or "", found["key"] or "") if found else ("", "")


_ADDRESS = re.compile(r'(?:(?P<module>.*)\.)?[a-z0-9_]+\.[a-z0-9_-]+(?:\["(?P<key>.*)"\]|\[\d+\])?')


def _count(value: Json) -> int:
    """How many rules or policies stand in an attribute; one entry of a security group can name many peers."""
    if not isinstance(value, list):
        return 0
    return sum(_peers(entry) if isinstance(entry, dict) else 1 for entry in value)


def _peers(entry: Mapping[str, Json]) -> int:
    if not any(name in entry for name in _PEERS):
        return 1
    lists = [entry.get(name) for name in _PEERS]
    return sum(len(found) for found in lists if isinstance(found, list)) + bool(entry.get("self"))


def _attribute(path: str) -> str:
    """The attribute that a path leads into: ``ingress`` of ``ingress[0].from_port``."""
    return path.partition(".")[0].partition("[")[0]
