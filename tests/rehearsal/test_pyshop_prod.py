"""platform and pyshop with prod's sizes and a domain: applied in one command, and stable."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from scripts.processes import Finished
from tests.checkout import Checkout, copy_checkout

pytestmark = pytest.mark.slow

SELECTED = ("--env", "prod", "--local", "--system", "platform,pyshop")


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
