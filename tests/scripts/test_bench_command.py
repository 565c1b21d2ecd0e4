"""What `invoke bench` is asked for, and what it tells a machine."""

import pytest

from scripts.bench.run import SIZES, Row
from scripts.checks.finding import Refused
from scripts.commands.bench import _sizes, per_size


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        pytest.param("", SIZES, id="all of them"),
        pytest.param("50, 12,12", (12, 50), id="each once, in order"),
        pytest.param("120", (50, 120), id="with one whose plain side can be measured"),
    ],
)
def test_sizes_are_read(text: str, sizes: tuple[int, ...]) -> None:
    assert _sizes(text) == sizes


@pytest.mark.parametrize("text", ["0", "-1", "x", "12,", "1.5"])
def test_a_size_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="whole numbers from 1"):
        _sizes(text)


def test_a_ratio_compares_warm_with_plain() -> None:
    rows = [
        Row(units=12, work="plan", side="plain", wall=20.0, cpu=40.0, peak_mb=900),
        Row(units=12, work="plan", side="warm", wall=2.0, cpu=3.0, peak_mb=100),
        Row(units=12, work="apply", side="warm", wall=9.0, cpu=3.0, peak_mb=100),
        Row(units=12, work="plan", side="invoke plan", wall=3.0, cpu=4.0, peak_mb=100, own_python=0.9),
    ]
    assert list(per_size(rows)) == [
        {
            "units": 12,
            "plain_s": 20.0,
            "warm_s": 2.0,
            "ratio": 0.1,
            "plain_cpu_s": 40.0,
            "warm_cpu_s": 3.0,
            "peak_mb": 100,
            "plain_extrapolated": False,
            "own_python_s": 0.9,
        }
    ]
