"""The same systems with prod's sizes: applied in one command, answering signed calls, and stable."""

import json

from tests.checkout import Checkout

PROD = ("--env", "prod", "--local", "--system", "platform,order-analytics")


def test_prod_applies_in_one_command_answers_as_it_says_and_its_second_plan_is_empty(
    checkout: Checkout,
) -> None:
    applied = checkout.invoke("apply", *PROD, "--yes")
    assert applied.code == 0, applied.out + applied.err
    block = "\n".join(line for line in applied.out.splitlines() if line.startswith("  curl "))
    answers = checkout.type(block)
    assert answers.out.count('"order_id": "A-1001"') == 2, answers.out + answers.err
    planned = checkout.invoke("plan", *PROD, "--json")
    changes = {row["unit"]: row["changes"] for row in json.loads(planned.out) if row["changes"]}
    assert (changes, planned.code) == ({}, 0), planned.err
