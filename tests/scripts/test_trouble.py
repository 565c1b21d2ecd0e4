"""What the machine or AWS does wrong ends a task with one sentence and 1; what we do wrong keeps its traceback."""

from __future__ import annotations

import errno
import io
import os

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from invoke.exceptions import Exit

from scripts.checks.finding import Refused
from scripts.commands.options import Flags, confirm, ending, out_file
from scripts.commands.trouble import trouble
from scripts.local_aws.lifecycle import LocalAwsError
from scripts.machine import ToolMissing

KINDS = (".md", ".json")


def of_system(number: int, place: str | None = None) -> OSError:
    return OSError(number, os.strerror(number), place)


def of_aws(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "GetObject")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        pytest.param(
            of_system(errno.ENOSPC, "plans/a"),
            "plans/a: No space left on device; make room, then type the same command again",
            id="a full disk",
        ),
        pytest.param(
            of_system(errno.EACCES, ".cache"), ".cache: Permission denied; ls -ld shows who", id="a right"
        ),
        pytest.param(
            of_system(errno.EROFS, ".cache"), ".cache: Read-only file system; ls -ld", id="read-only"
        ),
        pytest.param(
            of_system(errno.ENOTDIR, ".rehearsal/aws"),
            ".rehearsal/aws: Not a directory; a file stands where a folder belongs: move it away",
            id="a file in the way",
        ),
        pytest.param(of_system(errno.EMFILE), "Too many open files; raise `ulimit -n`", id="too many files"),
        pytest.param(
            ConnectionResetError("gone"), "the connection broke (gone); type the same", id="a reset"
        ),
        pytest.param(
            EndpointConnectionError(endpoint_url="https://s3"),
            "AWS cannot be asked: Could not connect",
            id="offline",
        ),
        pytest.param(
            of_aws("AccessDenied"), "AWS refused GetObject (AccessDenied: no); take on a role", id="a policy"
        ),
        pytest.param(of_aws("ExpiredToken"), "AWS refused GetObject (ExpiredToken: no); renew", id="expired"),
        pytest.param(
            of_aws("SlowDown"), "AWS refused GetObject (SlowDown: no); type the same", id="throttled"
        ),
    ],
)
def test_trouble_of_the_machine_or_of_aws_is_told_with_what_to_do(error, says, capsys):
    said = trouble(error)
    assert said is not None and said.startswith(says)

    def task() -> int:
        raise error

    with pytest.raises(Exit) as ended:
        ending(task)()
    assert ended.value.code == 1
    assert " ".join(capsys.readouterr().err.split()) == said


@pytest.mark.parametrize(
    "error",
    [KeyError("x"), FileNotFoundError(errno.ENOENT, "no such file", "a"), ValueError("x"), AssertionError()],
    ids=lambda error: type(error).__name__,
)
def test_a_mistake_of_ours_keeps_its_traceback(error):
    def task() -> int:
        raise error

    assert trouble(error) is None
    with pytest.raises(type(error)):
        ending(task)()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        pytest.param(LocalAwsError("port 15000 is in use; stop that program"), 1, id="an embedded AWS"),
        pytest.param(
            ToolMissing("Terraform 1.5 is too old; install 1.11"), 3, id="a tool that is missing or old"
        ),
    ],
)
def test_what_does_not_start_says_why(error, code, capsys):
    def task() -> int:
        raise error

    with pytest.raises(Exit) as ended:
        ending(task)()
    assert (ended.value.code, capsys.readouterr().err.strip()) == (code, str(error))


def test_an_end_of_input_is_no_agreement(monkeypatch):
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", terminal)
    with pytest.raises(Refused, match="nothing was changed"):
        confirm("Apply this?", "yes", Flags())


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("review.pdf", "a review is written as .json, .md", id="a kind that nobody writes"),
        pytest.param("review", "a review is written as", id="no kind"),
        pytest.param(
            "nowhere/review.md", "cannot be written; name a file in a folder that is there", id="no folder"
        ),
        pytest.param("folder.md", "cannot be written", id="a folder"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_planned(
    tmp_path, monkeypatch, name, says
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(Refused, match=says):
        out_file(name, KINDS, "a review")


@pytest.mark.parametrize("name", ["", "review.md", "folder/review.json"])
def test_a_file_that_can_be_written_is_not(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    out_file(name, KINDS, "a review")
