"""Take a checkpoint when nothing is going on: between two commands, never inside one.

Inside an apply, a copy would hold resources that no Terraform state names yet, and going back to
it would make them orphans. A held state lock is the sign of a command at work.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import ministack.app
from ministack.services import dynamodb, s3

from scripts.local_aws import checkpoint
from scripts.local_aws.home import Home
from scripts.local_aws.settings import Delays

logger = logging.getLogger("stagecraft.checkpoint")
_QUIET_SECONDS = 1.0
# The server answers nobody while it copies: so it does that for a twentieth of its time at most.
_SHARE = 20


class Activity:
    """When requests came and went."""

    def __init__(self) -> None:
        self._open = 0
        self._last = time.monotonic()
        self.changed = False

    @contextmanager
    def request(self) -> Iterator[None]:
        self._open += 1
        self.changed = True
        try:
            yield
        finally:
            self._open -= 1
            self._last = time.monotonic()

    @property
    def is_quiet(self) -> bool:
        return self._open == 0 and time.monotonic() - self._last >= _QUIET_SECONDS


async def take_checkpoints(home: Home, activity: Activity) -> None:
    """Look every few seconds whether there is something new and time to copy it."""
    shortest = Delays.from_environment().checkpoint_seconds
    took = 0.0
    while True:
        await asyncio.sleep(max(shortest, _SHARE * took))
        if not activity.changed or not activity.is_quiet or _is_locked():
            continue
        activity.changed = False
        started = time.monotonic()
        # On the event loop, so that no request changes the state while it is written.
        ministack.app.save_all(ministack.app._build_persistence_save_dict())
        checkpoint.copy(home)
        took = time.monotonic() - started
        logger.info("checkpoint taken in %.2f s", took)


def _is_locked() -> bool:
    """Whether a Terraform state lock is held, as an object or as a table item."""
    if any(
        str(key).endswith(".tflock") for bucket in s3._buckets._data.values() for key in bucket["objects"]
    ):
        return True
    return any(_is_lock(item) for table in dynamodb._tables.all_values() for item in _items(table))


def _items(table: dict[str, object]) -> list[object]:
    """Items of a lock table; the keys of no other table are named like that."""
    if table.get("pk_name") != "LockID":
        return []
    items = table.get("items")
    return [item for rows in items.values() for item in rows.values()] if isinstance(items, dict) else []


def _is_lock(item: object) -> bool:
    """Terraform keeps a digest in the same table, which is no lock."""
    return isinstance(item, dict) and "Info" in item
