"""A unit that names a key of an output which is yet to be given waits for it; any other failure stays one."""

import pytest

from scripts.live.wiring import Wire
from scripts.plans.plan import OutputChange, UnitPlan
from scripts.plans.waiting import waiting
from scripts.terragrunt import Problem, UnitRun

READS = Wire("shop", "kms", frozenset({"key_arns"}))
NO_SUCH_KEY = (
    "shop.hcl:3,44-60: Invalid index; The given key does not identify an element in this collection value."
)
NO_SUCH_ATTRIBUTE = (
    'shop.hcl:3,44-60: Unsupported attribute; This object does not have an attribute named "shop".'
)


def changing(unit: str, *outputs: str, mocked: bool = False) -> dict[str, UnitPlan]:
    return {
        unit: UnitPlan(unit, outputs=tuple(OutputChange(name, "update") for name in outputs), mocked=mocked)
    }


def failed(unit: str, said: str) -> dict[str, UnitRun]:
    return {unit: UnitRun(unit, status="failed", problems=(Problem("Terraform failed", said, ""),))}


@pytest.mark.parametrize("said", [NO_SUCH_KEY, NO_SUCH_ATTRIBUTE], ids=["by index", "by name"])
def test_it_waits_for_the_unit_whose_output_changes(said: str) -> None:
    assert waiting(failed("shop", said), changing("kms", "key_arns"), [READS]) == {"shop": ("kms",)}


@pytest.mark.parametrize(
    ("said", "plans"),
    [
        pytest.param(NO_SUCH_KEY, {}, id="nobody plans anything that it reads"),
        pytest.param(
            NO_SUCH_KEY, changing("kms", "key_ids"), id="only an output that it does not read changes"
        ),
        pytest.param(NO_SUCH_KEY, changing("other", "key_arns"), id="a unit that it does not read changes"),
        pytest.param("Error: AccessDenied", changing("kms", "key_arns"), id="another failure"),
    ],
)
def test_without_hope_it_has_failed(said: str, plans: dict[str, UnitPlan]) -> None:
    assert waiting(failed("shop", said), plans, [READS]) == {}


def test_who_reads_one_that_waits_may_wait_for_it_too() -> None:
    last = Wire("mail", "shop", frozenset({"names"}))
    plans = changing("kms", "key_arns") | changing("shop", mocked=True)
    assert waiting(failed("mail", NO_SUCH_KEY), plans, [READS, last]) == {"mail": ("shop",)}


def test_a_unit_that_was_planned_waits_for_nobody() -> None:
    done = {"shop": UnitRun("shop", status="done", problems=(Problem("", NO_SUCH_KEY, ""),))}
    assert waiting(done, changing("kms", "key_arns"), [READS]) == {}
