"""What Terragrunt's log and report say becomes values; every line here was printed by Terragrunt 1.1.3."""

import json
from pathlib import Path

import pytest

from scripts.terragrunt import Change, Problem, RunAll, UnitRun, updates, verdict

REPOSITORY = Path("/checkout")
WORKING = REPOSITORY / "live" / "dev"
UNIT = "live/dev/us-east-1/demo/one"


def entry(message: str, place: str = "us-east-1/demo/one", command: str = "plan") -> str:
    return json.dumps({"level": "stdout", "working-dir": place, "tf-command-args": [command], "msg": message})


def event(**fields: object) -> str:
    return json.dumps(fields) + "\n"


PLANNED = event(
    type="planned_change",
    change={
        "resource": {"addr": 'aws_sqs_queue.this["a"]', "resource_type": "aws_sqs_queue"},
        "action": "replace",
        "reason": "cannot_update",
    },
)
DIAGNOSTIC = event(
    type="diagnostic",
    diagnostic={
        "severity": "error",
        "summary": "Invalid value",
        "detail": "too long",
        "range": {"filename": "main.tf", "start": {"line": 7}},
    },
)


def after(line: str, unit: UnitRun | None = None) -> UnitRun:
    state = unit or UnitRun(UNIT)
    for _, update in updates(line, REPOSITORY, WORKING):
        state = update(state)
    return state


def test_a_planned_change_keeps_address_type_action_and_reason() -> None:
    assert after(entry(PLANNED)).changes == (
        Change('aws_sqs_queue.this["a"]', "aws_sqs_queue", "replace", "cannot_update"),
    )


def test_an_error_keeps_its_place() -> None:
    assert after(entry(DIAGNOSTIC)).problems == (Problem("Invalid value", "too long", "main.tf:7"),)


def test_several_events_in_one_line_all_count() -> None:
    assert len(after(entry(PLANNED + PLANNED)).changes) == 2


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("us-east-1/demo/one", id="relative to the working directory, as plan prints it"),
        pytest.param("/checkout/live/dev/us-east-1/demo/one", id="absolute, as init prints it"),
    ],
)
def test_a_unit_is_named_as_the_tree_names_it(place: str) -> None:
    assert [name for name, _ in updates(entry(PLANNED, place), REPOSITORY, WORKING)] == [UNIT]


def test_stand_in_values_are_noticed() -> None:
    zero, one = (f"{WORKING}/us-east-1/demo/{name}/terragrunt.hcl" for name in ("zero", "one"))
    message = (
        f"Config {zero} is a dependency of {one} "
        "that has no outputs, but mock outputs provided and returning those in dependency output."
    )
    assert after(json.dumps({"level": "warn", "working-dir": "us-east-1/demo/one", "msg": message})).mocked


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="empty"),
        pytest.param("Run Summary  2 units", id="not JSON"),
        pytest.param("[1, 2]", id="JSON, but no entry"),
        pytest.param('{"level":"info","msg":"The following units will be run"}', id="of no unit"),
    ],
)
def test_other_lines_say_nothing(line: str) -> None:
    assert list(updates(line, REPOSITORY, WORKING)) == []


def test_half_a_json_line_of_terraform_changes_nothing() -> None:
    unit = UnitRun(UNIT, status="running")
    assert after(entry('{"type":"planned_ch'), unit) == unit


def report(tmp_path: Path, *rows: dict[str, str]) -> Path:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(list(rows)))
    return path


TIMES = {"Started": "2026-11-21T14:51:18.752167917Z", "Ended": "2026-11-21T14:51:20.252167917Z"}


@pytest.mark.parametrize(
    ("result", "status"),
    [("succeeded", "done"), ("failed", "failed"), ("early exit", "not reached"), ("excluded", "not reached")],
)
def test_the_report_decides_the_status(tmp_path: Path, result: str, status: str) -> None:
    path = report(tmp_path, {"Name": "us-east-1/demo/one", "Result": result, "Cause": "boom", **TIMES})
    assert dict(verdict({UNIT: UnitRun(UNIT)}, path, Path("live/dev"), 1, []))[UNIT].status == status


def test_a_unit_that_failed_in_a_destroy_has_failed_and_says_why(tmp_path: Path) -> None:
    """Terragrunt reports it as it reports those that wait for it."""
    path = report(tmp_path, {"Name": "us-east-1/demo/one", "Result": "early exit", "Cause": "two", **TIMES})
    protected = UnitRun(UNIT, problems=(Problem("Table is protected against deletion", "", ""),))
    found = dict(verdict({UNIT: protected}, path, Path("live/dev"), 1, []))[UNIT]
    assert (found.status, found.problems) == ("failed", protected.problems)


def test_the_report_gives_the_seconds(tmp_path: Path) -> None:
    path = report(tmp_path, {"Name": "us-east-1/demo/one", "Result": "succeeded", **TIMES})
    assert dict(verdict({UNIT: UnitRun(UNIT)}, path, Path("live/dev"), 0, []))[UNIT].seconds == pytest.approx(
        1.5
    )


def test_a_run_without_a_report_has_failed_and_shows_its_last_words(tmp_path: Path) -> None:
    words = [json.dumps({"level": "error", "msg": "\x1b[31mno such flag\x1b[0m"})]
    found = dict(verdict({UNIT: UnitRun(UNIT)}, tmp_path / "none.json", Path("live/dev"), 2, words))[UNIT]
    assert (found.status, found.problems[0].detail) == ("failed", "no such flag")


def test_units_are_chosen_by_a_file_relative_to_the_environment(tmp_path: Path) -> None:
    run = RunAll(REPOSITORY, WORKING, (UNIT,), ("plan",), {}, scratch=tmp_path)
    assert run.filters() == "./us-east-1/demo/one\n"


def test_the_environment_of_a_run_is_never_printed() -> None:
    run = RunAll(REPOSITORY, WORKING, (UNIT,), ("plan",), {"AWS_SECRET_ACCESS_KEY": "hush"})
    assert "hush" not in repr(run)
