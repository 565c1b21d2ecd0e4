"""The report of coverage.py, reduced to what people look at."""

import json

from scripts.commands import test as command
from scripts.python_coverage import read


def summary(statements, missing, branches, missing_branches):
    return {
        "num_statements": statements,
        "missing_lines": missing,
        "num_branches": branches,
        "missing_branches": missing_branches,
    }


REPORT = {
    "totals": summary(30, 6, 10, 4),
    "files": {
        "a.py": {"summary": summary(10, 1, 4, 0)},
        "b.py": {"summary": summary(20, 5, 6, 4)},
        "__init__.py": {"summary": summary(0, 0, 0, 0)},
    },
}


def test_lines_and_branches_count_the_same_and_the_worst_comes_first():
    total, files = read(REPORT)
    assert (total.name, total.percent) == ("all", 75.0)
    assert [(one.name, round(one.percent)) for one in files] == [
        ("b.py", 65),
        ("a.py", 93),
        ("__init__.py", 100),
    ]


def test_a_machine_gets_the_same_numbers():
    _, (worst, *_) = read(REPORT)
    assert worst.to_json() == {
        "lines": 20,
        "missed_lines": 5,
        "branches": 6,
        "missed_branches": 4,
        "percent": 65.4,
    }


def test_a_pytest_that_ends_before_its_report_is_one_sentence_and_no_traceback(capfd, monkeypatch):
    """pytest itself runs, and refuses an option that it does not know, before any test."""
    monkeypatch.setattr(command, "_ready", lambda: None)
    assert command.coverage("", "--no-such-option", json=True) == 1
    said = capfd.readouterr()
    shown = " ".join(said.err.split())
    assert "unrecognized arguments: --no-such-option" in shown
    assert (
        shown.count("pytest ended with code 4 before coverage.py wrote it; what it said stands above.") == 1
    )
    assert json.loads(said.out) == {}
