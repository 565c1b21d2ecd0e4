"""storefront with prod's sizes: applied in one command, stable, and destroyed to nothing once its guards are let go."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from scripts.processes import Finished
from tests.checkout import Checkout, copy_checkout

pytestmark = pytest.mark.slow

SELECTED = ("--env", "prod", "--local", "--system", "platform,storefront")
PLACE = "live/prod/us-east-1/storefront"


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


def test_what_is_protected_goes_only_after_a_line_says_so(shop: Checkout, applied: Finished) -> None:
    """--allow names what may be lost; AWS itself still refuses, and only an edited, applied line ends that."""
    database = shop.path / PLACE / "database" / "terraform.tfvars"
    database.write_text(f"{database.read_text()}deletion_protection = false\n")
    shop.edit(
        f"{PLACE}/load-balancer/terraform.tfvars", "deletion_protection = true", "deletion_protection = false"
    )
    for unit in ("database", "load-balancer"):
        lifted = shop.invoke("apply", *SELECTED[:3], "--system", "storefront", "--unit", unit, "--yes")
        assert lifted.code == 0, lifted.out + lifted.err
    gone = shop.invoke("destroy", *SELECTED, "--yes", "--allow", "*", timeout=1800)
    assert gone.code == 0, gone.out + gone.err
    again = shop.invoke("destroy", *SELECTED, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")
