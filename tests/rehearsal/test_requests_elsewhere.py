"""`invoke test --requests` against staging and prod, as people type it: refused before an apply, green after it."""

from __future__ import annotations

import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from scripts.endpoints import reachable
from scripts.machine import REPOSITORY
from tests.checkout import Checkout, own_checkout

pytestmark = pytest.mark.slow

LONG = 1800.0


@dataclass(frozen=True)
class Place:
    """An environment, and a checkout of its own with the tests that people run there."""

    checkout: Checkout
    environment: str

    @property
    def flags(self) -> tuple[str, ...]:
        return ("--env", self.environment, "--local")


@pytest.fixture(scope="module", params=["staging", "prod"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with own_checkout(tmp_path_factory.mktemp(request.param)) as made:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / "tests", made.path / "tests", ignore=ignored)
        yield Place(made, request.param)


def test_before_an_apply_it_says_what_to_type(place: Place) -> None:
    finished = place.checkout.invoke("test", "--requests", *place.flags)
    typed = f"./invoke apply --env {place.environment} --local --system platform,order-analytics."
    assert (finished.code, typed in finished.err, finished.out) == (3, True, ""), finished.err


@pytest.fixture(scope="module")
def applied(place: Place) -> Place:
    finished = place.checkout.invoke(
        "apply", *place.flags, "--system", "platform,order-analytics", "--yes", timeout=LONG
    )
    assert finished.code == 0, finished.out + finished.err
    return place


def test_then_every_request_is_answered_as_in_dev(applied: Place) -> None:
    finished = applied.checkout.invoke("test", "--requests", *applied.flags, timeout=LONG)
    assert finished.code == 0, finished.out + finished.err
    assert "Left out: tests that send more than the throttle takes" in finished.err
    summary = re.search(r"(\d+) passed, 1 deselected in", finished.out)
    assert summary is not None and int(summary[1]) >= 15, finished.out


def test_a_call_that_nobody_signed_is_turned_away(applied: Place) -> None:
    shown = applied.checkout.invoke_json("output", *applied.flags, "--unit", "order-analytics/api-ingestion")
    (outputs,) = shown.values()
    base = reachable(outputs["invoke_url"], applied.checkout.endpoint)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{base.rstrip('/')}/orders/A-1001", timeout=30)
    assert refused.value.code == 403
