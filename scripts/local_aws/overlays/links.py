"""Look-ups between the two emulators: each of them checks names that only the other one knows.

ministack 1.5.33 asks for subnets and security groups, which live in moto 5.2.5; moto asks for
buckets, log groups, instance profiles and public parameters, which live in ministack or are asked
of it. Both share this process, so a look-up is a read in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import moto.ec2.utils
from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region
from ministack.services import cloudwatch_logs, iam, s3, ssm
from ministack.services import ec2 as ministack_ec2
from moto.ec2.models import ec2_backends
from moto.ec2.models import iam_instance_profile as profile_models
from moto.ec2.responses import instances as instance_responses
from moto.logs.models import LogsBackend
from moto.route53.models import Route53Backend
from moto.s3.models import S3Backend
from moto.ssm.models import ssm_backends

from scripts.local_aws.overlays.hooks import Document, wrap


def install() -> None:
    ministack_ec2._subnets = _Subnets()
    ministack_ec2._security_groups = _SecurityGroups()
    _find_buckets_and_log_groups()
    _find_instance_profiles()
    _find_public_parameters()


def _ec2() -> Any:
    return ec2_backends[get_account_id()][get_region()]


class _Subnets(AccountRegionScopedDict):  # type: ignore[misc]  # the emulator is untyped
    """moto's subnets in ministack's spelling; a subclass, because ministack restores its state into it."""

    def get(self, key: str, default: Document | None = None) -> Document | None:
        for subnets in _ec2().subnets.values():
            if key in subnets:
                return _subnet(subnets[key])
        return default

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def values(self) -> list[Document]:
        return [_subnet(subnet) for subnets in _ec2().subnets.values() for subnet in subnets.values()]


def _subnet(subnet: Any) -> Document:
    return {
        "SubnetId": subnet.id,
        "VpcId": subnet.vpc_id,
        "AvailabilityZone": subnet.availability_zone,
        "AvailabilityZoneId": getattr(subnet._availability_zone, "zone_id", ""),
        "CidrBlock": subnet.cidr_block,
        "State": "available",
    }


class _SecurityGroups(AccountRegionScopedDict):  # type: ignore[misc]  # the emulator is untyped
    """moto's security groups in ministack's spelling."""

    def _groups(self) -> Iterator[Document]:
        for groups in _ec2().groups.values():
            for group in groups.values():
                yield {"GroupId": group.id, "GroupName": group.name, "VpcId": group.vpc_id}

    def get(self, key: str, default: Document | None = None) -> Document | None:
        return next((group for group in self._groups() if group["GroupId"] == key), default)

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def values(self) -> list[Document]:
        return list(self._groups())


def _find_buckets_and_log_groups() -> None:
    """Flow logs, access logs and query logs name them; moto only wants to know that they exist."""

    @wrap(S3Backend, "get_bucket")
    def get_bucket(inner: Callable[..., Any], self: Any, bucket_name: str) -> Any:
        name = bucket_name.partition("/")[0]
        if name in s3._buckets:
            return SimpleNamespace(name=name)
        return inner(self, bucket_name)

    def list_tags_log_group(_self: Any, log_group_name: str) -> dict[str, str]:
        return {}

    setattr(LogsBackend, "list_tags_log_group", list_tags_log_group)  # noqa: B010 (mypy refuses the assignment)

    @wrap(Route53Backend, "create_query_logging_config")
    def create_query_logging_config(
        inner: Callable[..., Any], self: Any, hosted_zone_id: str, log_group_arn: str
    ) -> Any:
        """moto knows a group by its ARN with :* only; AWS takes both and shows what it was given."""
        made = inner(self, hosted_zone_id, log_group_arn.removesuffix(":*") + ":*")
        made.cloud_watch_logs_log_group_arn = log_group_arn
        return made

    def describe_log_groups(_self: Any, *_: Any, **__: Any) -> tuple[list[SimpleNamespace], None]:
        arns = (group["arn"].removesuffix(":*") for group in cloudwatch_logs._log_groups.values())
        return [SimpleNamespace(arn=arn) for arn in arns], None

    setattr(LogsBackend, "describe_log_groups", describe_log_groups)  # noqa: B010 (mypy refuses the assignment)


def _find_instance_profiles() -> None:
    inner = moto.ec2.utils.filter_iam_instance_profiles

    def find(
        account_id: str,
        partition: str,
        iam_instance_profile_arn: str | None = None,
        iam_instance_profile_name: str | None = None,
    ) -> Any:
        wanted = iam_instance_profile_name or str(iam_instance_profile_arn).rpartition("/")[2]
        profile = iam._instance_profiles.get(wanted)
        if profile is None:
            return inner(account_id, partition, iam_instance_profile_arn, iam_instance_profile_name)
        return SimpleNamespace(arn=profile["Arn"], id=profile["InstanceProfileId"], name=wanted)

    # The name was copied into each of these modules when they were imported.
    for module in (moto.ec2.utils, profile_models, instance_responses):
        setattr(module, "filter_iam_instance_profiles", find)  # noqa: B010 (a name they imported)


def _find_public_parameters() -> None:
    """Images that a public parameter names must be the ones that moto's EC2 knows."""

    @wrap(ssm, "_public_parameter")
    def public_parameter(inner: Callable[..., Any], name: str, *args: Any) -> Any:
        if not name.startswith("/aws/service/"):
            return inner(name, *args)
        found = ssm_backends[get_account_id()][get_region()].get_parameter(name)
        if found is None:
            return inner(name, *args)
        document = inner(name, *args) or {"Name": name, "Type": "String", "Version": 1, "DataType": "text"}
        return {**document, "Value": found.value}
