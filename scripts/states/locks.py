"""Terraform's locks on states: read them, hold one ourselves, take one away.

With the S3 lock file (the default) a lock is the object ``<state key>.tflock``; with the DynamoDB table it is the item
whose LockID is ``<bucket>/<state key>``. Both carry the same JSON (Terraform, internal/states/statemgr/locker.go).
"""

from __future__ import annotations

import contextlib
import getpass
import json
import socket
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from scripts.checks.finding import Finding, Refused
from scripts.live.units import Unit
from scripts.states.bucket import StateStore
from scripts.states.state import absent, state_key

if TYPE_CHECKING:
    import boto3

_TAKEN = {"PreconditionFailed", "ConditionalRequestConflict", "ConditionalCheckFailedException"}


@dataclass(frozen=True, slots=True)
class Lock:
    """Who holds a unit's state, for what, since when."""

    unit: str
    id: str
    who: str
    operation: str
    created: str
    """As Terraform writes it: RFC 3339, UTC, nanoseconds."""

    def __str__(self) -> str:
        doing = self.operation.removeprefix("OperationType") or "something"
        return f"{self.who or 'somebody'} for {doing} since {self.created[:19]}Z (lock {self.id})"


def read_lock(session: boto3.Session, store: StateStore, unit: Unit) -> Lock | None:
    """The lock on the unit's state, None when nobody holds it."""
    try:
        info = _table_info(session, store, unit) if store.lock_table else _object_info(session, store, unit)
    except ClientError as error:
        if absent(error) or error.response["Error"]["Code"] == "ResourceNotFoundException":
            return None
        raise
    if info is None:
        return None
    with contextlib.suppress(json.JSONDecodeError):
        said = json.loads(info)
        return Lock(
            unit.path,
            str(said.get("ID", "")),
            str(said.get("Who", "")),
            str(said.get("Operation", "")),
            str(said.get("Created", "")),
        )
    return Lock(unit.path, "", "", "", "")  # a lock all the same, though nobody can read it


def release(session: boto3.Session, store: StateStore, unit: Unit) -> None:
    """Take the lock away, whoever holds it."""
    if store.lock_table:
        key = {"LockID": {"S": _lock_id(store, unit)}}
        session.client("dynamodb").delete_item(TableName=store.lock_table, Key=key)
    else:
        session.client("s3").delete_object(Bucket=store.bucket, Key=_lock_key(unit))


@contextlib.contextmanager
def held(session: boto3.Session, store: StateStore, unit: Unit, operation: str) -> Iterator[None]:
    """Hold the unit's state as Terraform would, while the block changes it.

    Raises Refused, naming the holder, when it is held already.
    """
    info = json.dumps(
        {
            "ID": str(uuid.uuid4()),
            "Operation": operation,
            "Info": "",
            "Who": f"{getpass.getuser()}@{socket.gethostname()}",
            "Version": "",
            "Created": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}000Z",
            "Path": f"{store.bucket}/{state_key(unit)}",
        }
    )
    try:
        _take(session, store, unit, info)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _TAKEN:
            raise
        lock = read_lock(session, store, unit)
        message = (
            f"its state is held by {lock or 'somebody'}; wait for the end of that, or, when it is over for certain, "
            "take the lock away with `invoke state.unlock`."
        )
        raise Refused([Finding(unit.path, 0, "state-locked", "", "", "", message)]) from None
    try:
        yield
    finally:
        release(session, store, unit)


def forget_digest(session: boto3.Session, store: StateStore, unit: Unit) -> None:
    """Let Terraform take a state that it did not write: with a lock table it keeps the MD5 of the last one there."""
    if store.lock_table:
        key = {"LockID": {"S": f"{_lock_id(store, unit)}-md5"}}
        session.client("dynamodb").delete_item(TableName=store.lock_table, Key=key)


def _take(session: boto3.Session, store: StateStore, unit: Unit, info: str) -> None:
    if store.lock_table:
        session.client("dynamodb").put_item(
            TableName=store.lock_table,
            Item={"LockID": {"S": _lock_id(store, unit)}, "Info": {"S": info}},
            ConditionExpression="attribute_not_exists(LockID)",
        )
    else:
        session.client("s3").put_object(
            Bucket=store.bucket,
            Key=_lock_key(unit),
            Body=info.encode(),
            ContentType="application/json",
            IfNoneMatch="*",
        )


def _object_info(session: boto3.Session, store: StateStore, unit: Unit) -> str | None:
    answer = session.client("s3").get_object(Bucket=store.bucket, Key=_lock_key(unit))
    body: bytes = answer["Body"].read()
    return body.decode(errors="replace")


def _table_info(session: boto3.Session, store: StateStore, unit: Unit) -> str | None:
    item: dict[str, Any] = (
        session.client("dynamodb")
        .get_item(
            TableName=store.lock_table or "",
            Key={"LockID": {"S": _lock_id(store, unit)}},
            ConsistentRead=True,
        )
        .get("Item", {})
    )
    info: str | None = item.get("Info", {}).get("S")
    return info


def _lock_key(unit: Unit) -> str:
    return f"{state_key(unit)}.tflock"


def _lock_id(store: StateStore, unit: Unit) -> str:
    return f"{store.bucket}/{state_key(unit)}"
