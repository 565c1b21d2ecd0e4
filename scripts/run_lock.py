"""One run at a time in a checkout and environment, and what a killed one left behind.

The kernel drops the lock with the process, so a kill -9 leaves no lock of ours; it can leave Terraform's lock object
beside a state. Those of our own dead run are removed by the next one; anybody else's stay and are named.
"""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import json
import os
import socket
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from scripts.checks.finding import Finding, Refused
from scripts.live.units import Unit
from scripts.states.bucket import StateStore
from scripts.states.locks import read_lock, release

if TYPE_CHECKING:
    import boto3


@dataclass(frozen=True, slots=True)
class Holder:
    """Who runs, since when."""

    who: str
    pid: int
    task: str
    since: str


def myself(task: str) -> Holder:
    """This process as a holder; ``user@host`` is how Terraform names itself in its locks, too."""
    return Holder(
        f"{getpass.getuser()}@{socket.gethostname()}", os.getpid(), task, datetime.now(UTC).isoformat()
    )


@dataclass(slots=True)
class Run:
    """A run that has begun."""

    unfinished: Holder | None
    """The run before, when it did not end well: what it locked may still be locked."""
    ended_well: bool = False


@contextlib.contextmanager
def only_run(folder: Path, name: str, task: str) -> Iterator[Run]:
    """Hold the run of *name*; it is remembered as unfinished until one sets ``ended_well``.

    Raises Refused, naming the holder, while another process has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.run"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read(path)
            raise Refused([Finding("run", 0, "already-running", "", "", "", _busy(name, holder))]) from None
        run = Run(_read(path))
        # A row of broken runs counts from its first: that one's locks may be among those that are left.
        me = myself(task)
        path.write_text(
            json.dumps(asdict(me if run.unfinished is None else replace(me, since=run.unfinished.since)))
        )
        try:
            yield run
        finally:
            if run.ended_well:
                path.write_text("")


def _busy(name: str, holder: Holder | None) -> str:
    known = "another run began just now"
    if holder:
        known = f"{holder.who} runs `{holder.task}` (process {holder.pid}) since {holder.since[:19]}Z"
    return f"{known} in {name}; wait for its end, or end it with Ctrl-C there, and run this again."


def _read(path: Path) -> Holder | None:
    with contextlib.suppress(json.JSONDecodeError, TypeError, FileNotFoundError):
        return Holder(**json.loads(path.read_text()))
    return None


def release_own_leftovers(
    session: boto3.Session, store: StateStore, units: Sequence[Unit], dead: Holder, live_since: Sequence[Path]
) -> tuple[str, ...]:
    """Remove the state locks that the dead run *dead* left, and say which.

    A lock is its own when Terraform wrote the same user and host into it, after that run began. Nothing is removed
    while a Terraform process still works below one of *live_since*: it may be the lock's holder.
    """
    if any(_works_below(folder) for folder in live_since):
        return ()
    released = []
    for unit in units:
        try:
            lock = read_lock(session, store, unit)
        except ClientError:
            continue
        if lock and is_own(lock.who, lock.created, dead):
            release(session, store, unit)
            released.append(
                f"released the state lock of {unit.path}, left by the run of {dead.since[:19]}Z that did not end"
            )
    return tuple(released)


def is_own(who: str, created: str, dead: Holder) -> bool:
    """Whether a lock that names *who* and *created* was taken by the run *dead*."""
    if who != dead.who:
        return False
    # Terraform writes nanoseconds, more than fromisoformat takes.
    moment = datetime.fromisoformat(created[:19] + "+00:00")
    return moment >= datetime.fromisoformat(dead.since) - timedelta(seconds=1)


def _works_below(folder: Path) -> bool:
    """Whether some process has its working directory below *folder*; where that cannot be seen: perhaps."""
    if not Path("/proc/self/cwd").exists():
        return True
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if entry.readlink().is_relative_to(folder):
                return True
    return False
