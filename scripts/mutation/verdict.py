"""Run test files in this process, up to the first failure, and say whether a test or the module itself objected."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
import tftest  # noqa: F401 - once here instead of in each child

from scripts.mutation.run import KILLED, REFUSED, SURVIVED, Verdict

TREE, WARM = "STAGECRAFT_MODULE_TREE", "STAGECRAFT_MODULE_WARM"
"""How tests/modules/conftest.py learns of the changed copy and of the provider that runs already."""

QUICK = (
    "-q", "-x", "--tb=short", "--assert=plain",
    "-p", "no:cacheprovider", "-p", "no:hypothesispytest",
)  # fmt: skip
"""Nobody reads why a mutant was killed, and what is not loaded need not be imported a thousand times."""


class _First:
    """The first failure; tests that expect a refusal come last, they seldom notice a changed default."""

    def __init__(self) -> None:
        self.verdict = Verdict(SURVIVED)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=_expects_refusal)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.verdict.result == SURVIVED:
            crash = getattr(report.longrepr, "reprcrash", None)
            refused = crash is not None and crash.message.startswith("tftest.TerraformTestError")
            self.verdict = Verdict(REFUSED if refused else KILLED, report.nodeid)


def run_tests(warm: Path, tree: Path, tests: Sequence[str]) -> Verdict:
    """The verdict of *tests* on the modules in *tree*. Output is dropped: thousands of failures are as wanted."""
    os.environ[TREE], os.environ[WARM] = str(tree), str(warm)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    first = _First()
    code = pytest.main([*QUICK, *tests], plugins=[first])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise RuntimeError(f"pytest ended with {code}")
    return first.verdict


def _expects_refusal(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "TerraformTestError" in item.function.__code__.co_names
