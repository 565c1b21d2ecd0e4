"""How an apply decides, before anything is started."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from scripts.checks.finding import Refused
from scripts.commands import apply as command
from scripts.commands.apply import plain
from scripts.commands.options import Flags
from scripts.plans.again import Addition
from scripts.plans.plan import ResourceChange
from scripts.plans.planned import Planned
from scripts.plans.review import Review
from scripts.plans.saved import Origin, Saved
from scripts.run_lock import Run
from scripts.terragrunt import UnitRun


@pytest.mark.parametrize(
    ("flags", "warm", "expected"),
    [
        pytest.param(Flags(env="prod"), False, True, id="a real prod is plain"),
        pytest.param(Flags(env="prod"), True, False, id="unless asked"),
        pytest.param(Flags(env="prod", local=True), False, False, id="a rehearsed prod is warm"),
        pytest.param(Flags(env="staging"), False, False, id="other environments are warm"),
        pytest.param(Flags(env="staging", plain=True), True, True, id="plain is plain"),
    ],
)
def test_who_gets_a_provider_of_its_own(flags: Flags, warm: bool, expected: bool) -> None:
    assert plain(flags, warm) is expected


FIRST, SECOND, THIRD = "live/dev/r/s/first", "live/dev/r/s/second", "live/dev/r/s/third"
HELD = (Addition("aws_sqs_queue.this", "replace"),)
Said = tuple[str, ...]


class Applies:
    """Applies that end as they are told to, one after the other, and the questions that are asked between them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *rounds: dict[str, str]) -> None:
        self.rounds, self.ran, self.asked = list(rounds), list[tuple[str, ...]](), 0
        self.last: dict[str, str] = {}
        monkeypatch.setattr(command.planned, "check", lambda *_: None)
        monkeypatch.setattr(command, "backup_all", lambda *_: "")
        monkeypatch.setattr(command.planned, "mark_again", lambda *_, **__: None)
        monkeypatch.setattr(command.planned, "apply", self.apply)
        monkeypatch.setattr(command.planned, "held", self.held)
        monkeypatch.setattr(command.planned, "reread", lambda engine, saved, units: {})
        monkeypatch.setattr(command.review, "wired", lambda _: ())
        monkeypatch.setattr(command.review, "of", lambda *_: Review("dev", ()))
        monkeypatch.setattr(command.review, "show", lambda _: None)
        monkeypatch.setattr(command.options, "confirm", self.confirm)

    def apply(self, engine: Any, saved: Any, units: Said, **_: object) -> dict[str, UnitRun]:
        self.ran.append(tuple(units))
        self.last = self.rounds.pop(0)
        return {
            name: UnitRun(name, status="failed" if end == "held" else end) for name, end in self.last.items()
        }

    def held(self, saved: Any, units: Said) -> dict[str, tuple[Addition, ...]]:
        return {name: HELD for name, end in self.last.items() if end == "held"}

    def confirm(self, *_: object) -> None:
        self.asked += 1

    def carry_out(self, flags: Flags) -> dict[str, str]:
        engine: Any = SimpleNamespace(
            target=SimpleNamespace(environment=SimpleNamespace(name="dev"), rehearsal=True)
        )
        made = Planned({}, {}, Saved(Path(), Origin("dev", "1", True), {}))
        ended = command.carry_out(engine, made, (FIRST, SECOND, THIRD), flags)
        return {name: unit.status for name, unit in ended.items()}


DONE = {FIRST: "done", SECOND: "done", THIRD: "done"}
STOPPED = {FIRST: "done", SECOND: "held", THIRD: "not reached"}


def test_an_apply_in_which_nothing_is_held_back_runs_once(monkeypatch: pytest.MonkeyPatch) -> None:
    applies = Applies(monkeypatch, DONE)
    assert applies.carry_out(Flags(env="dev")) == DONE
    assert (applies.ran, applies.asked) == ([(FIRST, SECOND, THIRD)], 0)


def test_what_is_held_back_is_asked_about_and_the_rest_runs_then(monkeypatch: pytest.MonkeyPatch) -> None:
    applies = Applies(monkeypatch, STOPPED, {SECOND: "done", THIRD: "held"}, {THIRD: "done"})
    assert applies.carry_out(Flags(env="dev")) == DONE
    assert applies.ran == [(FIRST, SECOND, THIRD), (SECOND, THIRD), (THIRD,)]
    assert applies.asked == 2


def test_with_yes_nobody_is_asked_and_what_is_held_back_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    applies = Applies(monkeypatch, STOPPED)
    assert applies.carry_out(Flags(env="dev", yes=True))[SECOND] == "failed"
    assert (len(applies.ran), applies.asked) == (1, 0)


def test_after_a_failure_nobody_is_asked_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    applies = Applies(monkeypatch, {FIRST: "failed", SECOND: "held", THIRD: "not reached"})
    applies.carry_out(Flags(env="dev"))
    assert (len(applies.ran), applies.asked) == (1, 0)


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        pytest.param(DONE, 0, id="all done"),
        pytest.param({}, 0, id="nothing to do"),
        pytest.param(STOPPED, 3, id="held back is a refusal"),
        pytest.param({FIRST: "failed"}, 1, id="a failure is a failure"),
        pytest.param({FIRST: "failed", SECOND: "held"}, 1, id="also beside what is held back"),
    ],
)
def test_the_code_tells_a_refusal_from_a_failure(
    monkeypatch: pytest.MonkeyPatch, ends: dict[str, str], code: int
) -> None:
    applies = Applies(monkeypatch, ends)
    run = Run(None)
    made = Planned({}, {}, Saved(Path(), Origin("dev", "1", True), {}))
    assert command.ended(made, applies.apply(None, None, ()), run) == code
    assert run.ended_well is (code == 0)


TABLE = ResourceChange(
    'module.table["carts"].aws_dynamodb_table.this', "aws_dynamodb_table", "delete", stateful=True
)
LOSES = SimpleNamespace(lost=((SimpleNamespace(unit=FIRST), TABLE),))


@pytest.mark.parametrize("allow", ["", "aws_s3_bucket.*", 'module.table["sessions"].*'])
def test_what_holds_data_stays_until_it_is_named(allow: str) -> None:
    with pytest.raises(Refused, match=r"--allow 'module\.table\[\"carts\"\]\.aws_dynamodb_table\.this'"):
        command.refuse_lost(cast("Review", LOSES), allow)


@pytest.mark.parametrize("allow", [TABLE.address, "aws_s3_bucket.this, *.aws_dynamodb_table.this", "*"])
def test_what_is_named_may_go(allow: str) -> None:
    command.refuse_lost(cast("Review", LOSES), allow)
