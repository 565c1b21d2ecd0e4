"""What a review makes of plans: who is planned again, what is counted, what is worth saying."""

import pytest

from scripts.live.wiring import ALL, Wire
from scripts.plans.plan import OutputChange, ResourceChange, UnitPlan
from scripts.plans.review import read_again, review
from scripts.terragrunt import UnitRun


def changing(unit: str, *outputs: str, mocked: bool = False) -> UnitPlan:
    return UnitPlan(
        unit,
        (ResourceChange("aws_sqs_queue.this", "aws_sqs_queue", "update"),),
        outputs=tuple(OutputChange(name, "update") for name in outputs),
        mocked=mocked,
    )


def plans(*listed: UnitPlan) -> dict[str, UnitPlan]:
    return {plan.unit: plan for plan in listed}


WIRES = (
    Wire("storage", "keys", frozenset({"arns"})),
    Wire("api", "storage", frozenset({"names"})),
    Wire("alarms", "api", ALL),
    Wire("mail", "keys", frozenset({"ids"})),
)


@pytest.mark.parametrize(
    ("planned", "again"),
    [
        pytest.param(plans(changing("keys")), set(), id="no output changes, so nobody reads anything new"),
        pytest.param(plans(changing("keys", "ids")), {"mail"}, id="only who reads the output that changes"),
        pytest.param(
            plans(changing("keys", "arns")),
            {"storage", "api", "alarms"},
            id="and who reads what these may change",
        ),
        pytest.param(plans(changing("api", "url")), {"alarms"}, id="who reads all reads this"),
        pytest.param(
            plans(changing("storage", mocked=True)),
            {"storage", "api", "alarms"},
            id="stand-ins are never applied",
        ),
        pytest.param({}, set(), id="nothing changes"),
    ],
)
def test_a_unit_is_planned_again_when_it_may_read_something_new(
    planned: dict[str, UnitPlan], again: set[str]
) -> None:
    assert read_again(planned, WIRES) == again


def done(*units: str) -> dict[str, UnitRun]:
    return {unit: UnitRun(unit, status="done") for unit in units}


def test_an_output_that_changes_names_its_readers_and_comes_before_one_that_nobody_reads() -> None:
    found = review("dev", plans(changing("keys", "arns", "zones")), done("keys", "storage"), {}, WIRES)
    assert [(output.name, output.readers) for _, output in found.outputs] == [
        ("arns", ("storage",)),
        ("zones", ()),
    ]


def test_nothing_to_do_is_said_so() -> None:
    assert review("dev", {}, done("a", "b"), {}).sentence() == "2 units, nothing to change."


def test_the_sentence_counts_each_kind() -> None:
    changes = tuple(
        ResourceChange(f"x.{action}", "x", action)
        for action in ("create", "update", "replace", "forget", "read")
    )
    found = review("dev", plans(UnitPlan("a", changes)), done("a", "b", "c"), {})
    assert found.sentence() == (
        "3 units, 1 of them change: 1 to create, 1 to update, 1 to replace, 0 to destroy, 1 to forget."
    )


def test_a_failed_unit_is_counted_and_not_taken_for_one_without_changes() -> None:
    found = review("dev", {}, {**done("a"), "b": UnitRun("b", status="failed")}, {})
    assert found.sentence() == "2 units, 1 could not be planned."


def test_a_cost_that_was_estimated_is_summed_and_one_that_was_not_is_unknown() -> None:
    assert review("dev", {}, done("a"), {}).cost is None
    assert review("dev", {}, done("a", "b"), {}, cost={"a": 2.0, "b": -0.5}).cost == 1.5
    assert review("dev", {}, done("a", "b"), {}, cost={"a": 0.0, "b": 0.001}).cost is None


def test_the_picture_has_a_line_for_each_need_within_the_choice() -> None:
    assert review("dev", {}, done("a", "b"), {"b": ("a", "elsewhere")}).edges == (("b", "a"),)
