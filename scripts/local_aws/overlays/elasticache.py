"""ElastiCache: what ministack 1.5.33 forgets of groups and users, refuses, and calls a user's own.

A replication group's key and upgrades are printed on the group and on its member clusters, where the
Terraform provider reads them; users keep how they prove who they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import elasticache

from scripts.local_aws.overlays.hooks import Document, Response, wrap

# As asked for in a request, and as AWS then calls it.
_AUTHENTICATION = {"iam": "iam", "no-password-required": "no-password", "password": "password"}
_FLAGS = {"true": True, "false": False}
Call = Callable[[Document], Response]


def install() -> None:
    _groups()
    _users()

    @wrap(elasticache, "_describe_cache_parameters")
    def describe_parameters(inner: Call, p: Document) -> Response:
        """Only those of the wanted source: Terraform asks for what a user has set."""
        name, source = elasticache._p(p, "CacheParameterGroupName"), elasticache._p(p, "Source")
        kept = elasticache._param_group_params.get(name)
        if not kept or not source:
            return inner(p)
        wanted = {key: value for key, value in kept.items() if value.get("Source", "system") == source}
        elasticache._param_group_params[name] = wanted
        try:
            return inner(p)
        finally:
            elasticache._param_group_params[name] = kept


def _groups() -> None:
    for operation in ("_create_replication_group", "_modify_replication_group"):
        wrap(elasticache, operation)(_keep_of_group)

    @wrap(elasticache, "_rg_xml")
    def group_xml(inner: Callable[[Document], str], group: Document) -> str:
        key = group.get("KmsKeyId")
        return inner(group) + (f"<KmsKeyId>{key}</KmsKeyId>" if key else "")

    @wrap(elasticache, "_cluster_xml_inner")
    def cluster_xml(inner: Callable[[Document], str], cluster: Document) -> str:
        group = elasticache._replication_groups.get(cluster.get("ReplicationGroupId") or "") or cluster
        upgrades = str(group.get("AutoMinorVersionUpgrade", True)).lower()
        return f"{inner(cluster)}<AutoMinorVersionUpgrade>{upgrades}</AutoMinorVersionUpgrade>"


def _keep_of_group(inner: Call, p: Document) -> Response:
    name = elasticache._p(p, "ReplicationGroupId")
    two = elasticache._p(p, "NumNodeGroups") == "2" and name not in elasticache._replication_groups
    answer = inner({**p, "NumNodeGroups": ["3"]} if two else p)
    group = elasticache._replication_groups.get(name)
    if two and answer[0] < 400:
        _drop_last_shard(group)
    if answer[0] < 400 and group is not None:
        if key := elasticache._p(p, "KmsKeyId"):
            group["KmsKeyId"] = key
        upgrades = elasticache._p(p, "AutoMinorVersionUpgrade").lower()
        group["AutoMinorVersionUpgrade"] = _FLAGS.get(upgrades, group.get("AutoMinorVersionUpgrade", True))
    return answer


def _drop_last_shard(group: Document) -> None:
    """The emulator wants one shard or three; AWS takes two, so the third goes again."""
    gone = {member["CacheClusterId"] for member in group["NodeGroups"].pop()["NodeGroupMembers"]}
    group["MemberClusters"] = [name for name in group["MemberClusters"] if name not in gone]
    for name in gone:
        elasticache._clusters.pop(name, None)


def _users() -> None:
    for operation in ("_create_user", "_modify_user"):
        wrap(elasticache, operation)(_keep_of_user)


def _keep_of_user(inner: Call, p: Document) -> Response:
    answer = inner(p)
    user: Any = elasticache._users.get(elasticache._p(p, "UserId"))
    kind = _AUTHENTICATION.get(elasticache._p(p, "AuthenticationMode.Type"))
    if answer[0] < 400 and user is not None and kind:
        passwords = [name for name in p if name.startswith("AuthenticationMode.Passwords.member.")]
        user["Authentication"] = {"Type": kind, "PasswordCount": len(passwords)}
    return answer
