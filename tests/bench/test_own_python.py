"""A plan of fifty units leaves the time to Terraform and AWS: our own Python takes less than two seconds of it."""

import os
from collections.abc import Iterator

import pytest

from scripts.bench.run import COMMAND_AT, run_bench

# Processor seconds; they grow where many processes share a core, so the bound of 2 is held with a margin.
MOST_SECONDS = 4.0


@pytest.fixture
def environment() -> Iterator[None]:
    """The bench points this whole process at its embedded AWS."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.mark.slow
@pytest.mark.usefixtures("environment")
def test_our_own_python_takes_little_of_a_plan() -> None:
    rows = run_bench((COMMAND_AT,), plain_up_to=0)
    (own,) = [row.own_python for row in rows if row.own_python is not None]
    assert 0 < own < MOST_SECONDS
