"""Mutants are read from a module's files, each changes one place, and a verdict holds while nothing changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.live.modules import read_module
from scripts.mutation.mutants import Mutant, mutants
from scripts.mutation.run import KILLED, REFUSED, SURVIVED, Suite, Verdict, copies, run

MODULE = "modules/storage/box"
MAIN = """\
resource "aws_box" "this" {
  name      = var.name
  encrypted = true
  content   = "text"

  metadata {
    http_tokens = "required"
  }

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "this" {
  statement {
    effect    = "Deny"
    resources = ["*"]
  }
}
"""
VARIABLES = """\
variable "name" {
  type = string
}

variable "kept_days" {
  type    = number
  default = 7

  validation {
    condition     = contains([1, 7, 30], var.kept_days)
    error_message = "1, 7 or 30."
  }
}

variable "doors" {
  type = map(object({
    locked = optional(bool, true), wide = optional(number, 2)
    label  = optional(string)
  }))
  default = {}
}
"""


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    folder = tmp_path / MODULE
    folder.mkdir(parents=True)
    (folder / "main.tf").write_text(MAIN)
    (folder / "variables.tf").write_text(VARIABLES)
    (folder / "README.md").write_text("A box.\n")
    test = tmp_path / "tests/modules/storage/test_box.py"
    test.parent.mkdir(parents=True)
    test.write_text("")
    return tmp_path


@pytest.fixture
def suite(repo: Path) -> Suite:
    return Suite(repo, {MODULE: ["tests/modules/storage/test_box.py"]}, [], repo / "verdicts")


def found(repo: Path) -> dict[str, tuple[str, str]]:
    return {one.name: (one.old, one.candidates[0]) for one in mutants(read_module(repo, MODULE))}


def test_every_default_and_every_argument_that_protects_is_changed_and_nothing_else(repo: Path) -> None:
    assert found(repo) == {
        "default": ("7", "1"),  # the first that the rule also allows
        "locked": ("true", "false"),
        "wide": ("2", "3"),
        "encrypted": ("true", "false"),
        "http_tokens": ('"required"', '"optional"'),
        "effect": ('"Deny"', '"Allow"'),
        "resources": ('"*"', '"*x"'),
    }


@pytest.mark.parametrize(
    ("name", "line"),
    [
        pytest.param(
            "locked", "    locked = optional(bool, false), wide = optional(number, 2)", id="first of a line"
        ),
        pytest.param(
            "wide", "    locked = optional(bool, true), wide = optional(number, 3)", id="second of a line"
        ),
        pytest.param("http_tokens", '    http_tokens = "optional"', id="in a block"),
        pytest.param("resources", '    resources = ["*x"]', id="in a list"),
    ],
)
def test_a_mutant_changes_its_own_place_only(repo: Path, name: str, line: str) -> None:
    (mutant,) = [one for one in mutants(read_module(repo, MODULE)) if one.name == name]
    text = (repo / MODULE / mutant.file).read_text()
    changed = mutant.applied(text, mutant.candidates[0])
    pairs = zip(text.splitlines(), changed.splitlines(), strict=True)
    assert [after for before, after in pairs if before != after] == [line]


def notices_encryption(tree: Path, tests: list[str]) -> Verdict:
    """A suite that reads one argument only."""
    if "encrypted = false" in (tree / "storage/box/main.tf").read_text():
        return Verdict(KILLED, tests[0])
    return Verdict(SURVIVED)


def refuses_a_day(tree: Path, tests: list[str]) -> Verdict:
    """A module that refuses a single day, and a suite that notices any other number."""
    text = (tree / "storage/box/variables.tf").read_text()
    if "default = 1\n" in text:
        return Verdict(REFUSED, tests[0])
    return Verdict(KILLED, tests[0])


def tell(text: str) -> None:
    """Nobody listens."""


def test_what_nobody_notices_survives_and_the_copy_is_as_it_was(
    suite: Suite, repo: Path, tmp_path: Path
) -> None:
    trees = copies(repo, tmp_path / "trees", 2)
    outcomes = run(suite, trees, notices_encryption, tell)
    assert {one.name for one in outcomes if one.result == KILLED} == {"encrypted"}
    assert len(outcomes) == 7
    assert [(tree / "storage/box/main.tf").read_text() for tree in trees] == [MAIN, MAIN]


def test_another_candidate_is_tried_when_the_module_refuses_the_first(
    suite: Suite, repo: Path, tmp_path: Path
) -> None:
    outcomes = run(suite, copies(repo, tmp_path / "trees", 1), refuses_a_day, tell)
    assert [(one.new, one.result) for one in outcomes if one.name == "default"] == [("30", KILLED)]


@pytest.mark.parametrize(
    ("file", "again"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("tests/modules/storage/test_box.py", 7, id="its tests"),
        pytest.param(f"{MODULE}/main.tf", 7, id="the module"),
        pytest.param(f"{MODULE}/README.md", 7, id="its example"),
    ],
)
def test_verdicts_hold_until_something_changes(
    suite: Suite, repo: Path, tmp_path: Path, file: str, again: int
) -> None:
    trees = copies(repo, tmp_path / "trees", 1)
    asked = tmp_path / "asked"
    run(suite, trees, notices_encryption, tell)
    for path in (repo / name for name in (file,) if name):
        path.write_text(path.read_text() + "\n# changed\n")

    def counting(tree: Path, tests: list[str]) -> Verdict:
        with asked.open("a") as lines:
            lines.write("once\n")
        return notices_encryption(tree, tests)

    asked.touch()
    run(suite, trees, counting, tell)
    assert len(asked.read_text().splitlines()) == pytest.approx(
        again * 2, abs=again
    )  # candidates differ in number


def test_what_an_example_shows_of_many_at_once_is_asked_of_no_test(
    suite: Suite, repo: Path, tmp_path: Path
) -> None:
    def shows_numbers(tree: Path, mutants: Sequence[Mutant]) -> list[Verdict]:
        return [Verdict(KILLED if one.old.isdigit() else SURVIVED, "example") for one in mutants]

    outcomes = run(suite, copies(repo, tmp_path / "trees", 1), notices_encryption, tell, shows_numbers)
    killed = {one.name: (one.new, one.by) for one in outcomes if one.result == KILLED}
    assert killed == {
        "default": ("1", "example"),
        "wide": ("3", "example"),
        "encrypted": ("false", suite.tests[MODULE][0]),
    }
    assert len(outcomes) == 7


LOCK = "tests/modules/storage/test_lock.py"


def test_the_test_that_noticed_a_change_the_last_time_is_asked_before_all_others(
    suite: Suite, repo: Path, tmp_path: Path
) -> None:
    (repo / LOCK).write_text("")
    both = replace(suite, tests={MODULE: [*suite.tests[MODULE], LOCK]})
    asked = tmp_path / "asked"

    def asking(tree: Path, tests: list[str]) -> Verdict:
        if "encrypted = false" not in (tree / "storage/box/main.tf").read_text():
            return Verdict(SURVIVED)
        with asked.open("a") as lines:
            lines.write(" ".join(tests) + "\n")
        return Verdict(KILLED, f"{LOCK}::test_it")

    trees = copies(repo, tmp_path / "trees", 1)
    run(both, trees, asking, tell)
    (repo / MODULE / "README.md").write_text("Another example.\n")
    run(both, trees, asking, tell)
    assert asked.read_text().splitlines() == [" ".join(both.tests[MODULE]), f"{LOCK}::test_it"]


@pytest.mark.parametrize("result", [SURVIVED, REFUSED])
def test_what_that_test_does_not_notice_any_more_is_left_to_all(
    suite: Suite, repo: Path, tmp_path: Path, result: str
) -> None:
    (repo / LOCK).write_text("")
    both = replace(suite, tests={MODULE: [*suite.tests[MODULE], LOCK]})
    trees = copies(repo, tmp_path / "trees", 1)
    run(both, trees, lambda tree, tests: Verdict(KILLED, f"{LOCK}::test_it"), tell)
    (repo / MODULE / "README.md").write_text("Another example.\n")

    def by_another(tree: Path, tests: list[str]) -> Verdict:
        return Verdict(KILLED, tests[0]) if len(tests) > 1 else Verdict(result, tests[0])

    outcomes = run(both, trees, by_another, tell)
    assert {(one.result, one.by) for one in outcomes} == {(KILLED, suite.tests[MODULE][0])}


def test_a_run_that_breaks_says_where(suite: Suite, repo: Path, tmp_path: Path) -> None:
    def broken(tree: Path, tests: list[str]) -> Verdict:
        raise ValueError("no such thing")

    with pytest.raises(RuntimeError, match=r"modules/storage/box/.*no such thing"):
        run(suite, copies(repo, tmp_path / "trees", 1), broken, tell)
