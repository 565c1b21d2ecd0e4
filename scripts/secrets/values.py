"""The secrets of an environment in Secrets Manager: which there are, and values that people put in.

A value comes from standard input and goes to AWS; it is neither shown nor kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import boto3

LONGEST = 65_536
"""Bytes of a secret (https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html)."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret of a unit, by its state."""

    unit: str
    name: str
    arn: str
    generated: bool
    """Whether Terraform draws its value; otherwise people put it in."""


@dataclass(frozen=True, slots=True)
class Age:
    """What Secrets Manager tells of a secret without its value."""

    changed: datetime | None
    rotates_itself: bool
    deleted: bool


def in_state(unit: str, text: bytes) -> tuple[Secret, ...]:
    """The secrets that a unit's state holds (their names; the values are not in it)."""
    resources = json.loads(text).get("resources", [])

    def attributes(kind: str) -> list[Mapping[str, str]]:
        return [
            instance["attributes"]
            for resource in resources
            if resource.get("mode") == "managed" and resource["type"] == kind
            for instance in resource["instances"]
        ]

    written = {each["secret_id"] for each in attributes("aws_secretsmanager_secret_version")}
    return tuple(
        Secret(unit, each["name"], each["arn"], each["arn"] in written or each["id"] in written)
        for each in attributes("aws_secretsmanager_secret")
    )


def age(session: boto3.Session, secret: Secret) -> Age:
    """When the secret last changed, and what else people ask of it."""
    said = session.client("secretsmanager").describe_secret(SecretId=secret.arn)
    changed = said.get("LastChangedDate")
    return Age(changed, bool(said.get("RotationEnabled", False)), "DeletedDate" in said)


def put(session: boto3.Session, secret: Secret, value: str) -> None:
    """Make *value* the secret's current one; the one before stays as AWSPREVIOUS until the next."""
    session.client("secretsmanager").put_secret_value(SecretId=secret.arn, SecretString=value)


def problem_with(value: str) -> str:
    """Why *value* cannot be a secret; empty when it can."""
    if not value:
        return (
            'nothing came on standard input; pipe the value in: printf %s "$VALUE" | invoke secrets.set ...'
        )
    if len(value.encode()) > LONGEST:
        return f"the value has {len(value.encode())} bytes; Secrets Manager takes {LONGEST}."
    return ""
