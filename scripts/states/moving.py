"""Move a resource to another address or another unit's state. Terraform does the work, on copies of the states."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import processes, toolchain
from scripts.checks.finding import Finding, Refused, unknown
from scripts.live.units import Unit
from scripts.states import copies as state_copies
from scripts.states.bucket import StateStore
from scripts.states.state import parse_state, read_text

if TYPE_CHECKING:
    import boto3


@dataclass(frozen=True, slots=True)
class End:
    """A unit and the store that its state lies in."""

    unit: Unit
    session: boto3.Session
    store: StateStore

    def text(self) -> bytes | None:
        """The unit's state now."""
        return read_text(self.session, self.store, self.unit)


def check(source: End, old: str, target: End, new: str) -> tuple[tuple[str, str], ...]:
    """Each address that would move, with the one it gets.

    Raises Refused when there is nothing at *old*, or something at *new* already.
    """
    text = source.text()
    have = parse_state(source.unit.path, text).addresses if text else {}
    moving = [address for address in have if _is_at(address, old)]
    if not moving:
        known = {*have, *(address.rsplit(".", 2)[0] for address in have if address.startswith("module."))}
        raise Refused([unknown(source.unit.path, 0, "no-such-address", "its state has no", old, known)])
    there = target.text()
    taken = parse_state(target.unit.path, there).addresses if there else {}
    moved = tuple((address, new + address[len(old) :]) for address in moving)
    clash = [
        Finding(target.unit.path, 0, "address-taken", name, "", "", f"its state has {name} already.")
        for _, name in moved
        if name in taken
    ]
    if clash:
        raise Refused(clash)
    return moved


def move(source: End, old: str, target: End, new: str) -> None:
    """Move; the caller holds both locks. The receiving state is written first: a kill between leaves it in both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        here, there = folder / "source.tfstate", folder / "target.tfstate"
        here.write_bytes(source.text() or b"")
        same = source.unit == target.unit
        words = [f"-state={here}"]
        if not same:
            found = target.text()
            if found:
                there.write_bytes(found)
            words.append(f"-state-out={there}")
        argv: list[str | Path] = [toolchain.terraform(), "state", "mv", "-lock=false", *words, old, new]
        processes.run(argv, cwd=folder)
        if not same:
            state_copies.write(target.session, target.store, target.unit, there.read_bytes())
        state_copies.write(source.session, source.store, source.unit, here.read_bytes())


def _is_at(address: str, prefix: str) -> bool:
    return address == prefix or address.startswith((f"{prefix}.", f"{prefix}["))
