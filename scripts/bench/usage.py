"""Measure what a piece of work takes: wall time, processor time, peak memory of all its processes."""

import contextlib
import os
import resource
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SAMPLE_SECONDS = 0.2
_PROC = Path("/proc")


@dataclass(slots=True)
class Usage:
    """What a block of work took; filled when it is left."""

    wall: float = 0.0
    cpu: float = 0.0
    peak_mb: int = 0


@contextlib.contextmanager
def measured(without: int) -> Iterator[Usage]:
    """Measure the block and every process that it starts and waits for, *without* one that serves it."""
    usage, over = Usage(), threading.Event()
    sampler = threading.Thread(target=_sample, args=(usage, over, without), daemon=True)
    cpu, wall = _cpu(), time.monotonic()
    sampler.start()
    try:
        yield usage
    finally:
        usage.wall, usage.cpu = time.monotonic() - wall, _cpu() - cpu
        over.set()
        sampler.join()


def _cpu() -> float:
    waited_for = resource.getrusage(resource.RUSAGE_CHILDREN)
    return waited_for.ru_utime + waited_for.ru_stime + time.process_time()


def _sample(usage: Usage, over: threading.Event, without: int) -> None:
    while not over.wait(_SAMPLE_SECONDS):
        usage.peak_mb = max(usage.peak_mb, _megabytes_of(_descendants(os.getpid(), without)))


def _descendants(root: int, without: int) -> list[int]:
    """Return the living processes below *root*, except *without* and what is below that."""
    children: dict[int, list[int]] = {}
    for path in _PROC.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # The name stands in parentheses and may hold anything; the parent is the second word after it.
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            if int(path.parent.name) != without:
                children.setdefault(parent, []).append(int(path.parent.name))
    found, waiting = [], list(children.get(root, []))
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting.extend(children.get(pid, []))
    return found


def _megabytes_of(pids: list[int]) -> int:
    """Sum the proportional sizes: the provider's 700 MB of code are shared by all who run it."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total // 1024
