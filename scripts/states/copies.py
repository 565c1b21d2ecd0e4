"""Older copies of a state: the bucket's own versions and the backups beside them, and how one becomes current again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scripts.checks.finding import Finding, Refused
from scripts.live.units import Unit
from scripts.states.bucket import StateStore
from scripts.states.locks import forget_digest
from scripts.states.state import State, parse_state, state_key

if TYPE_CHECKING:
    import boto3


@dataclass(frozen=True, slots=True)
class Copy:
    """One older (or the current) form of a unit's state."""

    key: str
    version: str
    """The S3 version id: a key alone may be written again."""
    moment: datetime
    bytes: int
    current: bool

    @property
    def kind(self) -> str:
        """What people call it."""
        return "current" if self.current else "backup" if self.key.startswith("backup/") else "version"

    @property
    def name(self) -> str:
        """What is typed to choose it: a time to the second, or more of it where that is not enough."""
        return f"{self.moment:%Y-%m-%dT%H:%M:%S}Z"


def copies(session: boto3.Session, store: StateStore, unit: Unit) -> tuple[Copy, ...]:
    """Every copy of the unit's state, newest first."""
    s3 = session.client("s3")
    prefixes = (state_key(unit), f"backup/{unit.system}/{unit.name}/")
    found = [
        Copy(
            version["Key"],
            version["VersionId"],
            version["LastModified"],
            version["Size"],
            bool(version["IsLatest"]) and version["Key"] == state_key(unit),
        )
        for prefix in prefixes
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=store.bucket, Prefix=prefix)
        for version in page.get("Versions", [])
        if version["Key"] == state_key(unit) or version["Key"].startswith(prefixes[1])
    ]
    return tuple(sorted(found, key=lambda copy: copy.moment, reverse=True))


def choose(unit: Unit, found: tuple[Copy, ...], wanted: str) -> Copy:
    """The copy that *wanted* names (a time as listed, or a version id), or else the newest that is not current.

    Raises Refused with what there is.
    """
    older = [copy for copy in found if not copy.current]
    fitting = [copy for copy in older if not wanted or wanted in (copy.version, copy.name)]
    if fitting:
        return fitting[0]
    listed = ", ".join(copy.name for copy in older[:10]) or "none"
    message = f"there is no such copy of its state; there are: {listed}."
    raise Refused([Finding(unit.path, 0, "no-such-copy", wanted, listed, "", message)])


def read(session: boto3.Session, store: StateStore, copy: Copy) -> bytes:
    """The copy's text."""
    answer = session.client("s3").get_object(
        Bucket=store.bucket, Key=copy.key, VersionId=copy.version, ExpectedBucketOwner=store.account_id
    )
    body: bytes = answer["Body"].read()
    return body


def renewed(old: bytes, now: bytes | None) -> bytes:
    """*old* as the successor of *now*: plans that were made against *now* are stale from here on."""
    document: dict[str, Any] = json.loads(old)
    newest = max(int(document.get("serial", 0)), int(json.loads(now).get("serial", 0)) if now else 0)
    return json.dumps({**document, "serial": newest + 1}, indent=2).encode()


def write(session: boto3.Session, store: StateStore, unit: Unit, text: bytes) -> State:
    """Make *text* the unit's state; the caller holds the lock."""
    made = parse_state(unit.path, text)
    session.client("s3").put_object(
        Bucket=store.bucket,
        Key=state_key(unit),
        Body=text,
        ContentType="application/json",
        ExpectedBucketOwner=store.account_id,
    )
    forget_digest(session, store, unit)
    return made


def difference(now: State | None, then: State) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses that come back with *then*, and those that only *now* knows."""
    have = set(now.addresses) if now else set()
    had = set(then.addresses)
    return tuple(sorted(had - have)), tuple(sorted(have - had))
