"""A checkout that tests made for themselves leaves no embedded AWS behind, whatever became of its set-up."""

import contextlib
from pathlib import Path

import pytest

from tests.checkout import own_checkout


def serving(folder: Path) -> list[str]:
    """The processes that were started for something in *folder*."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            found.append(entry.read_bytes().decode())
    return [line for line in found if str(folder) in line]


def test_a_set_up_that_raises_leaves_no_process(tmp_path: Path) -> None:
    def set_up() -> None:
        with own_checkout(tmp_path) as made:
            assert made.invoke("local.start").code == 0
            assert made.client("sts").get_caller_identity()["Account"] == "111111111111"
            assert serving(tmp_path) != []
            raise PermissionError("the apply fails")

    with pytest.raises(PermissionError, match="the apply fails"):
        set_up()
    assert serving(tmp_path) == []
