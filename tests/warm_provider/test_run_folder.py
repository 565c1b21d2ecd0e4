"""A run's folder is private, short, and swept by the next run if its own could not."""

import os
import stat
from pathlib import Path

import pytest

from scripts.warm_provider.run_folder import run_folder
from scripts.warm_provider.warm import unit_key


def runs(parent: Path) -> list[Path]:
    return [path for path in parent.glob("stagecraft-*/*") if path.is_dir()]


def test_the_folder_is_there_during_the_run_only(short_tmp: Path) -> None:
    with run_folder(short_tmp) as folder:
        assert runs(short_tmp) == [folder.path]
    assert runs(short_tmp) == []


def test_nobody_else_can_reach_the_sockets(short_tmp: Path) -> None:
    with run_folder(short_tmp) as folder:
        assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.path.parent.stat().st_mode) == 0o700


def test_an_abandoned_folder_is_swept_and_a_live_one_is_not(short_tmp: Path) -> None:
    with run_folder(short_tmp) as live:
        abandoned = live.path.parent / "killed00"
        abandoned.mkdir()
        (abandoned / "lock").touch()
        (abandoned / "0123.sock").touch()
        with run_folder(short_tmp) as second:
            assert sorted(runs(short_tmp)) == sorted([live.path, second.path])


def test_a_base_that_others_may_write_to_is_not_used(short_tmp: Path) -> None:
    planted = short_tmp / f"stagecraft-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)
    with run_folder(short_tmp) as folder:
        assert planted not in folder.path.parents
        assert stat.S_IMODE(folder.path.parent.stat().st_mode) == 0o700
    assert list(short_tmp.iterdir()) == [planted]


@pytest.mark.parametrize("length", [10, 80, 200])
def test_socket_paths_fit_however_long_the_temporary_folder_is(short_tmp: Path, length: int) -> None:
    deep = short_tmp / ("d" * length)
    deep.mkdir()
    with run_folder(deep) as folder:
        assert len(str(folder.path / f"{unit_key('live/prod/us-east-1/platform/kms')}.sock").encode()) <= 103
