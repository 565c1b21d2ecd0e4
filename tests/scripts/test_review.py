"""What a run says about itself: which units change, what went wrong, what is worth another try."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.commands.review import as_json, write
from scripts.plans.plan import UnitPlan
from scripts.plans.review import Review, review
from scripts.render import html, markdown, terminal
from scripts.runs import changed, fails_for_speed
from scripts.terragrunt import Change, Problem, UnitRun


def unit_run(name: str, *actions: tuple[str, str], outputs: int = 0) -> UnitRun:
    changes = tuple(Change(f"{kind}.this", kind, action, "cannot_update") for action, kind in actions)
    return UnitRun(name, status="done", changes=changes, outputs=outputs)


def runs(*units: UnitRun) -> dict[str, UnitRun]:
    return {unit.unit: unit for unit in units}


def test_reading_a_data_source_is_no_change() -> None:
    assert changed(runs(unit_run("a", ("read", "aws_iam_policy_document")))) == ()


def test_a_new_output_is_a_change_though_no_resource_is_touched() -> None:
    assert changed(runs(unit_run("a", outputs=1), unit_run("b"))) == ("a",)


def test_json_names_the_problem_and_its_place() -> None:
    failed = UnitRun("a", status="failed", problems=(Problem("Bad", "why", "main.tf:3"),))
    assert as_json({"a": failed})[0]["problems"] == [
        {"summary": "Bad", "detail": "why", "place": "main.tf:3"}
    ]


@pytest.mark.parametrize(
    ("status", "said", "again"),
    [
        pytest.param(
            "failed",
            'The provider hashicorp/aws does not support resource type "aws_x".',
            True,
            id="a type it lacks",
        ),
        pytest.param(
            "failed", "The provider ended 4 times in this run. Run again with --plain.", True, id="it gave up"
        ),
        pytest.param("failed", "creating SQS Queue: AccessDenied", False, id="AWS refused"),
        pytest.param("done", "Run again with --plain.", False, id="it went well"),
    ],
)
def test_only_a_failure_of_the_speed_up_itself_is_run_again(status: str, said: str, again: bool) -> None:
    run = UnitRun("a", status=status, problems=(Problem("Invalid resource type", said, ""),))
    assert fails_for_speed(run) is again


@pytest.mark.parametrize(
    "written", [terminal.text, markdown.text, html.page], ids=["terminal", "comment", "page"]
)
def test_a_unit_that_waits_is_shown_with_what_it_waits_for(written: Callable[[Review], str]) -> None:
    kms, shop = "live/dev/us-east-1/platform/kms", "live/dev/us-east-1/shop/orders"
    waits = UnitRun(shop, status="done", mocked=True, waits_for=(kms,))
    found = review("dev", {shop: UnitPlan(shop, mocked=True)}, runs(unit_run(kms), waits), {})
    assert "planned after platform/kms" in written(found)
    assert "2 units, 1 to be planned after others are applied." in written(found)


@pytest.mark.parametrize(
    ("out", "begins"),
    [
        pytest.param("review.md", "## dev: 1 unit, nothing to change.", id="markdown"),
        pytest.param("review.html", "<!doctype html>", id="a page"),
        pytest.param("review.json", '{\n  "cost": null', id="for a machine"),
    ],
)
def test_the_ending_of_the_file_says_how_the_review_is_written(tmp_path: Path, out: str, begins: str) -> None:
    write(review("dev", {}, runs(unit_run("a")), {}), str(tmp_path / out))
    assert (tmp_path / out).read_text().startswith(begins)
