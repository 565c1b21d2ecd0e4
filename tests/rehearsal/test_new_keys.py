"""One unit is to give another key, and another unit uses it already: one plan shows that, one apply does it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkout import Checkout
from tests.rehearsal.chain import CHAIN, PLACE, answered, chained, values

__all__ = ["chained"]
pytestmark = pytest.mark.slow

FIRST, SECOND, THIRD = (f"{PLACE}/{name}" for name in ("first", "second", "third"))
NAMES = 'outputs.log_group_names["first"]'


@pytest.fixture
def applied(chained: Checkout) -> Iterator[Checkout]:
    """The chain as it stands while nobody uses the new key."""
    definition = chained.path / "live/_units/chain/second.hcl"
    text = definition.read_text()
    values(chained)
    finished = chained.invoke("apply", *CHAIN, "--yes", "--allow", "*")
    assert finished.code == 0, finished.out + finished.err
    yield chained
    definition.write_text(text)


def use(checkout: Checkout, key: str, given: bool = True) -> None:
    """Have the second make another group, named by what the first calls *key*, which is to be there when *given*."""
    checkout.edit(
        "live/_units/chain/second.hcl",
        "inputs = { log_groups = {",
        f'inputs = {{ log_groups = {{ more = {{ name = "${{dependency.before.outputs.log_group_names["{key}"]}}-more" }},',
    )
    checkout.edit(
        "live/_units/chain/second.hcl", '{ first = "mock" }', f'{{ first = "mock", {key} = "mock" }}'
    )
    if given:
        first = f"{FIRST}/terraform.tfvars"
        checkout.edit(first, "log_groups = {", f'log_groups = {{ {key} = {{ name = "{key}" }},')


def second_names(checkout: Checkout) -> dict[str, str]:
    found: dict[str, str] = checkout.invoke_json("output", *CHAIN)[SECOND]["log_group_names"]
    return found


def test_a_plan_says_what_waits_for_what_and_plans_the_rest(applied: Checkout) -> None:
    use(applied, "mail")
    planned = applied.invoke("plan", *CHAIN, "--json")
    rows = {row["unit"]: row for row in json.loads(planned.out)}
    assert {unit: row["status"] for unit, row in rows.items()} == {
        FIRST: "changes",
        SECOND: "waits",
        THIRD: "same",
    }
    assert (planned.code, rows[SECOND]["waits_for"], rows[THIRD]["planned_again"]) == (2, [FIRST], True)
    shown = applied.invoke("plan", *CHAIN)
    assert "planned after chain/first" in shown.out, shown.out


def test_one_apply_gives_the_key_and_uses_it(applied: Checkout) -> None:
    use(applied, "bills")
    finished = applied.invoke("apply", *CHAIN, "--yes")
    assert finished.code == 0, finished.out + finished.err
    assert second_names(applied) == {"more": "bills-more", "second": "orders-second"}
    assert applied.invoke("plan", *CHAIN).code == 0


def test_what_was_planned_and_kept_is_applied_the_same(applied: Checkout, tmp_path: Path) -> None:
    use(applied, "stock")
    assert applied.invoke("plan", *CHAIN).code == 2
    plans = tmp_path / "plans"
    shutil.copytree(applied.path / ".cache/plans/staging-rehearsal", plans)
    finished = applied.invoke("apply", *CHAIN, "--yes", "--plans", str(plans))
    assert finished.code == 0, finished.out + finished.err
    assert second_names(applied)["more"] == "stock-more"


def test_a_person_is_shown_what_waited_before_it_runs(applied: Checkout) -> None:
    use(applied, "gifts")
    code, shown = answered(applied, "yes", "yes")
    assert code == 0, shown
    assert shown.count("Apply this to staging (rehearsal)? [yes to go on]") == 2
    assert shown.count("planned again with the real values:") == 1
    assert second_names(applied)["more"] == "gifts-more"


def test_a_replacement_in_what_waited_is_held_back(applied: Checkout) -> None:
    use(applied, "carts")
    applied.edit("live/_units/chain/second.hcl", f"{NAMES}}}-second", f"{NAMES}}}-renamed")
    finished = applied.invoke("apply", *CHAIN, "--yes")
    assert finished.code == 3, finished.out + finished.err
    assert 'replace: aws_cloudwatch_log_group.this["second"]' in finished.err
    assert second_names(applied)["second"] == "orders-second"


def test_a_key_that_nobody_is_to_give_is_named_with_where_it_stands(applied: Checkout) -> None:
    use(applied, "nobody", given=False)
    planned = applied.invoke("plan", *CHAIN)
    assert planned.code == 1, planned.out + planned.err
    assert "live/_units/chain/second.hcl:" in planned.err
    assert 'log_group_names["nobody"]' in planned.err
    assert "No unit of this plan changes the output that it reads there" in planned.err
