"""A load is as large as it was asked to be, and late or failed answers break its limits."""

import itertools
import threading
import time

import pytest

from scripts.load import Limits, apply_load, broken, summed_up


def test_as_many_requests_start_as_were_asked_for_at_that_rate() -> None:
    moments: list[float] = []
    lock = threading.Lock()

    def send() -> int:
        with lock:
            moments.append(time.monotonic())
        return 200

    began = time.monotonic()
    report = apply_load(send, rate=50, seconds=0.4)
    assert report.count == len(moments) == 20
    # A busy machine may start one late, but none may start before its time.
    assert all(moment - began >= number / 50 for number, moment in enumerate(sorted(moments)))


def test_a_slow_answer_does_not_hold_the_next_request_back() -> None:
    numbers = itertools.count()

    def send() -> int:
        time.sleep(2 if next(numbers) == 0 else 0)
        return 200

    report = apply_load(send, rate=100, seconds=0.2)
    assert report.longest_ms >= 2000
    assert report.p50_ms < 1000


def test_percentiles_are_those_of_the_nearest_rank() -> None:
    report = summed_up([(200, float(number)) for number in range(1, 101)])
    assert (report.p50_ms, report.p95_ms, report.p99_ms, report.longest_ms) == (50, 95, 99, 100)
    only = summed_up([(200, 7.0)])
    assert (only.p50_ms, only.p95_ms, only.longest_ms) == (7, 7, 7)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([(200, 10.0)] * 19 + [(200, 900.0)], []),
        ([(200, 10.0)] * 18 + [(200, 900.0)] * 2, ["took up to 900 ms; the limit is 500 ms"]),
        ([(200, 10.0)] * 99 + [(500, 10.0)], ["1.0 % failed"]),
        ([(200, 10.0)] * 99 + [(0, 10.0)], ["1.0 % failed"]),
        ([(404, 10.0)] * 10, []),
        ([(200, 10.0)] * 95 + [(429, 10.0)] * 5, []),
        ([(200, 10.0)] * 94 + [(429, 10.0)] * 6, ["6.0 % were throttled"]),
    ],
)
def test_what_breaks_a_limit_is_said(answers: list[tuple[int, float]], says: list[str]) -> None:
    found = broken(summed_up(answers), Limits(p95_ms=500))
    assert len(found) == len(says)
    assert all(words in sentence for words, sentence in zip(says, found, strict=True))
