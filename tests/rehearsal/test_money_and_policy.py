"""What an environment costs and what it breaks are said of the same plans that an apply would make."""

import json
from collections.abc import Iterator

import pytest

from scripts.audit.waivers import read_waivers
from scripts.machine import REPOSITORY
from tests.checkout import Checkout

STORAGE = ("--env", "dev", "--local", "--system", "order-analytics", "--unit", "storage")


@pytest.fixture
def one_dollar(checkout: Checkout) -> Iterator[None]:
    """dev may cost a cent, for as long as the test runs."""
    checkout.edit("live/dev/env.hcl", "monthly_budget_usd = 700", "monthly_budget_usd = 0.01")
    yield
    checkout.edit("live/dev/env.hcl", "monthly_budget_usd = 0.01", "monthly_budget_usd = 700")


def test_an_estimate_over_the_budget_ends_with_2_and_counts_every_resource(
    checkout: Checkout, order_analytics: object, one_dollar: None
) -> None:
    finished = checkout.invoke("cost", *STORAGE, "--json")
    assert finished.code == 2, finished.out + finished.err
    shown = json.loads(finished.out)
    counts = shown["coverage"]
    assert (shown["over_budget"], shown["budget_usd"]) == (True, 0.01)
    assert {"DynamoDB", "S3"} <= set(shown["groups"])
    assert counts["priced"] + counts["free"] + counts["not_covered"] == counts["resources"] > 5
    assert not (checkout.path / ".cache" / "plans" / "dev-rehearsal-looked-at").exists()


@pytest.mark.slow
def test_nothing_in_prod_breaks_a_rule_and_everything_that_is_let_through_is_needed(
    checkout: Checkout,
) -> None:
    finished = checkout.invoke("audit", "--env", "prod", "--local", "--json", timeout=3600)
    shown = json.loads(finished.out)
    assert (shown["findings"], shown["expired"], finished.code) == ([], [], 0)
    excluded = {each.rule for each in read_waivers(REPOSITORY).exclusions}
    assert excluded - {breach["rule"] for breach in shown["excluded"]} == set()
    assert shown["unneeded"] == []
