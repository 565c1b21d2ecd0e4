"""What was changed behind Terraform's back: the verdict on each unit, from plans that only refresh.

A plan with -refresh-only compares AWS with the state and never looks at what the configuration wants, so a change that
somebody is just making in a tfvars is no drift.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scripts.plan import ResourceChange, UnitPlan
from scripts.states import State
from scripts.terragrunt import Problem, UnitRun

IN_SYNC = "in sync"
DRIFTED = "drifted"
MISSING = "missing"
NOT_APPLIED = "not applied"
CANNOT_READ = "cannot read"
STATES = (CANNOT_READ, MISSING, DRIFTED, NOT_APPLIED, IN_SYNC)

ECHOES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("aws_iam_role", "inline_policy"): ("aws_iam_role_policy",),
    ("aws_iam_role", "managed_policy_arns"): ("aws_iam_role_policy_attachment",),
    ("aws_s3_bucket", "cors_rule"): ("aws_s3_bucket_cors_configuration",),
    ("aws_s3_bucket", "lifecycle_rule"): ("aws_s3_bucket_lifecycle_configuration",),
    ("aws_s3_bucket", "logging"): ("aws_s3_bucket_logging",),
    ("aws_s3_bucket", "policy"): ("aws_s3_bucket_policy",),
    ("aws_s3_bucket", "server_side_encryption_configuration"): (
        "aws_s3_bucket_server_side_encryption_configuration",
    ),
    ("aws_s3_bucket", "versioning"): ("aws_s3_bucket_versioning",),
    ("aws_security_group", "egress"): ("aws_vpc_security_group_egress_rule",),
    ("aws_security_group", "ingress"): ("aws_vpc_security_group_ingress_rule",),
    ("aws_sns_topic", "policy"): ("aws_sns_topic_policy",),
    ("aws_sqs_queue", "policy"): ("aws_sqs_queue_policy",),
    ("aws_sqs_queue", "redrive_allow_policy"): ("aws_sqs_queue_redrive_allow_policy",),
    ("aws_sqs_queue", "redrive_policy"): ("aws_sqs_queue_redrive_policy",),
}
"""Attributes in which a resource repeats what another resource is about."""


@dataclass(frozen=True, slots=True)
class UnitDrift:
    """The verdict on one unit."""

    unit: str
    state: str
    changes: tuple[ResourceChange, ...] = ()
    problems: tuple[Problem, ...] = ()


def applied(states: Mapping[str, State | None]) -> tuple[str, ...]:
    """The units that have something to compare."""
    return tuple(unit for unit, state in states.items() if state is not None and state.addresses)


def verdicts(
    units: Sequence[str], present: Iterable[str], runs: Mapping[str, UnitRun], plans: Mapping[str, UnitPlan]
) -> tuple[UnitDrift, ...]:
    """One verdict a unit, in the order of *units*; *present* are those that are applied."""
    there = set(present)
    return tuple(
        verdict(unit, runs.get(unit), plans.get(unit)) if unit in there else UnitDrift(unit, NOT_APPLIED)
        for unit in units
    )


def verdict(unit: str, run: UnitRun | None, plan: UnitPlan | None) -> UnitDrift:
    """What the refresh of one applied unit says."""
    if run is None or run.status != "done" or plan is None or plan.errored:
        return UnitDrift(unit, CANNOT_READ, problems=run.problems if run else ())
    changes = without_echoes(plan.drift)
    if any(change.action == "delete" for change in changes):
        return UnitDrift(unit, MISSING, changes)
    return UnitDrift(unit, DRIFTED if changes else IN_SYNC, changes)


def without_echoes(changes: Sequence[ResourceChange]) -> tuple[ResourceChange, ...]:
    """*changes* without what a resource only repeats of another one that is among them."""
    types = {change.type for change in changes}
    kept = []
    for change in changes:
        own = tuple(
            each
            for each in change.differences
            if not types & set(ECHOES.get((change.type, _attribute(each.path)), ()))
        )
        if own or not change.differences:
            kept.append(replace(change, differences=own))
    return tuple(kept)


def _attribute(path: str) -> str:
    """The attribute that a path leads into: ``ingress`` of ``ingress[0].from_port``."""
    return path.partition(".")[0].partition("[")[0]
