"""Adding a service is a folder copied and two values changed; `impact` says that nobody else plans again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts.checks.validate import validate
from scripts.commands.impact import impact
from scripts.commands.options import Flags
from scripts.hcl.evaluate import evaluate
from scripts.impact.spread import PLANS, UNTOUCHED
from scripts.live.inputs import inputs_of
from scripts.live.tree import read_tree
from tests.scripts.tree_copy import committed_copy

STAGING = "live/staging/us-east-1"


def edited(file: Path, changes: Mapping[str, str]) -> None:
    """Write a file anew with each text, which must be there, in the place of another."""
    text = file.read_text()
    for old, new in changes.items():
        assert old in text, f"{file} has no {old!r}"
        text = text.replace(old, new)
    file.write_text(text)


def copied(root: Path, unit: str, name: str, changes: Mapping[str, str]) -> None:
    """A unit of staging again under another name, with other values."""
    folder = root / STAGING / unit
    shutil.copytree(folder, folder.with_name(name))
    edited(folder.with_name(name) / "terraform.tfvars", changes)


def containers(root: Path) -> None:
    values = {"fulfilment = {": "recommender = {", "= 8080": "= 8090"}
    copied(root, "commerce/containers", "recommendations", values)


def machines(root: Path) -> None:
    values = {
        "imports = {": "exports = {",
        'instance_types = ["t4g.small", ': 'instance_types = ["t4g.large", ',
    }
    copied(root, "commerce/workers", "exports", values)


def service_of_the_bookstore(root: Path) -> None:
    """Its services share a definition, and the folder's name says which of them it is: a line there says what is its own."""
    copied(root, "bookstore/services-users", "services-wishlists", {"cpu = 512": "cpu = 256"})
    definitions = root / "live/_units/bookstore"
    line = "    users   = { rules ="
    own = '    wishlists = { rules = { wishlists = { priority = 450, paths = ["/wishlists/*"] } }, uses = ["database"] }\n'
    edited(definitions / "services.hcl", {line: f"{own}{line}"})
    # Where its image lies, and under which name the others find it: an entry each.
    registry = root / STAGING / "bookstore/registry/terraform.tfvars"
    edited(registry, {"repositories = {\n": "repositories = {\n  wishlists = {}\n"})
    edited(definitions / "service-discovery.hcl", {'"users"]': '"users", "wishlists"]'})


ADDED = {
    "commerce/recommendations": containers,
    "commerce/exports": machines,
    "bookstore/services-wishlists": service_of_the_bookstore,
}
ENTRIES = ("bookstore/registry", "bookstore/service-discovery")
"""Units that get an entry for the last one."""


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree to which somebody added three services since its last commit."""
    root = committed_copy(tmp_path_factory.mktemp("service")).root
    for add in ADDED.values():
        add(root)
    return root


def test_nobody_else_plans_again(
    added: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STAGECRAFT_TREE", str(added))
    assert impact(Flags(env="staging", json=True), "main", "") == 0
    effects: dict[str, set[str]] = {}
    for row in json.loads(capsys.readouterr().out)["units"]:
        effects.setdefault(row["effect"], set()).add(row["unit"].removeprefix(f"{STAGING}/"))
    assert effects.pop(PLANS) == {*ADDED, *ENTRIES}
    assert set(effects) == {UNTOUCHED}


@pytest.mark.parametrize("system", ["commerce", "bookstore"])
def test_the_tree_accepts_them(added: Path, system: str) -> None:
    tree = read_tree(added)
    assert [str(finding) for finding in validate(tree, tree.select("staging", system))] == []


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        pytest.param("commerce/recommendations", "acme-staging-commerce-recommendations", id="containers"),
        pytest.param("commerce/exports", "acme-staging-commerce-exports", id="machines"),
        pytest.param("bookstore/services-wishlists", "acme-staging-bookstore-wishlists", id="bookstore"),
    ],
)
def test_their_names_are_their_own(added: Path, unit: str, name: str) -> None:
    found = read_tree(added).unit(f"{STAGING}/{unit}")
    assert found is not None
    item = inputs_of(added, found).items["name"]
    assert evaluate(item.node, item.scope) == name
