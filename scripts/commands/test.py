"""invoke test"""

from __future__ import annotations

import sys
import time

from scripts import output, processes, toolchain
from scripts.checks.finding import Refused, unknown
from scripts.commands import options
from scripts.toolchain import REPOSITORY

SUITES = (
    "functions",
    "tests/scripts",
    "tests/live",
    "tests/modules",
    "tests/local_aws",
    "tests/warm_provider",
    "tests/rehearsal",
    "tests/requests",
)


def test(all_of_it: bool, module: str, words: str) -> int:
    """Run the default suites, one module's tests, or everything; 1 when a test fails."""
    began = time.monotonic()
    toolchain.terraform()
    toolchain.terragrunt()
    chosen = _module_tests(module) if module else [path for path in SUITES if (REPOSITORY / path).exists()]
    selection = [] if all_of_it or module else ["-m", "not slow"]
    code = processes.follow(
        [sys.executable, "-m", "pytest", "-q", *selection, *words.split(), *chosen],
        on_line=output.result,
        cwd=REPOSITORY,
    )
    output.result(f"{time.monotonic() - began:.0f} s.")
    if not all_of_it and not module:
        output.result(
            "Left for `./invoke test --all`: tests marked slow (waits of minutes, whole-tree comparisons)."
        )
    return options.FINE if code == 0 else options.FAILED


def _module_tests(module: str) -> list[str]:
    """The test file of ``database/dynamodb``; refused with the nearest name when there is no such module."""
    known = {
        str(path.parent.relative_to(REPOSITORY / "modules"))
        for path in (REPOSITORY / "modules").glob("*/*/versions.tf")
    }
    if module not in known:
        raise Refused([unknown("--module", 0, "unknown-module", "there is no module", module, known)])
    domain, entity = module.split("/")
    return [f"tests/modules/{domain}/test_{entity.replace('-', '_')}.py"]
