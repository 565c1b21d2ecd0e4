"""Run test files in this process, up to the first failure, and say whether a test or the module itself objected."""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
import tftest

from scripts import toolchain
from scripts.module_tests import EXAMPLE
from scripts.mutation.run import KILLED, REFUSED, SURVIVED, TREE, WARM, Verdict, silence
from scripts.warm_provider import WarmProvider

# Tests import what they test; here it is the other way round, and mypy need not follow into them.
planner = importlib.import_module("tests.modules.planner")
examples = importlib.import_module("tests.modules.test_readme_examples")

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
    """The verdict of *tests* on the modules in *tree*."""
    silence()
    example = [test for test in tests if test.startswith(EXAMPLE)]
    verdict = _of_example(warm, tree, example[0]) if example else Verdict(SURVIVED)
    if verdict.result != SURVIVED:
        return verdict
    os.environ[TREE], os.environ[WARM] = str(tree), str(warm)
    first = _First()
    code = pytest.main([*QUICK, *(test for test in tests if test not in example)], plugins=[first])
    if code == pytest.ExitCode.USAGE_ERROR and len(tests) == 1:
        return Verdict(SURVIVED)  # a test of that name is no more; the others are asked next
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise RuntimeError(f"pytest ended with {code}")
    return first.verdict


def _of_example(warm: Path, tree: Path, test: str) -> Verdict:
    """The verdict of the README's example, its test called without pytest: that halves what most mutants cost."""
    module = test.partition("[")[2].rstrip("]")
    folder = tree.parent / "examples" / module
    plans = planner.Planner(toolchain.terraform(), planner.terraform_environment(), WarmProvider(warm, print))
    if folder.exists():
        plans.is_initialised(folder)
    else:
        examples.lay_out(module, tree, folder)
    try:
        examples.check(module, folder, plans)
    except tftest.TerraformTestError:
        return Verdict(REFUSED, test)
    except AssertionError:
        return Verdict(KILLED, test)
    return Verdict(SURVIVED)


def _expects_refusal(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "TerraformTestError" in item.function.__code__.co_names
