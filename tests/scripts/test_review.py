"""What a plan means: how much changes, what would be lost, whom it touches."""

import pytest

from scripts.commands.review import as_json, endangered, sentence
from scripts.runs import changed, fails_for_speed, with_dependents
from scripts.terragrunt import Change, Problem, UnitRun
from scripts.units import Dependency, Unit


def unit_run(name: str, *actions: tuple[str, str]) -> UnitRun:
    changes = tuple(Change(f"{kind}.this", kind, action, "cannot_update") for action, kind in actions)
    return UnitRun(name, status="done", changes=changes)


def runs(*units: UnitRun) -> dict[str, UnitRun]:
    return {unit.unit: unit for unit in units}


def test_nothing_to_do_is_said_so() -> None:
    assert sentence(runs(unit_run("a"), unit_run("b"))) == "2 units, nothing to change."


def test_reading_a_data_source_is_no_change() -> None:
    assert changed(runs(unit_run("a", ("read", "aws_iam_policy_document")))) == ()


def test_the_sentence_counts_each_kind() -> None:
    found = sentence(
        runs(unit_run("a", ("create", "x"), ("update", "y")), unit_run("b", ("replace", "z")), unit_run("c"))
    )
    assert found == "3 units, 2 of them change: 1 to create, 1 to update, 1 to replace, 0 to destroy."


@pytest.mark.parametrize(
    ("action", "kind", "lost"),
    [
        pytest.param("replace", "aws_dynamodb_table", 1, id="replaced table"),
        pytest.param("delete", "aws_s3_bucket", 1, id="deleted bucket"),
        pytest.param("update", "aws_dynamodb_table", 0, id="updated table"),
        pytest.param("replace", "aws_lambda_function", 0, id="replaced function holds nothing"),
    ],
)
def test_only_lost_data_is_endangered(action: str, kind: str, lost: int) -> None:
    assert len(endangered(runs(unit_run("a", (action, kind))))) == lost


def unit(path: str, *needs: str) -> Unit:
    dependencies = tuple(Dependency(need, need, "f", 1, None) for need in needs)
    return Unit(path, "dev", "r", "s", path, "d", "m", dependencies, "t")


def test_dependents_come_along_directly_and_through_others_in_the_tree_s_order() -> None:
    tree = [unit("iam"), unit("storage", "iam"), unit("api", "storage"), unit("mail")]
    assert with_dependents(["iam"], tree) == ("iam", "storage", "api")
    assert with_dependents([], tree) == ()


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
