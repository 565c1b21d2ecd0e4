"""Read states where they lie. One GET a unit, because a Terraform process a unit costs a hundred times as much."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from scripts.live.units import Unit
from scripts.states.bucket import StateStore
from scripts.warm_provider import types_in_state

if TYPE_CHECKING:
    import boto3

GUARDS = ("deletion_protection", "deletion_protection_enabled", "enable_deletion_protection")
"""How databases and user pools, tables, and load balancers call it that AWS shall refuse to delete them."""


@dataclass(frozen=True, slots=True)
class Output:
    """One output of a unit; a sensitive one keeps its value to itself."""

    name: str
    value: Any
    sensitive: bool

    def shown(self) -> Any:
        """What a person may see."""
        return "(sensitive)" if self.sensitive else self.value


@dataclass(frozen=True, slots=True)
class State:
    """What a unit's state says, without the attributes of its resources."""

    unit: str
    serial: int
    addresses: Mapping[str, str]
    """Each managed resource's address and its type."""
    types: frozenset[str]
    """Spelled as the warm provider spells them: ``aws_s3_bucket``, ``data.aws_iam_policy_document``."""
    outputs: Mapping[str, Output]
    lineage: str = ""
    """Which history the serial counts in: a state that was made anew has another."""
    final_snapshots: Mapping[str, str] = field(default_factory=dict)
    """Each database that leaves a snapshot when it is destroyed, and how that will be called."""
    guards: Mapping[str, str] = field(default_factory=dict)
    """Each resource that AWS refuses to delete, and the attribute that says so."""


def state_key(unit: Unit) -> str:
    """Where the root puts a unit's state in the bucket."""
    return f"{unit.system}/{unit.name}/terraform.tfstate"


def absent(error: ClientError) -> bool:
    """Whether S3 says that an object, or its whole bucket, is not there; a HEAD says it by the number alone."""
    return error.response["Error"]["Code"] in {"NoSuchKey", "NoSuchBucket", "404"}


def read_text(session: boto3.Session, store: StateStore, unit: Unit) -> bytes | None:
    """The text of the unit's state, or None when it was never applied (or its bucket is not there yet)."""
    try:
        answer = session.client("s3").get_object(
            Bucket=store.bucket, Key=state_key(unit), ExpectedBucketOwner=store.account_id
        )
    except ClientError as error:
        if absent(error):
            return None
        raise
    body: bytes = answer["Body"].read()
    return body


def read_state(session: boto3.Session, store: StateStore, unit: Unit) -> State | None:
    """The unit's state, or None when it was never applied."""
    text = read_text(session, store, unit)
    return None if text is None else parse_state(unit.path, text)


def parse_state(unit: str, text: bytes) -> State:
    """A state file of version 4, reduced to what the tasks need."""
    document = json.loads(text)
    managed = {
        address_of(resource, instance): (str(resource["type"]), instance.get("attributes") or {})
        for resource in document.get("resources", [])
        if resource.get("mode") == "managed"
        for instance in resource.get("instances", [])
    }
    return State(
        unit=unit,
        serial=int(document.get("serial", 0)),
        addresses={address: kind for address, (kind, _) in managed.items()},
        types=types_in_state(text.decode()),
        outputs={
            name: Output(name, output.get("value"), bool(output.get("sensitive", False)))
            for name, output in document.get("outputs", {}).items()
        },
        lineage=str(document.get("lineage", "")),
        final_snapshots={
            address: snapshot
            for address, (_, attributes) in managed.items()
            if (snapshot := _final_snapshot(attributes))
        },
        guards={
            address: guard for address, (_, attributes) in managed.items() if (guard := _guard(attributes))
        },
    )


def _final_snapshot(attributes: Mapping[str, Any]) -> str:
    named = attributes.get("final_snapshot_identifier")
    return str(named) if named and not attributes.get("skip_final_snapshot") else ""


def _guard(attributes: Mapping[str, Any]) -> str:
    return next((name for name in GUARDS if attributes.get(name) in (True, "ACTIVE")), "")


def address_of(resource: Mapping[str, Any], instance: Mapping[str, Any]) -> str:
    """The address as Terraform prints it: ``module.a["x"].aws_s3_bucket.this``."""
    module = f"{resource['module']}." if resource.get("module") else ""
    key = instance.get("index_key")
    index = "" if key is None else f"[{key}]" if isinstance(key, int) else f'["{key}"]'
    return f"{module}{resource['type']}.{resource['name']}{index}"
