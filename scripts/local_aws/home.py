"""The folder an embedded AWS lives in: its port, its state, its log and the proof that it is alive."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DEFAULT_HOME = REPOSITORY / ".rehearsal" / "aws"


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that says of itself that it serves a home."""

    pid: int
    port: int


@dataclass(frozen=True, slots=True)
class Home:
    """Names of the files in one home."""

    path: Path

    @property
    def state(self) -> Path:
        return self.path / "state"

    @property
    def objects(self) -> Path:
        return self.path / "objects"

    @property
    def scratch(self) -> Path:
        return self.path / "tmp"

    @property
    def checkpoint(self) -> Path:
        return self.path / "checkpoint"

    @property
    def clean(self) -> Path:
        return self.path / "clean"

    @property
    def log(self) -> Path:
        return self.path / "server.log"

    @property
    def port_file(self) -> Path:
        return self.path / "port"

    @property
    def alive(self) -> Path:
        return self.path / "alive"

    @property
    def starting(self) -> Path:
        return self.path / "starting"

    def create(self) -> None:
        for folder in (self.state, self.objects, self.scratch):
            folder.mkdir(parents=True, exist_ok=True)


def hold(home: Home, port: int) -> int:
    """Take the home for this process until it ends; return the file descriptor that must stay open.

    A lock, not a pid file: the kernel drops it with the process, however it dies, so a
    recycled pid can never be mistaken for the server.
    """
    descriptor = os.open(home.alive, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise SystemExit(f"{home.path}: another embedded AWS serves this folder; stop it first.") from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "port": port}).encode(), 0)
    return descriptor


def holder(home: Home) -> Holder | None:
    """The live process that holds the home, or None; a stale file from a killed one reads as None."""
    try:
        descriptor = os.open(home.alive, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _parse(os.pread(descriptor, 4096, 0))
    finally:
        os.close(descriptor)
    return None


def _parse(written: bytes) -> Holder | None:
    try:
        found = json.loads(written)
    except ValueError:
        return None  # the server took the lock a moment ago and has not written yet
    return Holder(pid=int(found["pid"]), port=int(found["port"]))


@contextmanager
def exclusive(home: Home) -> Iterator[None]:
    """Let one starter or stopper work on the home at a time; others wait."""
    home.create()
    with home.starting.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
