"""Only what was reviewed is applied: plans that are stale, edited or another's are refused, doubtful ones made again."""

import json
import shutil
from pathlib import Path

import pytest

from tests.checkout import Checkout
from tests.rehearsal.chain import CHAIN, PLACE, UNITS, answered, chained, names, values

__all__ = ["chained"]
pytestmark = pytest.mark.slow


@pytest.fixture
def applied(chained: Checkout) -> Checkout:
    """The chain as it stands when nobody edits it."""
    values(chained, called=called(chained))
    finished = chained.invoke("apply", *CHAIN, "--yes")
    assert finished.code == 0, finished.out + finished.err
    return chained


def called(checkout: Checkout) -> str:
    """How the first is called now: a new name would take three applies."""
    shown = checkout.invoke_json("output", *CHAIN)
    return str(shown.get(f"{PLACE}/first", {}).get("log_group_names", {}).get("first", "orders"))


def plan(checkout: Checkout, folder: Path) -> Path:
    """Plans of the chain as they stand, where a later command finds them."""
    finished = checkout.invoke("plan", *CHAIN)
    assert finished.code in {0, 2}, finished.out + finished.err
    shutil.copytree(checkout.path / ".cache/plans/staging-rehearsal", folder / "plans")
    return folder / "plans"


def test_plans_made_with_stand_ins_are_made_again_in_order_and_then_applied(
    chained: Checkout, tmp_path: Path
) -> None:
    values(chained)
    plans = plan(chained, tmp_path)
    stand_ins = {
        row["unit"]: row["mocked"] for row in json.loads((plans / "manifest.json").read_text())["plans"]
    }
    assert stand_ins == {f"{PLACE}/first": False, f"{PLACE}/second": True, f"{PLACE}/third": True}
    finished = chained.invoke("apply", *CHAIN, "--yes", "--plans", str(plans))
    assert finished.code == 0, finished.out + finished.err
    assert names(chained) == ["orders", "orders-second", "orders-second-third"]
    assert chained.invoke("plan", *CHAIN).code == 0


def test_a_plan_that_still_holds_is_applied_without_planning(applied: Checkout, tmp_path: Path) -> None:
    values(applied, called(applied), days=14)
    finished = applied.invoke("apply", *CHAIN, "--yes", "--plans", str(plan(applied, tmp_path)))
    assert finished.code == 0, finished.out + finished.err
    assert " plan " not in finished.err
    assert "3 units applied, 3 resources changed" in finished.out
    assert applied.invoke("plan", *CHAIN).code == 0


def test_a_configuration_that_changed_since_the_plan_is_refused(applied: Checkout, tmp_path: Path) -> None:
    values(applied, called(applied), days=30)
    plans = plan(applied, tmp_path)
    values(applied, called(applied), days=60)
    finished = applied.invoke("apply", *CHAIN, "--yes", "--plans", str(plans))
    assert finished.code == 3
    said = [line for line in finished.err.splitlines() if "changed since the plan; plan again." in line]
    assert [line.split(":")[0] for line in said] == [f"{PLACE}/{name}" for name in UNITS]


def test_a_state_that_changed_since_the_plan_is_refused(applied: Checkout, tmp_path: Path) -> None:
    values(applied, called(applied), days=30)
    plans = plan(applied, tmp_path)
    assert applied.invoke("apply", *CHAIN, "--yes").code == 0
    finished = applied.invoke("apply", *CHAIN, "--yes", "--plans", str(plans))
    assert finished.code == 3
    assert "somebody applied meanwhile; plan again." in finished.err


def test_an_edited_plan_is_refused(applied: Checkout, tmp_path: Path) -> None:
    values(applied, called(applied), days=30)
    plans = plan(applied, tmp_path)
    with (plans / "us-east-1/chain/second/tfplan.tfplan").open("ab") as file:
        file.write(b" ")
    finished = applied.invoke("apply", *CHAIN, "--yes", "--plans", str(plans))
    assert (finished.code, finished.out) == (3, "")
    assert f"{PLACE}/second: its plan file is not the one that was made; plan again." in finished.err


def test_plans_of_another_environment_are_refused(applied: Checkout, tmp_path: Path) -> None:
    plans = plan(applied, tmp_path)
    finished = applied.invoke(
        "apply",
        "--env",
        "dev",
        "--local",
        "--system",
        "platform",
        "--unit",
        "kms",
        "--yes",
        "--plans",
        str(plans),
    )
    assert finished.code == 3
    assert "these plans were made for staging (222222222222, rehearsal), and this is dev" in finished.err


def test_a_replacement_that_the_review_did_not_show_is_held_back_and_named(applied: Checkout) -> None:
    values(applied, called="invoices")
    held = applied.invoke("apply", *CHAIN, "--yes")
    assert held.code == 3, held.out + held.err
    assert "Held back: planned with the real values, it would do what the review did not show" in held.err
    assert 'replace: aws_cloudwatch_log_group.this["second"]' in held.err
    assert "1 units were not reached" in held.err
    again = applied.invoke("apply", *CHAIN, "--yes")
    assert again.code == 3, "now the review shows the second, and the third is held back"
    last = applied.invoke("apply", *CHAIN, "--yes")
    assert last.code == 0, last.out + last.err
    assert names(applied) == ["invoices", "invoices-second", "invoices-second-third"]


def test_a_person_is_asked_again_about_what_the_review_did_not_show(applied: Checkout) -> None:
    values(applied, called="refunds")
    code, shown = answered(applied, "yes", "yes", "yes")
    assert code == 0, shown
    assert shown.count("Apply this to staging (rehearsal)? [yes to go on]") == 3
    assert shown.count("planned again with the real values:") == 2
    assert names(applied) == ["refunds", "refunds-second", "refunds-second-third"]


def test_what_a_person_does_not_agree_to_stays_as_it_is(applied: Checkout) -> None:
    before = names(applied)
    values(applied, called="mail")
    code, shown = answered(applied, "yes", "no")
    assert (code, names(applied)[1:]) == (3, before[1:]), shown
    assert names(applied)[0] == "mail"
    assert answered(applied, "yes", "yes")[0] == 0, "the same command goes on"


def test_plain_and_warm_plans_are_read_and_applied_the_same(applied: Checkout) -> None:
    values(applied, called(applied), days=120)
    warm = applied.invoke_json("plan", *CHAIN)
    plain = applied.invoke_json("plan", *CHAIN, "--plain")
    assert warm == plain
    assert len([row for row in plain if row["changes"]]) == 3
    finished = applied.invoke("apply", *CHAIN, "--yes", "--plain")
    assert finished.code == 0, finished.out + finished.err
    assert applied.invoke("plan", *CHAIN).code == 0


def test_a_copy_of_each_state_is_kept_from_before_the_apply(applied: Checkout) -> None:
    values(applied, called(applied), days=90)
    finished = applied.invoke("apply", *CHAIN, "--yes")
    assert finished.code == 0, finished.out + finished.err
    assert "copied 3 states to s3://acme-staging-tfstate-222222222222-us-east-1/backup/" in finished.err
