"""A unit that is planned again when its turn comes does only what somebody agreed to."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts.machine import REPOSITORY
from scripts.plan import read_plan
from scripts.plan_again import Addition, Agreed, additions, again_file, held_file, read_held

LAUNCHER = REPOSITORY / "scripts" / "launchers" / "terraform-apply"


def row(address: str, *actions: str) -> dict[str, Any]:
    change = {"actions": list(actions), "before": {}, "after": {}}
    return {"address": address, "type": "aws_sqs_queue", "mode": "managed", "change": change}


def document(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"resource_changes": list(rows)}


@pytest.mark.parametrize(
    ("actions", "strict", "held"),
    [
        pytest.param(("create",), False, False, id="another creation goes on unattended"),
        pytest.param(("update",), False, False, id="another update goes on unattended"),
        pytest.param(("delete", "create"), False, True, id="a replacement never does"),
        pytest.param(("delete",), False, True, id="nor a destroy"),
        pytest.param(("forget",), False, True, id="nor a forgetting"),
        pytest.param(("create",), True, True, id="a person is asked about anything new"),
        pytest.param(("no-op",), True, False, id="nothing is nothing new"),
    ],
)
def test_what_was_not_shown_is_held_back(actions: tuple[str, ...], strict: bool, held: bool) -> None:
    plan = read_plan("", document(row("new", *actions)))
    assert bool(additions(plan, Agreed(frozenset(), strict))) is held


def test_what_was_agreed_to_may_happen_and_only_so() -> None:
    plan = read_plan("", document(row("a", "delete", "create"), row("b", "delete")))
    agreed = Agreed(frozenset({("a", "replace"), ("b", "update")}), strict=False)
    assert additions(plan, agreed) == (Addition("b", "delete"),)


@dataclass(frozen=True)
class Turn:
    """One unit's turn: a Terraform that notes how it is called and shows a plan of our choice."""

    folder: Path
    plan: Path

    def run(self, shown: dict[str, Any], code: int = 0) -> "subprocess.CompletedProcess[str]":
        tool = self.folder / "terraform"
        tool.write_text(
            "#!/bin/sh\n"
            f'echo "$@" >> {self.folder}/calls\n'
            'case "$1" in\n'
            f'plan) for last in "$@"; do :; done; echo again > "${{last#-out=}}"; exit {code};;\n'
            f"show) cat {self.folder}/shown;;\n"
            'apply) for last in "$@"; do :; done; cat "$last";;\n'
            "esac\n"
        )
        tool.chmod(0o755)
        (self.folder / "shown").write_text(json.dumps(shown))
        environment = os.environ | {
            "STAGECRAFT_TERRAFORM": str(tool),
            "STAGECRAFT_PYTHON": sys.executable,
            "STAGECRAFT_CODE": str(REPOSITORY),
        }
        words = [str(LAUNCHER), "apply", "-auto-approve", "-lock-timeout=5s", str(self.plan)]
        return subprocess.run(words, env=environment, capture_output=True, text=True, check=False)

    def calls(self) -> list[str]:
        return [line.split()[0] for line in (self.folder / "calls").read_text().splitlines()]


@pytest.fixture
def turn(tmp_path: Path) -> Turn:
    plan = tmp_path / "tfplan.tfplan"
    plan.write_text("first")
    return Turn(tmp_path, plan)


AGREED = Agreed(frozenset({("a", "create")}), strict=False)


def test_a_plan_that_holds_is_applied_as_it_is(turn: Turn) -> None:
    assert turn.run({}).stdout == "first"
    assert turn.calls() == ["apply"]


def test_a_doubtful_plan_is_made_again_and_then_applied(turn: Turn) -> None:
    again_file(turn.plan).write_text(AGREED.to_json())
    done = turn.run(document(row("a", "create")))
    assert (done.returncode, done.stdout.strip()) == (0, "again")
    assert turn.calls() == ["plan", "show", "apply"]
    assert "-lock-timeout=5s" in (turn.folder / "calls").read_text().splitlines()[0]
    assert not again_file(turn.plan).exists()


def test_nothing_left_to_do_is_not_applied(turn: Turn) -> None:
    again_file(turn.plan).write_text(AGREED.to_json())
    assert turn.run(document(row("a", "no-op"))).returncode == 0
    assert turn.calls() == ["plan", "show"]


def test_what_nobody_agreed_to_is_held_back_and_named_in_terraform_s_own_way(turn: Turn) -> None:
    again_file(turn.plan).write_text(AGREED.to_json())
    done = turn.run(document(row("a", "create"), row("b", "delete")))
    event = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, event["type"], event["diagnostic"]["detail"]) == (1, "diagnostic", "delete: b")
    assert turn.calls() == ["plan", "show"]
    assert read_held(turn.plan) == (Addition("b", "delete"),)
    assert turn.plan.read_text() == "again\n", "what is held back is what a person is shown next"


def test_a_plan_that_cannot_be_made_again_ends_with_terraform_s_code(turn: Turn) -> None:
    again_file(turn.plan).write_text(AGREED.to_json())
    assert turn.run({}, code=7).returncode == 7
    assert turn.plan.read_text() == "first"
    assert not held_file(turn.plan).exists()
