"""An apply that is killed at any point ends, by the same command, where one that nobody killed does."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checkout import Checkout, clean_environment
from tests.rehearsal.chain import CHAIN, UNITS, chained, names, values
from tests.rehearsal.test_interrupted import working_in

__all__ = ["chained"]
pytestmark = pytest.mark.slow
DEADLINE = 120.0

TASK, TERRAGRUNT, TERRAFORM = "invoke", "terragrunt", "terraform"
POINTS = [
    *((victim, number) for victim in (TASK, TERRAFORM) for number in range(1, 9)),
    *((TERRAGRUNT, number) for number in (1, 3, 5, 7)),
]
"""Which process dies when the how-manyeth Terraform of the run has started: planning, planning again, applying."""


class Apply:
    """An apply under way, of which every Terraform is counted as it starts."""

    def __init__(self, checkout: Checkout, log: Path) -> None:
        self.checkout, self.log, self.seen = checkout, log, set[int]()
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "invoke", "apply", *CHAIN, "--yes"],
                cwd=checkout.path,
                env=clean_environment(),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait_for(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + DEADLINE
        while not condition():
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.005)

    def started(self, number: int) -> bool:
        """Whether so many have started, or the run is over before."""
        self.seen |= set(working_in(self.checkout.path, TERRAFORM))
        return len(self.seen) >= number or self.process.poll() is not None

    def kill(self, victim: str) -> None:
        for pid in [self.process.pid] if victim == TASK else working_in(self.checkout.path, victim)[-1:]:
            os.kill(pid, signal.SIGKILL)

    def over(self) -> bool:
        return self.process.poll() is not None and not working_in(self.checkout.path, TERRAFORM)


@pytest.mark.parametrize(("victim", "number"), POINTS)
def test_the_same_command_ends_where_an_apply_that_nobody_killed_does(
    chained: Checkout, tmp_path: Path, victim: str, number: int
) -> None:
    # All three are made anew, so that some are planned with stand-ins first.
    values(chained, days=14)
    assert chained.invoke("destroy", *CHAIN, "--yes").code == 0
    run = Apply(chained, tmp_path / "apply.log")
    run.wait_for(lambda: run.started(number))
    run.kill(victim)
    run.wait_for(run.over)
    again = chained.invoke("apply", *CHAIN, "--yes")
    assert again.code == 0, again.out + again.err
    assert names(chained) == ["orders", "orders-second", "orders-second-third"]
    planned = chained.invoke("plan", *CHAIN)
    assert planned.code == 0, planned.out + planned.err
    assert len(UNITS) == 3 and "3 units, nothing to change." in planned.out
