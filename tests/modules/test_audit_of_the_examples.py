"""Whoever copies an example gets something that Checkov and our own rules accept, but for six rules: no waiver helps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scripts.audit.breach import Breach
from scripts.audit.checkov import check
from scripts.audit.rules import breaches
from scripts.audit.waivers import Verdict, Waivers, judge, read_waivers
from scripts.machine import REPOSITORY
from scripts.plans.plan import read_plan
from scripts.plans.planned_resources import after
from tests.modules.test_readme_examples import example_of, modules

pytestmark = pytest.mark.slow
TODAY = date.today()


@pytest.fixture(scope="module")
def documents(module_tree: Path, warm_planner, tmp_path_factory) -> Mapping[str, Mapping[str, Any]]:
    """The plan of every module's example, by the module's folder."""

    def planned(module: str) -> Mapping[str, Any]:
        folder = tmp_path_factory.mktemp("example")
        (folder / "modules").symlink_to(module_tree)
        (folder / "main.tf").write_text(example_of(module))
        return dict(warm_planner.plan(folder, module, {})._raw)

    return {f"modules/{module}": planned(module) for module in modules}


@pytest.fixture(scope="module")
def found(documents) -> tuple[Breach, ...]:
    """What both kinds of rules find; tags come from the provider of a unit, which an example has not."""
    ours = breaches(after(read_plan(module, document) for module, document in documents.items()))
    return (*check(documents), *(breach for breach in ours if breach.rule != "missing-tags"))


@pytest.fixture(scope="module")
def verdict(found, documents) -> Verdict:
    """The findings, judged by the excluded rules alone."""
    return judge(found, Waivers(read_waivers(REPOSITORY).exclusions), documents.keys(), TODAY)


def test_every_example_passes_but_for_the_excluded_rules(verdict) -> None:
    assert [f"{breach.unit} {breach.rule} {breach.address}: {breach.text}" for breach in verdict.open] == []


def test_every_excluded_rule_is_needed_by_an_example(verdict) -> None:
    excluded = {exclusion.rule for exclusion in read_waivers(REPOSITORY).exclusions}
    assert excluded - {breach.rule for breach in verdict.excluded} == set()
