"""States that Terraform could not save, because credentials ran out or the network went away in an apply.

It leaves such a state as ``errored.tfstate`` where the unit's code lies (Terraform, internal/command/apply.go), and it
knows of resources that the bucket's state does not. It is saved before the next run plans anything, or that run would
make them a second time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.checks.finding import Finding, Refused
from scripts.live.units import Unit
from scripts.states.backup import backup
from scripts.states.bucket import StateStore
from scripts.states.copies import write
from scripts.states.locks import held
from scripts.states.state import read_text, state_key

if TYPE_CHECKING:
    import boto3

# Terragrunt's working folders: <lock and warmth>/<hash>/<hash>/<domain>/<entity>.
WHERE = "*/*/*/*/*/errored.tfstate"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A state that did not reach its bucket."""

    file: Path
    bucket: str
    key: str


def unsaved(folder: Path) -> tuple[Unsaved, ...]:
    """The unsaved states below *folder*, Terragrunt's folder of working folders."""
    found = []
    for file in sorted(folder.glob(WHERE)):
        backend = json.loads((file.parent / ".terraform" / "terraform.tfstate").read_text())["backend"]
        found.append(Unsaved(file, backend["config"]["bucket"], backend["config"]["key"]))
    return tuple(found)


def save_all(
    session: boto3.Session, store: StateStore, units: Sequence[Unit], folder: Path
) -> tuple[str, ...]:
    """Save what is unsaved of *units* (all of the store's region); says what was done, one line each.

    Raises Refused for a state that went on without what is unsaved: only a person can join the two.
    """
    by_key = {state_key(unit): unit for unit in units}
    return tuple(
        _save(session, store, by_key[left.key], left)
        for left in unsaved(folder)
        if left.bucket == store.bucket and left.key in by_key
    )


def _save(session: boto3.Session, store: StateStore, unit: Unit, left: Unsaved) -> str:
    with held(session, store, unit, "save what the last run could not"):
        text, now = left.file.read_bytes(), read_text(session, store, unit)
        if not follows(text, now):
            message = (
                f"the last run could not save its state, and the state went on without it; compare {left.file} with "
                "`invoke state.list --copies`, import what only the file knows, and delete the file."
            )
            raise Refused([Finding(unit.path, 0, "state-forked", "", "", "", message)])
        backup(session, store, [unit])
        serial = write(session, store, unit, text).serial
    left.file.unlink()
    return f"saved the state of {unit.path} (serial {serial}), which the run before could not"


def follows(text: bytes, now: bytes | None) -> bool:
    """Whether *text* is a successor of *now*, as `terraform state push` sees it: same lineage, higher serial."""
    if now is None:
        return True
    new, old = json.loads(text), json.loads(now)
    return bool(new["lineage"] == old["lineage"] and new["serial"] > old["serial"]) or new == old
