"""Copies of states beside the states, made before something changes them.

The bucket keeps old versions too; a copy has a name that says when it was made and of which serial it is, so that a
person can find the state from before last Tuesday's apply.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from scripts.live.units import Unit
from scripts.states.bucket import StateStore
from scripts.states.state import absent, state_key

if TYPE_CHECKING:
    import boto3

    from scripts.target import Target

AT_ONCE = 8
FOLDER = "backup"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the copy of a unit's state lies."""

    unit: str
    bucket: str
    key: str

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


def backup_key(unit: Unit, moment: datetime) -> str:
    """The name of a copy: ``backup/<system>/<unit>/<UTC time>.tfstate``, so that names sort by time."""
    return f"{FOLDER}/{unit.system}/{unit.name}/{moment:%Y%m%dT%H%M%S.%fZ}.tfstate"


def backup(
    session: boto3.Session, store: StateStore, units: Iterable[Unit], moment: datetime | None = None
) -> tuple[Place, ...]:
    """Copy the states of *units* (all of the store's region) inside their bucket; units without one are left out."""
    at = moment or datetime.now(UTC)
    s3 = session.client("s3")
    with ThreadPoolExecutor(AT_ONCE) as copiers:
        made = copiers.map(lambda unit: _copy(s3, store, unit, at), units)
        return tuple(place for place in made if place is not None)


def _copy(s3: Any, store: StateStore, unit: Unit, moment: datetime) -> Place | None:
    key = backup_key(unit, moment)
    try:
        s3.copy_object(
            Bucket=store.bucket,
            Key=key,
            CopySource={"Bucket": store.bucket, "Key": state_key(unit)},
            ExpectedBucketOwner=store.account_id,
            ExpectedSourceBucketOwner=store.account_id,
        )
    except ClientError as error:
        if absent(error):
            return None
        raise
    return Place(unit.path, store.bucket, key)


def backup_all(target: Target, units: Iterable[str]) -> str:
    """Copy the states of *units* (paths) in every region of *target*; says where they are, empty when there are none."""
    chosen = set(units)
    places = [
        place
        for region in target.regions
        for place in backup(
            target.session(region),
            target.store(region),
            [unit for unit in target.units if unit.path in chosen and unit.region == region],
        )
    ]
    if not places:
        return ""
    buckets = ", ".join(sorted({f"s3://{place.bucket}/{FOLDER}/" for place in places}))
    return f"copied {len(places)} {'state' if len(places) == 1 else 'states'} to {buckets}"
