"""invoke data.*: snapshots of what holds data, and their return as new resources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from scripts import output, runs
from scripts.checks.finding import Finding, Refused, unknown
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.data.restores import Source, restore
from scripts.data.snapshots import LABEL, Snapshot, snapshots, take, wait
from scripts.data.stores import Store, stores_in
from scripts.states.state import read_text
from scripts.target import Target

WAIT_SECONDS = 3600.0
WORDS = "lower-case letters, digits and single hyphens, beginning with a letter"
NEW_NAME = re.compile(r"[a-z]([a-z0-9]|-(?=[a-z0-9])){0,62}")
"""RDS: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html; a table may have more, and none needs it."""


def list_data(flags: Flags) -> int:
    """What holds data in the chosen units, and the snapshots of it."""
    target = options.target(flags, sound=False)
    found = [(store, snapshots(target.session(store.region), store)) for store in _stores(target)]
    if flags.json:
        output.emit_json(
            [
                {
                    "unit": store.unit,
                    "kind": store.title,
                    "name": store.name,
                    "snapshots": [
                        {"name": each.name, "status": each.status, "made": each.made} for each in taken
                    ],
                }
                for store, taken in found
            ]
        )
        return options.FINE
    rows = [
        [store.unit.removeprefix("live/"), store.title, store.name, *_shown(each)]
        for store, taken in found
        for each in (taken or (None,))
    ]
    output.table("", ("unit", "kind", "name", "snapshot", "status", "made"), rows)
    return options.FINE


def snapshot(flags: Flags, label: str) -> int:
    """Take a snapshot of everything that holds data in the chosen units, and wait until all can be restored."""
    target = options.target(flags, sound=False)
    label = label or f"on-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    if not LABEL.fullmatch(label):
        message = f'"{label}" is no label: {WORDS}, at most 40.'
        raise Refused([Finding("--label", 0, "not-a-label", label, LABEL.pattern, "", message)])
    stores = _stores(target)
    if not stores:
        output.result("Nothing of the chosen units holds data.")
        return options.FINE
    for store in stores:
        output.say(f"  {store.title} {store.name}")
    options.confirm(f"Take {len(stores)} snapshots in {target.environment.name}?", "yes", flags)
    taken = [(store, take(target.session(store.region), store, label)) for store in stores]
    late: list[str] = []
    for region in target.regions:
        here = [pair for pair in taken if pair[0].region == region]
        names = [made.name for _, made in here]
        late += wait(target.session(region), [store for store, _ in here], names, WAIT_SECONDS)
    if flags.json:
        output.emit_json(
            [{"unit": store.unit, "store": store.name, "snapshot": made.name} for store, made in taken]
        )
    else:
        for _, made in taken:
            output.result(made.name)
    if late:
        output.failure(f"still being made: {', '.join(late)}; look again with ./invoke data.list.")
        return options.FAILED
    output.say(f"{len(taken)} snapshots can be restored. They stay, and cost, until somebody deletes them.")
    return options.FINE


def restore_data(flags: Flags, name: str, to: str, source: str) -> int:
    """Bring one database, cluster or table back as a new one."""
    target = options.target(flags, sound=False)
    store = _named(_stores(target), name)
    if not NEW_NAME.fullmatch(to):
        message = f'"{to}" is no name for it: {WORDS}, at most 63.'
        raise Refused([Finding("--to", 0, "not-a-name", to, NEW_NAME.pattern, "", message)])
    session = target.session(store.region)
    chosen = _source(store, snapshots(session, store), source)
    words = chosen.name if isinstance(chosen, Snapshot) else f"{chosen or 'the latest moment there is'}"
    output.step(f"{store.title} {store.name} as {to}, from {words}")
    output.say("  Nothing that exists is changed. The new one costs from now on.")
    options.confirm(f"Restore it in {target.environment.name}?", target.environment.name, flags)
    made = restore(session, store, to, chosen)
    output.result(f"{made} is being made. Next: docs/runbooks/disaster-recovery.md")
    return options.FINE


def _stores(target: Target) -> tuple[Store, ...]:
    texts = runs.each_state(target, target.units, read_text)
    return tuple(
        store
        for unit in target.units
        if (text := texts[unit.path])
        for store in stores_in(unit.path, unit.region, text)
    )


def _named(stores: Sequence[Store], name: str) -> Store:
    for store in stores:
        if store.name == name:
            return store
    known = [store.name for store in stores]
    raise Refused([unknown("--name", 0, "unknown-data", "nothing that holds data is called", name, known)])


def _source(store: Store, taken: Sequence[Snapshot], word: str) -> Source:
    """A snapshot's name, a moment, or nothing for the latest moment."""
    if not word:
        return None
    for each in taken:
        if each.name == word:
            return each
    try:
        return datetime.fromisoformat(word).astimezone(UTC)
    except ValueError:
        known = [each.name for each in taken]
        message = f"neither a moment (2026-01-31T13:00:00Z) nor a snapshot of {store.name}:"
        raise Refused([unknown("--source", 0, "unknown-snapshot", message, word, known)]) from None


def _shown(each: Snapshot | None) -> list[str]:
    if each is None:
        return ["none", "", ""]
    return [each.name, each.status, f"{each.made:%Y-%m-%d %H:%M}" if each.made else ""]
