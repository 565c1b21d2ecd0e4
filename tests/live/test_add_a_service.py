"""Adding a service is one folder copied and two values changed: nobody else plans again, and no name is taken twice."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.checks.validate import validate
from scripts.hcl.evaluate import evaluate
from scripts.impact.snapshot import Snapshot
from scripts.impact.spread import PLANS, impact_of_files
from scripts.live.inputs import inputs_of
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY

SYSTEM = "live/staging/us-east-1/commerce"
COPIED = ("live", "modules", "functions", "terragrunt.hcl", "scripts/package_function.py")


def snapshot(root: Path) -> Snapshot:
    tree = read_tree(root)
    return Snapshot.at(replace(tree, units=tree.select("staging", "commerce")))


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "live").rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """The tree before and after, and the files that differ."""
    root = tmp_path_factory.mktemp("service") / "tree"
    for name in COPIED:
        source, target = REPOSITORY / name, root / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".terragrunt-cache"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    before, had = snapshot(root), files(root)

    shutil.copytree(root / SYSTEM / "containers", root / SYSTEM / "recommendations")
    values = root / SYSTEM / "recommendations" / "terraform.tfvars"
    text = values.read_text()
    assert (text.count("fulfilment = {"), text.count("= 8080")) == (1, 1)
    values.write_text(text.replace("fulfilment = {", "recommender = {").replace("= 8080", "= 8090"))

    has = files(root)
    return root, before, {path for path in had | has if had.get(path) != has.get(path)}


def test_only_the_copied_folder_is_new(added):
    _, _, changed = added
    assert changed == {f"{SYSTEM}/recommendations/{name}" for name in ("terragrunt.hcl", "terraform.tfvars")}


def test_the_tree_accepts_it(added):
    root, _, _ = added
    assert [str(finding) for finding in validate(read_tree(root))] == []


def test_no_other_unit_plans_again(added):
    root, before, changed = added
    found = impact_of_files(snapshot(root), before, changed)
    assert found.of(PLANS) == (f"{SYSTEM}/recommendations",)
    assert {effect.unit for effect in found.effects} == {f"{SYSTEM}/recommendations"}


def test_its_names_are_its_own(added):
    root, _, _ = added
    tree = read_tree(root)
    names = {}
    for unit in ("containers", "recommendations"):
        item = inputs_of(root, tree.unit(f"{SYSTEM}/{unit}")).items["name"]
        names[unit] = evaluate(item.node, item.scope)
    assert names == {
        "containers": "acme-staging-commerce-containers",
        "recommendations": "acme-staging-commerce-recommendations",
    }
