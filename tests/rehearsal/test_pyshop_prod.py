"""platform and pyshop with prod's sizes and a domain: applied, stable, and destroyed only by somebody who means it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from scripts.processes import Finished
from tests.checkout import Checkout, copy_checkout

pytestmark = pytest.mark.slow

SELECTED = ("--env", "prod", "--local", "--system", "platform,pyshop")
DATABASE = "live/prod/us-east-1/pyshop/database/terraform.tfvars"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    made = copy_checkout(tmp_path_factory.mktemp("pyshop-prod") / "stagecraft")
    yield made
    made.invoke("local.stop")


@pytest.fixture(scope="module")
def applied(shop: Checkout) -> Finished:
    finished = shop.invoke("apply", *SELECTED, "--yes", timeout=1800.0)
    assert finished.code == 0, finished.out + finished.err
    return finished


def test_prod_applies_and_its_second_plan_is_empty(shop: Checkout, applied: Finished) -> None:
    planned = shop.invoke("plan", *SELECTED, "--json")
    found = {row["unit"]: row["changes"] for row in json.loads(planned.out) if row["changes"]}
    assert (found, planned.code) == ({}, 0), planned.err


def test_the_domain_has_its_certificate_and_both_names(shop: Checkout, applied: Finished) -> None:
    shown = shop.invoke_json("output", *SELECTED[:3], "--system", "pyshop")
    outputs = {unit.rpartition("/")[2]: values for unit, values in shown.items()}
    assert outputs["dns-zone"]["certificate_arn"].startswith(
        "arn:aws:acm:us-east-1:333333333333:certificate/"
    )
    assert outputs["dns-records"]["fqdns"] == {"apex": "pyshop.example.com", "www": "www.pyshop.example.com"}


def test_a_protected_database_outlives_a_destroy_until_a_line_says_otherwise(
    shop: Checkout, applied: Finished
) -> None:
    """--allow names what may be lost; AWS itself still refuses, and only an edited, reviewed, applied line ends that."""
    kept = shop.invoke("destroy", *SELECTED, "--yes", "--allow", "*", timeout=1800.0)
    assert kept.code == 1
    text = (shop.path / DATABASE).read_text()
    (shop.path / DATABASE).write_text(text + "deletion_protection = false\n")
    lifted = shop.invoke("apply", *SELECTED[:3], "--system", "pyshop", "--unit", "database", "--yes")
    assert lifted.code == 0, lifted.out + lifted.err
    gone = shop.invoke("destroy", *SELECTED, "--yes", "--allow", "*", timeout=1800.0)
    assert gone.code == 0, gone.out + gone.err
    again = shop.invoke("destroy", *SELECTED, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")
