"""Faults that tests set: the next calls of an operation fail, are delayed, or lose their answer."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What the next *times* calls of *operation* meet.

    ``operation`` "*" means every call of the service. ``lost_answer`` lets the call happen and
    then drops the connection; ``reset`` drops it before; ``delay_seconds`` alone only delays.
    """

    service: str
    operation: str = "*"
    times: int = 1
    error: str = "InternalFailure"
    status: int = 500
    account: str = ""
    delay_seconds: float = 0.0
    reset: bool = False
    lost_answer: bool = False

    @property
    def only_delays(self) -> bool:
        return self.delay_seconds > 0 and self.status < 400 and not self.reset and not self.lost_answer


_lock = threading.Lock()
_pending: list[tuple[Fault, int]] = []


def add(fault: Fault) -> None:
    """Set *fault* after those already set."""
    with _lock:
        _pending.append((fault, fault.times))


def clear() -> None:
    """Forget all faults."""
    with _lock:
        _pending.clear()


def listing() -> list[tuple[Fault, int]]:
    """Faults and how many calls each still meets."""
    with _lock:
        return list(_pending)


def concerns(service: str) -> bool:
    """Whether any fault is set for *service*: a cheap question on the path of every request."""
    return any(fault.service == service for fault, _ in _pending)


def take(service: str, operation: str, account: str) -> Fault | None:
    """Use up one of the first fault that fits, if any does."""
    with _lock:
        for index, (fault, left) in enumerate(_pending):
            fits = fault.service == service and fault.operation in ("*", operation)
            if fits and fault.account in ("", account):
                if left > 1:
                    _pending[index] = (fault, left - 1)
                else:
                    del _pending[index]
                return fault
    return None
