"""Start processes. The one room that does, besides the launchers.

Each process gets its own group, so that a stop reaches its children too and Ctrl-C reaches it once, from here.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

GRACE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Finished:
    """What a process left behind."""

    argv: tuple[str, ...]
    code: int
    out: str
    err: str
    seconds: float

    def last_lines(self, count: int = 15) -> str:
        """The end of what it printed, errors first: what a person needs to see of a failure."""
        text = self.err.strip() or self.out.strip()
        return "\n".join(text.splitlines()[-count:])


class ProcessFailed(Exception):
    """A process ended with a code that its caller did not allow."""

    def __init__(self, finished: Finished) -> None:
        self.finished = finished
        super().__init__(f"`{' '.join(finished.argv)}` ended with {finished.code}:\n{finished.last_lines()}")


def run(
    argv: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
    check: bool = True,
    input: str | None = None,
) -> Finished:
    """Run to the end and give back its output; raise ProcessFailed on a code other than 0 when *check*.

    *timeout* is in seconds; when it passes, the whole group is stopped and the code is -9.
    """
    words = tuple(str(word) for word in argv)
    began = time.monotonic()
    with _started(
        words, cwd, env, stdin=subprocess.PIPE if input is not None else subprocess.DEVNULL
    ) as process:
        try:
            out, err = process.communicate(input=input, timeout=timeout)
        except subprocess.TimeoutExpired:
            stop(process)
            out, err = process.communicate()
            err += f"\nstopped after {timeout:.0f} s"
    finished = Finished(words, process.returncode, out, err, time.monotonic() - began)
    if check and finished.code != 0:
        raise ProcessFailed(finished)
    return finished


def follow(
    argv: Sequence[str | Path],
    *,
    on_line: Callable[[str], None],
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> int:
    """Run to the end, hand over each line of its output as it comes, and return its exit code."""
    words = tuple(str(word) for word in argv)
    with _started(words, cwd, env, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        for line in process.stdout:
            on_line(line.rstrip("\n"))
        return process.wait()


@contextlib.contextmanager
def background(
    argv: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None, log: Path
) -> Iterator[subprocess.Popen[str]]:
    """A process that lives as long as the ``with`` block, its output in *log*."""
    with (
        log.open("a") as output,
        _started(tuple(str(word) for word in argv), cwd, env, stdout=output, stderr=output) as process,
    ):
        try:
            yield process
        finally:
            stop(process)


def stop(process: subprocess.Popen[str], grace_seconds: float = GRACE_SECONDS) -> None:
    """Ask a process group to end, the way Ctrl-C would, and insist after *grace_seconds*.

    Terraform saves its state and releases its lock on the first signal, so the grace is generous.
    """
    for number, seconds in ((signal.SIGINT, grace_seconds), (signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
        try:
            process.wait(timeout=seconds)
            break
        except subprocess.TimeoutExpired:
            continue
    # The leader is gone; what it started must not outlive it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def _started(
    argv: tuple[str, ...],
    cwd: Path | None,
    env: Mapping[str, str] | None,
    *,
    stdin: int = subprocess.DEVNULL,
    stdout: int | IO[str] = subprocess.PIPE,
    stderr: int | IO[str] = subprocess.PIPE,
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        argv,
        cwd=cwd,
        env=None if env is None else dict(env),
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )
    guard = threading.current_thread() is threading.main_thread()
    previous = signal.signal(signal.SIGTERM, _as_interrupt) if guard else None
    try:
        yield process
    except BaseException:
        stop(process)
        raise
    finally:
        if guard:
            signal.signal(signal.SIGTERM, previous)


_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """Have the kernel interrupt the child when we are killed: Terragrunt then ends Terraform, which saves its state."""
    assert _LIBC is not None
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _as_interrupt(number: int, frame: object) -> None:
    """A polite end of our own process ends its children the way Ctrl-C does."""
    raise KeyboardInterrupt
