"""A rotation that does not get through leaves a file that fits what happened, and says how it goes on."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from scripts.checks.finding import Finding, Refused
from scripts.commands import apply, options, secrets
from scripts.commands.options import Flags
from scripts.live.units import Unit

FLAGS = Flags("dev", "shop", "database", local=True)
FILE = "live/dev/us-east-1/shop/database/terraform.tfvars"
GOES_ON = "./invoke apply --env dev --local --system shop --unit database goes on"


@pytest.fixture
def tfvars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The values of a database's unit, in a tree of its own."""
    for file, text in {FILE: "password_version = 3\n", "modules/db/variables.tf": VARIABLE}.items():
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_text(text)
    folder = FILE.rpartition("/")[0]
    unit = Unit(folder, "dev", "us-east-1", "shop", "database", "d", "modules/db", (), FILE)
    target = SimpleNamespace(repository=tmp_path, units=(unit,))
    monkeypatch.setattr(options, "target", lambda _: target)
    monkeypatch.setattr(secrets, "_write", lambda path, text: path.write_text(text))
    return tmp_path / FILE


VARIABLE = """variable "password_version" { type = number }\n"""


def ends(monkeypatch: pytest.MonkeyPatch, code: int | BaseException) -> None:
    def applied(*_: object, **__: object) -> int:
        if isinstance(code, BaseException):
            raise code
        return code

    monkeypatch.setattr(apply, "apply", applied)


def test_a_rotation_that_got_through_is_to_be_committed(
    tfvars: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ends(monkeypatch, options.FINE)
    assert secrets.rotate(FLAGS, "") == options.FINE
    said = capsys.readouterr()
    assert (tfvars.read_text(), f"Commit {FILE}" in said.out) == ("password_version = 4\n", True)
    assert GOES_ON not in said.err


@pytest.mark.parametrize(
    "code", [pytest.param(options.FAILED, id="failed"), pytest.param(KeyboardInterrupt(), id="interrupted")]
)
def test_one_that_broke_off_keeps_its_number_and_says_how_it_goes_on(
    tfvars: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    code: int | BaseException,
) -> None:
    ends(monkeypatch, code)
    with suppress(KeyboardInterrupt):
        assert secrets.rotate(FLAGS, "") == options.FAILED
    said = " ".join(capsys.readouterr().err.split())
    assert tfvars.read_text() == "password_version = 4\n"
    assert f"{FILE} says 4 now; {GOES_ON}" in said


def test_one_that_was_refused_leaves_the_file_as_it_was(
    tfvars: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ends(
        monkeypatch,
        Refused([Finding("confirm", 0, "not-confirmed", "no", "yes", "", "nothing was changed.")]),
    )
    with pytest.raises(Refused):
        secrets.rotate(FLAGS, "")
    assert (tfvars.read_text(), GOES_ON in capsys.readouterr().err) == ("password_version = 3\n", False)
