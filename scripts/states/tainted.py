"""Resources with data whose creation was cut short: Terraform calls them tainted and would replace them.

Most of them are sound: the call that made them went through, and the one after it did not. Without the mark the next
plan reads them as they are in AWS and sets what is still missing; what is not there after all is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from scripts.live.units import Unit
from scripts.states.backup import backup
from scripts.states.bucket import StateStore
from scripts.states.copies import renewed, write
from scripts.states.locks import held
from scripts.states.state import address_of, read_text

if TYPE_CHECKING:
    import boto3

Keep = Callable[[str, str], bool]
"""Whether a resource, by type and address, shall be kept as it is."""


def keep_all(
    session: boto3.Session,
    store: StateStore,
    states: Iterable[tuple[Unit, bytes | None]],
    keep: Keep,
) -> tuple[str, ...]:
    """Take the marks of what is to be kept out of *states* (all of the store's region); one line each."""
    return tuple(
        f"kept {address} of {unit.path}, whose creation was cut short: it is completed, not replaced"
        for unit, text in states
        if text is not None and b'"tainted"' in text
        for address in _keep(session, store, unit, keep)
    )


def _keep(session: boto3.Session, store: StateStore, unit: Unit, keep: Keep) -> tuple[str, ...]:
    with held(session, store, unit, "keep what was cut short"):
        now = read_text(session, store, unit)
        text, kept = untainted(now or b"{}", keep)
        if kept:
            backup(session, store, [unit])
            write(session, store, unit, renewed(text, now))
    return kept


def untainted(text: bytes, keep: Keep) -> tuple[bytes, tuple[str, ...]]:
    """A state without the marks of what is to be kept, and the addresses of that."""
    document = json.loads(text)
    kept = []
    for resource in document.get("resources", []):
        for instance in resource.get("instances", []):
            address = address_of(resource, instance)
            if instance.get("status") == "tainted" and keep(resource["type"], address):
                del instance["status"]
                kept.append(address)
    return json.dumps(document, indent=2).encode(), tuple(kept)
