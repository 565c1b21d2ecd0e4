"""Differences in AWS that no hand made: what a resource repeats of others that were made later, and what AWS counts.

Terraform lists both as changes outside of it, right after an apply already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scripts.plans.values import Json

if TYPE_CHECKING:
    from scripts.plans.plan import ResourceChange, UnitPlan

ONE, MANY = "one", "many"
_BUCKET = "aws_s3_bucket"
ECHOES: Mapping[tuple[str, str], tuple[str, str, str]] = {
    ("aws_cognito_user_pool", "domain"): ("aws_cognito_user_pool_domain", "user_pool_id", ONE),
    ("aws_eip", "association_id"): ("aws_nat_gateway", "allocation_id", ONE),
    ("aws_eip", "network_interface"): ("aws_nat_gateway", "allocation_id", ONE),
    ("aws_eip", "private_dns"): ("aws_nat_gateway", "allocation_id", ONE),
    ("aws_eip", "private_ip"): ("aws_nat_gateway", "allocation_id", ONE),
    ("aws_iam_role", "inline_policy"): ("aws_iam_role_policy", "role", MANY),
    ("aws_iam_role", "managed_policy_arns"): ("aws_iam_role_policy_attachment", "role", MANY),
    ("aws_network_acl", "egress"): ("aws_network_acl_rule", "network_acl_id", MANY),
    ("aws_network_acl", "ingress"): ("aws_network_acl_rule", "network_acl_id", MANY),
    ("aws_rds_cluster", "cluster_members"): ("aws_rds_cluster_instance", "cluster_identifier", MANY),
    ("aws_route_table", "route"): ("aws_route", "route_table_id", MANY),
    (_BUCKET, "cors_rule"): (f"{_BUCKET}_cors_configuration", "bucket", ONE),
    (_BUCKET, "lifecycle_rule"): (f"{_BUCKET}_lifecycle_configuration", "bucket", ONE),
    (_BUCKET, "logging"): (f"{_BUCKET}_logging", "bucket", ONE),
    (_BUCKET, "object_lock_configuration"): (f"{_BUCKET}_object_lock_configuration", "bucket", ONE),
    (_BUCKET, "policy"): (f"{_BUCKET}_policy", "bucket", ONE),
    (_BUCKET, "replication_configuration"): (f"{_BUCKET}_replication_configuration", "bucket", ONE),
    (_BUCKET, "server_side_encryption_configuration"): (
        f"{_BUCKET}_server_side_encryption_configuration",
        "bucket",
        ONE,
    ),
    (_BUCKET, "versioning"): (f"{_BUCKET}_versioning", "bucket", ONE),
    ("aws_security_group", "egress"): ("aws_vpc_security_group_egress_rule", "security_group_id", MANY),
    ("aws_security_group", "ingress"): ("aws_vpc_security_group_ingress_rule", "security_group_id", MANY),
    ("aws_sns_topic", "policy"): ("aws_sns_topic_policy", "arn", ONE),
    ("aws_sqs_queue", "policy"): ("aws_sqs_queue_policy", "queue_url", ONE),
    ("aws_sqs_queue", "redrive_allow_policy"): ("aws_sqs_queue_redrive_allow_policy", "queue_url", ONE),
    ("aws_sqs_queue", "redrive_policy"): ("aws_sqs_queue_redrive_policy", "queue_url", ONE),
}
"""Attributes in which a resource repeats what others are about: their type, how they name it, one or many of them.

The others are made later, so right after an apply the state of the first already lags behind.
"""

COUNTERS = frozenset(
    {
        ("aws_acm_certificate", "not_after"),
        ("aws_acm_certificate", "not_before"),
        ("aws_acm_certificate", "pending_renewal"),
        ("aws_acm_certificate", "renewal_eligibility"),
        ("aws_acm_certificate", "renewal_summary"),
        ("aws_acm_certificate", "status"),
        ("aws_backup_vault", "recovery_points"),
        ("aws_cloudfront_distribution", "etag"),
        ("aws_cloudfront_distribution", "in_progress_validation_batches"),
        ("aws_cloudfront_distribution", "last_modified_time"),
        ("aws_cloudfront_distribution", "status"),
        ("aws_codestarconnections_connection", "connection_status"),
        ("aws_cognito_user_pool", "estimated_number_of_users"),
        ("aws_cognito_user_pool", "last_modified_date"),
        ("aws_db_instance", "latest_restorable_time"),
        ("aws_db_instance", "replicas"),
        ("aws_iam_policy", "attachment_count"),
        ("aws_imagebuilder_image_pipeline", "date_last_run"),
        ("aws_imagebuilder_image_pipeline", "date_next_run"),
        ("aws_lambda_function", "last_modified"),
        ("aws_lb_target_group", "load_balancer_arns"),
    }
)
"""Attributes that AWS counts, dates or advances by itself: no hand has been there."""

_PEERS = ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")

Owner = tuple[str, str]
"""A resource that another one repeats: its type, and the id of the other."""


def owners_in(document: Mapping[str, Any]) -> Iterator[Owner]:
    """What is there now of the resources that others repeat, by a plan as ``terraform show -json`` prints it."""
    references = {kind: reference for kind, reference, _ in ECHOES.values()}
    waiting = [((document.get("prior_state") or {}).get("values") or {}).get("root_module") or {}]
    while waiting:
        module = waiting.pop()
        waiting.extend(module.get("child_modules") or ())
        for resource in module.get("resources") or ():
            kind = resource["type"]
            if kind in references and resource.get("mode") == "managed":
                yield _owner(kind, references[kind], resource.get("values") or {})


def owners_of(plans: Iterable[UnitPlan]) -> Counter[Owner]:
    """How many of each there are in all *plans*: a resource and what it repeats may stand in two units."""
    return Counter(owner for plan in plans for owner in plan.owners)


def _owner(kind: str, reference: str, values: Mapping[str, Any]) -> Owner:
    name = str(values.get(reference, ""))
    if kind == "aws_network_acl_rule":
        name += " egress" if values.get("egress") else " ingress"
    return kind, name


def without_echoes(changes: Sequence[ResourceChange], owners: Counter[Owner]) -> tuple[ResourceChange, ...]:
    """*changes* without what a resource only repeats of others, which are looked at themselves, and without counters."""
    references = {kind: reference for kind, reference, _ in ECHOES.values()}
    gone = {
        _owner(change.type, references[change.type], change.before or {})
        for change in changes
        if change.action == "delete" and change.type in references
    }
    kept = []
    for change in changes:
        own = tuple(each for each in change.differences if not _is_noise(change, each.path, owners, gone))
        if own or not change.differences:
            kept.append(replace(change, differences=own))
    return tuple(kept)


def _is_noise(change: ResourceChange, path: str, owners: Counter[Owner], gone: Set[Owner]) -> bool:
    attribute = path.partition(".")[0].partition("[")[0]
    if (change.type, attribute) in COUNTERS or (attribute == "tags" and _tagged_as_before(change)):
        return True
    known = ECHOES.get((change.type, attribute))
    if known is None:
        return False
    kind, _, number = known
    after = change.after or {}
    direction = f" {attribute}" if change.type == "aws_network_acl" else ""
    owner = (kind, f"{after.get('id', '')}{direction}")
    if number == ONE:
        return owner in owners or owner in gone
    # What somebody added is in no resource of ours, so it shows in the number alone.
    return (owner in owners or owner in gone) and _count(after.get(attribute)) == owners[owner]


def _tagged_as_before(change: ResourceChange) -> bool:
    """Whether all tags are those of the last apply: the provider tells what new default tags no longer cover as tags."""
    before, after = change.before or {}, change.after or {}
    given, found, known = (
        value if isinstance(value, dict) else {}
        for value in (before.get("tags"), after.get("tags"), before.get("tags_all"))
    )
    return given.keys() <= found.keys() and all(known.get(key) == value for key, value in found.items())


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
