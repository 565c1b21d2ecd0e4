"""Keep what the module tests show of each module; with --module-coverage, fail when something was never shown.

Each xdist worker hands over what it saw when it ends, so the gate costs no second run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tftest

from scripts.docs import refusals
from scripts.live.modules import Module, module_paths, read_module
from scripts.machine import REPOSITORY
from scripts.module_coverage import gaps
from scripts.module_coverage.seen import Seen, counted, rules_in
from scripts.module_coverage.settings import changed

OUTPUT = "module_coverage"
RENEW = "--renew"
PLAIN = "--plain"


class Record:
    """What was seen so far, by module."""

    def __init__(self) -> None:
        self.seen: dict[str, Seen] = {}

    def planned(self, name: str, variables: Mapping[str, Any], plan: tftest.TerraformPlanOutput) -> None:
        """Note a plan that succeeded, and which of its outputs a test reads from now on."""
        module, seen = _module(name), self._of(name)
        seen.settings.update(changed(module, variables))
        addresses = [*plan.resources, *plan.modules]
        for block, count in counted(gaps.repeated(module), addresses).items():
            seen.instances.setdefault(block, set()).add(count)
        plan.outputs = Noted(plan.outputs._raw, seen.outputs)
        root = plan["configuration"]["root_module"]
        root["outputs"] = NotedSources(root.get("outputs", {}), seen.outputs)

    def refused(self, name: str, error: str) -> None:
        """Note the rules that Terraform says were broken."""
        for place, message in rules_in(error).items():
            self._of(name).refused.setdefault(place, set()).add(message)

    def to_json(self) -> dict[str, Any]:
        """Everything, for another process."""
        return {name: seen.to_json() for name, seen in self.seen.items()}

    def add(self, read: Mapping[str, Any]) -> None:
        """Take in what another process saw."""
        for name, seen in read.items():
            self._of(name).add(seen)

    def coverage(self, wanted: str) -> list[gaps.Coverage]:
        """The shares of the modules that *wanted* names by commas, or of all."""
        names = [path.removeprefix("modules/") for path in module_paths(REPOSITORY)]
        chosen = names if wanted == "all" else wanted.split(",")
        return [gaps.compare(_module(name), self._of(name)) for name in chosen]

    def _of(self, name: str) -> Seen:
        return self.seen.setdefault(name, Seen())


class Noted(tftest.TerraformValueDict):
    """Outputs that note which of them was read."""

    def __init__(self, raw: Mapping[str, Any], read: set[str]) -> None:
        super().__init__(raw)
        self._read = read

    def __getitem__(self, name: str) -> Any:
        self._read.add(name)
        return super().__getitem__(name)


class NotedSources(dict[str, Any]):
    """The configuration of outputs, for what a plan cannot know: a test reads there what an output is taken from."""

    def __init__(self, sources: Mapping[str, Any], read: set[str]) -> None:
        super().__init__(sources)
        self._read = read

    def __getitem__(self, name: str) -> Any:
        self._read.add(name)
        return super().__getitem__(name)


@cache
def _module(name: str) -> Module:
    return read_module(REPOSITORY, f"modules/{name}")


RECORD = pytest.StashKey[Record]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options for `invoke test`, which asks for a gate and a report, and for who means a change."""
    group = parser.getgroup("module coverage")
    group.addoption(
        "--module-coverage",
        default="",
        metavar="MODULES",
        help="fail when the tests of these modules (by commas, or all) leave a variable, rule, output or repetition unshown",
    )
    group.addoption(RENEW, action="store_true", help="write down anew what is kept of the modules' plans")
    group.addoption(
        PLAIN, action="store_true", help="plan modules as Terraform does alone, to compare the time"
    )
    group.addoption("--module-coverage-json", default="", metavar="FILE", help="write what was found there")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[RECORD] = Record()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker has ended."""
    node.config.stash[RECORD].add(getattr(node, "workeroutput", {}).get(OUTPUT, {}))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput[OUTPUT] = config.stash[RECORD].to_json()
        return
    if _asked(config):
        if config.option.module_coverage_json:
            found = {one.module: one.to_json() for one in config.stash[RECORD].coverage(_asked(config))}
            Path(config.option.module_coverage_json).write_text(json.dumps(found))
        if config.getoption(RENEW) and _asked(config) == "all":
            refusals.write(REPOSITORY, _refusals(config))
        if session.exitstatus == pytest.ExitCode.OK and (list(_incomplete(config)) or _outdated(config)):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not _asked(config):
        return
    found = config.stash[RECORD].coverage(_asked(config))
    terminalreporter.section("module coverage")
    lacking = list(_incomplete(config))
    if lacking:
        terminalreporter.line(gaps.table(lacking))
    terminalreporter.line(gaps.summary(found))
    if outdated := _outdated(config):
        terminalreporter.line(f"{', '.join(outdated)}: not current; add {RENEW} and review what git shows.")


def _refusals(config: pytest.Config) -> dict[str, str]:
    seen = config.stash[RECORD].seen
    modules = [_module(path.removeprefix("modules/")) for path in module_paths(REPOSITORY)]
    return refusals.pages(modules, {name: one.refused for name, one in seen.items()})


def _outdated(config: pytest.Config) -> list[str]:
    """Pages of docs/refusals that the tests of all modules show to be old."""
    return refusals.outdated(REPOSITORY, _refusals(config)) if _asked(config) == "all" else []


def _asked(config: pytest.Config) -> str:
    """Which modules; none when a part of their tests was chosen, which cannot show all."""
    return "" if config.option.keyword else str(config.option.module_coverage)


def _incomplete(config: pytest.Config) -> Iterator[gaps.Coverage]:
    return (one for one in config.stash[RECORD].coverage(_asked(config)) if not one.complete)
