"""invoke test"""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Sequence

from scripts import output, processes, toolchain
from scripts.checks.finding import Refused, unknown
from scripts.commands import options
from scripts.machine import REPOSITORY

LIGHT = (
    "functions",
    "tests/scripts",
    "tests/live",
    "tests/modules",
    "tests/local_aws",
    "tests/warm_provider",
)
REHEARSED = ("tests/rehearsal", "tests/requests")
"""Whole systems: most of their time is the provider's waiting, so they run beside the others."""


def test(all_of_it: bool, module: str, words: str) -> int:
    """Run the default suites, one module's tests, or everything; 1 when a test fails."""
    began = time.monotonic()
    toolchain.terraform()
    toolchain.terragrunt()
    toolchain.ensure_provider()
    if module:
        return _code(
            processes.follow(_pytest(_module_tests(module), words), on_line=output.result, cwd=REPOSITORY)
        )
    selection = words if all_of_it else f'{words} -m "not slow"'
    log = REPOSITORY / ".cache" / "rehearsed-tests.log"
    log.parent.mkdir(exist_ok=True)
    log.unlink(missing_ok=True)
    parties = f"{selection} -n 3 --dist loadgroup"
    with processes.background(_pytest(REHEARSED, parties), cwd=REPOSITORY, log=log) as rehearsed:
        # Politely: the others mostly wait, and should not wait for these as well.
        argv = ["nice", "-n", "10", *_pytest(LIGHT, f"{selection} {_workers()}")]
        light = processes.follow(argv, on_line=output.result, cwd=REPOSITORY)
        output.step("Whole systems, rehearsed meanwhile:")
        rehearsed.wait()
    output.result(log.read_text())
    output.result(f"{time.monotonic() - began:.0f} s in all.")
    if not all_of_it:
        output.result(
            "Left for `./invoke test --all`: tests marked slow (minutes of waits, comparisons of every unit)."
        )
    return _code(light or rehearsed.returncode)


def _pytest(paths: Sequence[str], words: str) -> list[str]:
    present = [path for path in paths if (REPOSITORY / path).exists()]
    return [sys.executable, "-m", "pytest", "-q", *shlex.split(words), *present]


def _workers() -> str:
    """One worker a core, up to four: each brings a provider of its own, about a gigabyte."""
    return f"-n {min(os.cpu_count() or 1, 4)} --dist loadfile"


def _code(pytest: int) -> int:
    return options.FINE if pytest == 0 else options.FAILED


def _module_tests(module: str) -> list[str]:
    """The test files of ``database/dynamodb``; refused with the nearest name when there is no such module."""
    known = {
        str(path.parent.relative_to(REPOSITORY / "modules"))
        for path in (REPOSITORY / "modules").glob("*/*/versions.tf")
    }
    if module not in known:
        raise Refused([unknown("--module", 0, "unknown-module", "there is no module", module, known)])
    domain, entity = module.split("/")
    name = entity.replace("-", "_")
    files = sorted((REPOSITORY / "tests" / "modules" / domain).glob(f"test_{name}*.py"))
    # A module whose longer name begins the same way has files of its own.
    others = [other.split("/")[1].replace("-", "_") for other in known if other != module]
    longer = tuple(f"test_{other}" for other in others if other.startswith(f"{name}_"))
    return [str(file.relative_to(REPOSITORY)) for file in files if not file.name.startswith(longer)]
