"""VPC Block Public Access, for a whole Region and for one VPC or subnet: moto 5.2.5 has no action for it."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.vpcs import VPCs

from scripts.local_aws.overlays.hooks import Document, store

_OPTIONS = store("vpc-block-public-access")
_EXCLUSIONS = store("vpc-block-public-access-exclusions")


def install() -> None:
    for operation in (
        _describe_vpc_block_public_access_options,
        _modify_vpc_block_public_access_options,
        _create_vpc_block_public_access_exclusion,
        _describe_vpc_block_public_access_exclusions,
        _modify_vpc_block_public_access_exclusion,
        _delete_vpc_block_public_access_exclusion,
    ):
        setattr(VPCs, operation.__name__.removeprefix("_"), operation)


def _options(self: Any) -> Document:
    return {
        "AwsAccountId": self.current_account,
        "AwsRegion": self.region,
        "State": "update-complete" if _OPTIONS.get("mode") else "default-state",
        "InternetGatewayBlockMode": _OPTIONS.get("mode", "off"),
        "ManagedBy": "account",
        "ExclusionsAllowed": "allowed",
    }


def _describe_vpc_block_public_access_options(self: Any) -> ActionResult:
    return ActionResult({"VpcBlockPublicAccessOptions": _options(self)})


def _modify_vpc_block_public_access_options(self: Any) -> ActionResult:
    _OPTIONS["mode"] = self._get_param("InternetGatewayBlockMode")
    return ActionResult({"VpcBlockPublicAccessOptions": _options(self)})


def _create_vpc_block_public_access_exclusion(self: Any) -> ActionResult:
    identifier = f"vpcbpa-exclude-{secrets.token_hex(9)[:17]}"
    kind = "subnet" if self._get_param("SubnetId") else "vpc"
    name = self._get_param("SubnetId") or self._get_param("VpcId")
    place = f"arn:aws:ec2:{self.region}:{self.current_account}"
    tags = self._parse_tag_specification().get("vpc-block-public-access-exclusion", {})
    _EXCLUSIONS[identifier] = {
        "ExclusionId": identifier,
        "InternetGatewayExclusionMode": self._get_param("InternetGatewayExclusionMode"),
        "ResourceArn": f"{place}:{kind}/{name}",
        "State": "create-complete",
        "Created": time.time(),
    }
    if tags:
        self.ec2_backend.create_tags([identifier], tags)
    return _told(self, identifier)


def _describe_vpc_block_public_access_exclusions(self: Any) -> ActionResult:
    wanted = self._get_param("ExclusionIds", [])
    if missing := [name for name in wanted if name not in _EXCLUSIONS]:
        raise _unknown(missing[0])
    names = wanted or list(_EXCLUSIONS.keys())
    return ActionResult({"VpcBlockPublicAccessExclusions": [_described(self, name) for name in names]})


def _modify_vpc_block_public_access_exclusion(self: Any) -> ActionResult:
    identifier = self._get_param("ExclusionId")
    _change(identifier, "update-complete")
    _EXCLUSIONS[identifier]["InternetGatewayExclusionMode"] = self._get_param("InternetGatewayExclusionMode")
    return _told(self, identifier)


def _delete_vpc_block_public_access_exclusion(self: Any) -> ActionResult:
    """AWS goes on showing a deleted one as such for a while, which the Terraform provider waits for."""
    identifier = self._get_param("ExclusionId")
    _change(identifier, "delete-complete")
    return _told(self, identifier)


def _change(identifier: str, state: str) -> None:
    if identifier not in _EXCLUSIONS:
        raise _unknown(identifier)
    _EXCLUSIONS[identifier]["State"] = state


def _unknown(identifier: str) -> EC2ClientError:
    return EC2ClientError(
        "InvalidVpcBlockPublicAccessExclusionId.NotFound", f"The exclusion {identifier} does not exist."
    )


def _described(self: Any, identifier: str) -> Document:
    tags = self.ec2_backend.tags[identifier]
    kept = _EXCLUSIONS[identifier]
    return {
        **kept,
        "CreationTimestamp": datetime.fromtimestamp(kept["Created"], UTC),
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
    }


def _told(self: Any, identifier: str) -> ActionResult:
    return ActionResult({"VpcBlockPublicAccessExclusion": _described(self, identifier)})
