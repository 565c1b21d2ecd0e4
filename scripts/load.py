"""A bounded load on one request, and whether the answers came in time.

Open model: requests start at a fixed rate, whether or not earlier ones were answered, as users do. A slow system
therefore shows its queue instead of slowing the test down.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

MOST_REQUESTS = 20_000
MOST_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """What the answers must keep to."""

    p95_ms: float
    failed_percent: float = 0.0
    """Answers of 500 and more, or none."""
    throttled_percent: float = 5.0
    """Answers of 429: the system protects itself, and the load was set too high."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a load."""

    statuses: Mapping[int, int]
    p50_ms: float
    p95_ms: float
    p99_ms: float
    longest_ms: float

    @property
    def count(self) -> int:
        """How many requests were sent."""
        return sum(self.statuses.values())

    def percent(self, wanted: Callable[[int], bool]) -> float:
        """The share of answers whose status is *wanted*."""
        return 100 * sum(count for status, count in self.statuses.items() if wanted(status)) / self.count


def apply_load(send: Callable[[], int], rate: float, seconds: float) -> Report:
    """Call *send* (it returns the status) *rate* times a second for *seconds*; blocks until all are answered."""
    count = max(1, round(rate * seconds))
    began = time.monotonic()

    def one(number: int) -> tuple[int, float]:
        due = began + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        status = send()
        return status, (
            time.monotonic() - due
        ) * 1000  # from when it was due: waiting for a free sender counts

    with ThreadPoolExecutor(min(MOST_AT_ONCE, count)) as senders:
        return summed_up(list(senders.map(one, range(count))))


def summed_up(answers: Sequence[tuple[int, float]]) -> Report:
    """The report of *answers*: status and milliseconds of each."""
    times = sorted(milliseconds for _, milliseconds in answers)

    def percentile(percent: int) -> float:
        return times[max(0, math.ceil(len(times) * percent / 100) - 1)]

    statuses = Counter(status for status, _ in answers)
    return Report(dict(sorted(statuses.items())), percentile(50), percentile(95), percentile(99), times[-1])


def broken(report: Report, limits: Limits) -> tuple[str, ...]:
    """What of *limits* the answers did not keep to, a sentence each."""
    failed = report.percent(lambda status: status == 0 or status >= 500)
    throttled = report.percent(lambda status: status == 429)
    found = []
    if report.p95_ms > limits.p95_ms:
        found.append(
            f"95 % of the answers took up to {report.p95_ms:.0f} ms; the limit is {limits.p95_ms:.0f} ms."
        )
    if failed > limits.failed_percent:
        found.append(
            f"{failed:.1f} % failed (500 and more, or no answer); the limit is {limits.failed_percent:.1f} %."
        )
    if throttled > limits.throttled_percent:
        found.append(
            f"{throttled:.1f} % were throttled (429); the limit is {limits.throttled_percent:.1f} %: "
            "lower --rate, or raise the API's throttling."
        )
    return tuple(found)
