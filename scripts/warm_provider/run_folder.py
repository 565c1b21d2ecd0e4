"""A private, short-named folder for one run's sockets, which the next run removes if its owner could not."""

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# A unix socket's path is at most 107 bytes on Linux and 103 on macOS. Below the base come a folder of 8
# characters and a name of up to 21.
_LONGEST_BASE = 103 - 8 - 21 - 2

# Of a base that serves one run only, because the shared one is not to be trusted.
_OWN_BASE = "sc-"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder, and the open lock that says that somebody still needs it."""

    path: Path
    lock: int


@contextlib.contextmanager
def run_folder(parent: Path | None = None) -> Iterator[RunFolder]:
    """Make a folder for one run and remove it at the end, with those whose runs were killed."""
    base = _private_base(parent or Path(tempfile.gettempdir()))
    with _locked(base / "lock"):
        _remove_abandoned(base)
        path = Path(tempfile.mkdtemp(dir=base, prefix=""))
        lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield RunFolder(path, lock)
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(lock)
        if base.name.startswith(_OWN_BASE):
            shutil.rmtree(base, ignore_errors=True)


def _private_base(parent: Path) -> Path:
    name = f"stagecraft-{os.getuid()}"
    if len(str(parent / name)) > _LONGEST_BASE:
        parent = Path("/tmp")
    base = parent / name
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = base.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        # Somebody else made it, so they could put sockets of their own there.
        return Path(tempfile.mkdtemp(dir=parent, prefix=_OWN_BASE))
    return base


def _remove_abandoned(base: Path) -> None:
    for path in base.iterdir():
        if path.is_dir() and _is_abandoned(path / "lock"):
            shutil.rmtree(path, ignore_errors=True)


def _is_abandoned(lock: Path) -> bool:
    try:
        descriptor = os.open(lock, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
