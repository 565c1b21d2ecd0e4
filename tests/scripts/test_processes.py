"""Processes end with those who started them, and a failure shows what was said."""

import os
import sys
import time
from pathlib import Path

import pytest

from scripts import processes
from scripts.processes import ProcessFailed


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


def test_output_and_code_come_back() -> None:
    finished = processes.run(
        python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"), check=False
    )
    assert (finished.code, finished.out, finished.err) == (3, "out\n", "err\n")


def test_a_failure_names_the_command_the_code_and_the_last_lines() -> None:
    with pytest.raises(ProcessFailed, match=r"(?s)-c.*ended with 4:\nlast words"):
        processes.run(python("import sys; print('last words', file=sys.stderr); sys.exit(4)"))


def test_lines_are_handed_over_as_they_come() -> None:
    lines: list[str] = []
    assert processes.follow(python("print('a'); print('b')"), on_line=lines.append) == 0
    assert lines == ["a", "b"]


def test_a_process_that_takes_too_long_is_stopped_with_its_children() -> None:
    code = (
        "import subprocess, sys; c = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        "print(c.pid, flush=True); c.wait()"
    )
    finished = processes.run(python(code), timeout=5, check=False)
    assert "stopped after 5 s" in finished.err
    deadline = time.monotonic() + 60
    while is_alive(int(finished.out)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(int(finished.out))


def test_a_background_process_ends_with_its_block(tmp_path: Path) -> None:
    with processes.background(python("import time; time.sleep(60)"), log=tmp_path / "log") as process:
        assert is_alive(process.pid)
    assert not is_alive(process.pid)


def test_hostile_words_are_arguments_and_nothing_else() -> None:
    word = "a b; $(touch x) `y` \"'\n"
    assert processes.run([*python("import sys; sys.stdout.write(sys.argv[1])"), word]).out == word
