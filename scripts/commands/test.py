"""invoke test"""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from json import loads
from pathlib import Path

from scripts import output, processes, python_coverage, toolchain
from scripts.commands import options
from scripts.machine import REPOSITORY
from scripts.module_rehearsals import rehearsal_of
from scripts.module_tests import known, known_later_of, module_names, tests_of
from scripts.python_coverage import Covered

REHEARSED = ("tests/rehearsal", "tests/requests", "tests/bookstore", "tests/faults")
"""Whole systems: most of their time is the provider's waiting, so they run beside all others."""
LIGHT = ("functions", "tests", *(f"--ignore={folder}" for folder in REHEARSED))

NOT_SLOW = '-m "not slow"'
WORST = 15
"""How many files the table of Python's coverage names."""


def test(all_of_it: bool, module: str, words: str) -> int:
    """Run the default suites, one module's tests, or everything; 1 when a test fails or a module is not covered."""
    began = time.monotonic()
    _ready()
    if module:
        return _one_module(known(REPOSITORY, module), all_of_it, words)
    selection = words if all_of_it else f"{words} {NOT_SLOW}"
    log = REPOSITORY / ".cache" / "rehearsed-tests.log"
    log.parent.mkdir(exist_ok=True)
    log.unlink(missing_ok=True)
    parties = f"{selection} -n 3 --dist loadgroup"
    with processes.background(_pytest(REHEARSED, parties), cwd=REPOSITORY, log=log) as rehearsed:
        # Politely: the others mostly wait, and should not wait for these as well.
        argv = ["nice", "-n", "10", *_pytest(LIGHT, f"{selection} {_workers()} --module-coverage all")]
        light = processes.follow(argv, on_line=output.result, cwd=REPOSITORY)
        output.step("Whole systems, rehearsed meanwhile:")
        rehearsed.wait()
    output.result(log.read_text())
    code = _code(light or rehearsed.returncode)
    if all_of_it:
        output.step("Every default of every module, changed one at a time:")
        code = mutation("") or code
    output.result(f"{time.monotonic() - began:.0f} s in all.")
    if not all_of_it:
        output.result(
            "Left for `./invoke test --all`: tests marked slow (minutes of waits, comparisons of every unit), and "
            "`./invoke test --mutation`."
        )
    return code


def coverage(module: str, words: str, json: bool) -> int:
    """Run the module tests and say what of the modules they leave unshown; 1 when there is something."""
    _ready()
    tests = tests_of(REPOSITORY, known(REPOSITORY, module)) if module else ("tests/modules",)
    # A module's own tests are few: further workers would each start a provider for them.
    workers = "" if module else _workers()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        asked = f"{words} {NOT_SLOW} {workers} --module-coverage {module or 'all'} --module-coverage-json {report}"
        show = output.say if json else output.result
        code = processes.follow(_pytest(tests, asked), on_line=show, cwd=REPOSITORY)
        found = loads(report.read_text()) if report.exists() else {}
        if not module:
            python = Path(folder) / "python.json"
            ended = _python_coverage(words, python, show)
            code = ended or code
            if python.exists():
                total, files = python_coverage.read(loads(python.read_text()))
                found["python"] = total.to_json() | {"files": {one.name: one.to_json() for one in files}}
                if not json:
                    _show_python(total, files)
            else:
                output.failure(
                    f"What the tests leave unshown of our Python is not known: pytest ended with code {ended} "
                    "before coverage.py wrote it; what it said stands above."
                )
                code = options.FAILED
        if json:
            output.emit_json(found)
    return _code(code)


def _python_coverage(words: str, report: Path, show: Callable[[str], None]) -> int:
    """Run the tests of our own Python and have coverage.py write *report*."""
    measured = f"--cov scripts --cov functions --cov-branch --cov-report json:{report} {_workers()}"
    argv = _pytest(python_coverage.TESTS, f"{words} {NOT_SLOW} {measured}")
    return processes.follow(argv, on_line=show, cwd=REPOSITORY)


def _show_python(total: Covered, files: Sequence[Covered]) -> None:
    rows = [
        [one.name, str(one.missed_lines), str(one.missed_branches), f"{one.percent:.0f}"]
        for one in (*files[:WORST], total)
    ]
    output.table(
        f"Python: the {WORST} files that miss most", ("file", "lines missed", "branches missed", "%"), rows
    )


def mutation(module: str, json: bool = False) -> int:
    """Change each default of one module or of all; 1 when no test notices a change."""
    from scripts.commands.mutation import mutation as run

    _ready()
    names = [known(REPOSITORY, module)] if module else module_names(REPOSITORY)
    return run({f"modules/{name}": tests_of(REPOSITORY, name) for name in names}, json)


def _one_module(module: str, rehearsed: bool, words: str) -> int:
    """The module's own tests, which take seconds; its rehearsal takes as long as AWS makes the provider wait."""
    rehearsal = rehearsal_of(REPOSITORY, module)
    asked = [*tests_of(REPOSITORY, module), *known_later_of(module), *(rehearsal if rehearsed else ())]
    code = processes.follow(_pytest(asked, words), on_line=output.result, cwd=REPOSITORY)
    if not rehearsed:
        output.result(
            f"Left for `./invoke test --all --module {module}`: apply, second plan and destroy on an embedded AWS."
        )
    return _code(code)


def _ready() -> None:
    toolchain.terraform()
    toolchain.terragrunt()
    toolchain.ensure_provider()


def _pytest(paths: Sequence[str], words: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", *shlex.split(words), *paths]


def _workers() -> str:
    """One worker a core, up to four: each brings a provider of its own, about a gigabyte."""
    return f"-n {min(os.cpu_count() or 1, 4)} --dist loadfile"


def _code(pytest: int) -> int:
    return options.FINE if pytest == 0 else options.FAILED
