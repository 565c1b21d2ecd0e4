"""storefront with prod's sizes: applied in one command, stable, and destroyed to nothing once its guards are let go."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from scripts.processes import Finished
from tests.checkout import Checkout, copy_checkout

pytestmark = pytest.mark.slow

SELECTED = ("--env", "prod", "--local", "--system", "platform,storefront")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A checkout of its own: what is destroyed here is nobody else's."""
    made = copy_checkout(tmp_path_factory.mktemp("storefront-prod") / "stagecraft")
    yield made
    made.invoke("local.stop")


@pytest.fixture(scope="module")
def applied(shop: Checkout) -> Finished:
    finished = shop.invoke("apply", *SELECTED, "--yes", timeout=1800)
    assert finished.code == 0, finished.out + finished.err
    return finished


def test_prod_applies_in_one_command_and_its_second_plan_is_empty(shop: Checkout, applied: Finished) -> None:
    planned = shop.invoke("plan", *SELECTED, "--json", timeout=1800)
    changes = {row["unit"]: row["changes"] for row in json.loads(planned.out) if row["changes"]}
    assert (changes, planned.code) == ({}, 0), planned.err
