"""The doctor says of each thing whether it is fine, what was found and, where it is not, what to do."""

from __future__ import annotations

from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest

from scripts import doctor
from scripts.checks.finding import LISTED, Refused, finding, unknown
from scripts.commands import apply
from scripts.commands.options import Flags
from scripts.doctor import account, this_machine
from scripts.live.tree import read_tree
from scripts.machine import ToolMissing
from tests.scripts.scratch import build

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def refusing(message):
    def target():
        raise Refused([finding("credentials", 0, "credentials", message)])

    return target


def test_the_machine_is_looked_at_in_every_respect(monkeypatch):
    monkeypatch.setattr(doctor.toolchain, "terragrunt", lambda: "here")
    asked = {answer.what for answer in this_machine()}
    assert asked == {"python", "terraform", "terragrunt", "provider", "disk", "embedded AWS"}


@pytest.mark.parametrize(("free", "begins"), [(doctor.LEAST_BYTES, True), (doctor.LEAST_BYTES - 1, False)])
def test_an_apply_does_not_begin_on_a_full_disk(monkeypatch, free, begins):
    """Before anything is looked at: no embedded AWS is started, no credentials are asked for."""
    usage = namedtuple("usage", "total used free")(free, 0, free)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda place: usage)
    monkeypatch.setattr(apply.options, "target", reached)
    with pytest.raises(Reached if begins else Refused, match=None if begins else "free 512 MB for states"):
        apply.apply(Flags(env="dev"), warm=False, plans="")


class Reached(Exception):
    """The apply went on."""


def reached(flags):
    raise Reached


def test_a_tool_that_is_not_there_comes_with_what_to_do(monkeypatch):
    def missing():
        raise ToolMissing("install Go, or Terragrunt 1.1.3")

    monkeypatch.setattr(doctor.toolchain, "terragrunt", missing)
    (answer,) = (answer for answer in this_machine() if answer.what == "terragrunt")
    assert (answer.fine, answer.found, answer.remedy) == (False, "missing", "install Go, or Terragrunt 1.1.3")


def test_refused_credentials_come_with_what_to_do(tmp_path):
    tree = read_tree(build(tmp_path))
    (answer,) = account(tree, refusing("there are no credentials; set AWS_PROFILE; or add --local"))
    assert (answer.what, answer.fine) == ("credentials", False)
    assert (answer.found, answer.remedy) == ("there are no credentials", "set AWS_PROFILE; or add --local")


@pytest.mark.parametrize(
    ("seconds", "fine"), [(0, True), (200, True), (-200, True), (300, False), (-300, False)]
)
def test_a_clock_with_which_aws_would_refuse_signatures_is_told(seconds, fine):
    told = (NOW + timedelta(seconds=seconds)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    answer = doctor._clock(told, NOW)
    assert (answer.fine, "timedatectl" in answer.remedy) == (fine, True)


def test_a_long_list_of_what_is_allowed_is_cut_and_counted():
    """A project has a thousand names; nobody reads them all."""
    names = [f"name-{number:04}" for number in range(LISTED + 5)]
    found = unknown("find", 0, "unknown", "nothing is called", "zzz", names)
    assert str(found).endswith(f"name-{LISTED - 1:04} and 5 more.")
    assert found.allowed.count(",") == LISTED + 4
    assert "more" not in str(unknown("find", 0, "unknown", "nothing is called", "zzz", names[:LISTED]))
