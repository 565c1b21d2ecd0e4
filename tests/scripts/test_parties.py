"""Tests that share an applied system stay together; two workers would each apply it."""

import subprocess
import sys
from pathlib import Path

from scripts.machine import REPOSITORY
from tests.checkout import BY_CASE, PARTIES, party_of

# Files with the names of real ones, whose tests only say which worker they were run by.
SAYS = """
import os, pathlib, pytest
@pytest.mark.parametrize("number", range(4))
def test_where(number):
    place = pathlib.Path(os.environ["SAID"]) / f"{os.environ['PYTEST_XDIST_WORKER']}-{pathlib.Path(__file__).stem}-{number}"
    place.touch()
"""


def test_each_partys_tests_are_run_by_one_worker(tmp_path: Path) -> None:
    said = tmp_path / "said"
    said.mkdir()
    files = ("test_dev.py", "test_documents.py", "test_interrupted.py", "test_prod.py")
    for name in files:
        (tmp_path / name).write_text(SAYS)
    argv = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.checkout", "-n", "3"]
    subprocess.run(
        [*argv, "--dist", "loadgroup", "--rootdir", tmp_path, *(str(tmp_path / name) for name in files)],
        cwd=REPOSITORY,
        env={"SAID": str(said), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(REPOSITORY)},
        check=True,
        capture_output=True,
    )
    workers: dict[str, set[str]] = {}
    for path in said.iterdir():
        worker, stem, _ = path.name.split("-")
        workers.setdefault(party_of(f"{stem}.py::test_where"), set()).add(worker)
    assert {party: len(found) for party, found in workers.items()} == {"dev": 1, "staging": 1, "prod": 1}
    assert len(set.union(*workers.values())) == 3


def test_the_files_that_are_named_exist() -> None:
    names = {path.name for path in (REPOSITORY / "tests").rglob("test_*.py")}
    assert {*PARTIES, *BY_CASE} <= names


def test_a_case_with_a_system_of_its_own_is_a_party_over_all_its_tests() -> None:
    file = "tests/rehearsal/test_guarded_systems.py"
    parties = {party_of(f"{file}::{test}[{case}]") for test in ("test_a", "test_b") for case in ("x", "y")}
    assert len(parties) == 2
