"""`./invoke --list` is what people type most: it loads the names and helps of tasks, and nothing that does the work."""

import re
import resource
import subprocess
import sys

from scripts.machine import REPOSITORY

HEAVY = {"boto3", "botocore", "grpc", "rich", "cryptography"}
# 0.2 seconds where it was written, nearly all of it Invoke itself; 0.3 is the aim, the rest is for a busy machine.
MOST_SECONDS = 0.9


def spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def test_the_list_of_tasks_loads_no_work() -> None:
    argv = [sys.executable, "-X", "importtime", "-m", "invoke", "--list"]
    finished = subprocess.run(argv, cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=60)
    loaded = set(re.findall(r"\|\s+([\w.]+)$", finished.stderr, re.MULTILINE))
    ours = {name for name in loaded if name.split(".")[0] == "scripts"}
    assert "scripts.tasks.state" in ours
    assert {name for name in ours if not name.startswith("scripts.tasks")} == {"scripts"}
    assert not HEAVY & loaded


def test_the_list_of_tasks_comes_at_once() -> None:
    argv = [sys.executable, "-m", "invoke", "--list"]
    before = spent()
    subprocess.run(argv, cwd=REPOSITORY, capture_output=True, check=True, timeout=60)
    assert spent() - before < MOST_SECONDS
