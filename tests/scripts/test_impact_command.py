"""Files, units and git's own list of changes lead to the units that they concern; a wrong word is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

import pytest

from scripts.checks.finding import Refused
from scripts.commands.impact import impact
from scripts.commands.options import Flags
from scripts.impact.spread import GONE, PERHAPS, PLANS, impact_of_files, impact_of_units, in_order
from tests.scripts.tree_copy import (
    MONITORING,
    ORDERS,
    STORAGE,
    Copy,
    committed_copy,
    found_by_unit,
    git,
    restored,
    with_effect,
)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return committed_copy(tmp_path_factory.mktemp("impact"))


@pytest.fixture
def copy(committed: Copy) -> Iterator[Copy]:
    yield from restored(committed)


@pytest.mark.parametrize(
    ("file", "chain", "units"),
    [
        pytest.param(
            "modules/database/dynamodb/main.tf",
            [
                "modules/database/dynamodb/main.tf",
                "modules/database/dynamodb",
                "modules/patterns/storage-layer",
            ],
            {"storage"},
            id="through a pattern to its module",
        ),
        pytest.param(
            "functions/order_processor/store.py",
            [
                "functions/order_processor/store.py",
                "functions/order_processor",
                "live/_units/order-analytics/api-ingestion.hcl",
            ],
            {"api-ingestion"},
            id="a function's code",
        ),
        pytest.param(
            "functions/_shared/structured_log.py",
            [
                "functions/_shared/structured_log.py",
                "functions/order_processor",
                "live/_units/order-analytics/api-ingestion.hcl",
            ],
            {"api-ingestion", "event-processing", "notification"},
            id="what functions share",
        ),
        pytest.param(
            "live/_units/order-analytics/openapi.yaml",
            ["live/_units/order-analytics/openapi.yaml", "live/_units/order-analytics/api-ingestion.hcl"],
            {"api-ingestion"},
            id="a document that a definition reads",
        ),
        pytest.param(
            "live/_units/order-analytics/api-ingestion.hcl",
            ["live/_units/order-analytics/api-ingestion.hcl"],
            {"api-ingestion"},
            id="a definition",
        ),
        pytest.param(
            "live/addresses.hcl",
            ["live/addresses.hcl", "live/context.hcl: vpc_cidr", "input vpc_cidr_block"],
            {"foundation"},
            id="the address plan, without a commit to compare with",
        ),
    ],
)
def test_a_named_file_leads_to_its_units(committed, file, chain, units):
    found = impact_of_files(committed.before, None, [file])
    ours = {name for name in with_effect(found_by_unit(found), PLANS) if "/" not in name}
    assert ours == units
    assert tuple(chain) in [why for effect in found.effects for why in effect.why]


@pytest.mark.parametrize("file", ["terragrunt.hcl", ".terraform.lock.hcl"])
def test_what_every_unit_includes_touches_every_unit(committed, file):
    now = committed.before
    assert set(impact_of_files(now, None, [file]).of(PLANS)) == {unit.path for unit in now.tree.units}


@pytest.mark.parametrize(
    "file", ["functions/order_processor/test_order_processor.py", "README.md", "modules/storage/s3/README.md"]
)
def test_what_reaches_no_unit_touches_none(committed, file):
    assert impact_of_files(committed.before, None, [file]).effects == ()


def test_a_module_that_nobody_uses_is_said_to_reach_nobody(committed):
    file = "modules/networking/vpc/never.txt"
    now = committed.before
    unused = impact_of_files(now, None, ["modules/none/none/main.tf", file])
    assert unused.without_effect == ("modules/none/none/main.tf",)


def test_a_named_unit_reaches_who_reads_it_and_who_reads_those(committed):
    now = committed.before
    found = impact_of_units(now, now.tree.select("dev", "order-analytics", "iam"))
    assert found.of(PLANS) == (f"{ORDERS}/iam",)
    assert set(found.of(PERHAPS)) >= {
        f"{ORDERS}/{unit}" for unit in ("storage", "api-ingestion", "monitoring")
    }
    assert f"{ORDERS}/foundation" not in {effect.unit for effect in found.effects}


def test_a_unit_that_is_gone_is_named(copy):
    shutil.rmtree(copy.root / ORDERS / "monitoring")
    rows = copy.effects(f"{ORDERS}/monitoring/terragrunt.hcl", MONITORING)
    assert with_effect(rows, GONE) == {"monitoring"} and len(rows) == 1


def test_units_come_after_what_they_need(committed):
    units = [unit.path for unit in in_order(committed.before.tree.units)]
    names = ("foundation", "iam", "storage", "api-ingestion", "monitoring")
    order = [units.index(f"{ORDERS}/{name}") for name in names]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("flags", "changed", "base", "says"),
    [
        pytest.param(
            {},
            "",
            "no-such-branch",
            '--base: git knows no common commit of HEAD and "no-such-branch"',
            id="base",
        ),
        pytest.param({}, "live/none.hcl", "main", '--changed: there is no "live/none.hcl"', id="file"),
        pytest.param({}, "../secret", "main", '--changed: there is no "../secret"', id="outside"),
        pytest.param({"unit": "none"}, "", "main", "--unit: no unit fits", id="unit"),
    ],
)
def test_a_wrong_word_is_refused_with_the_flag(committed, monkeypatch, flags, changed, base, says):
    monkeypatch.setenv("STAGECRAFT_TREE", str(committed.root))
    with pytest.raises(Refused, match=says):
        impact(Flags(**flags), base, changed)


def test_git_says_what_changed_since_main(copy, monkeypatch, capsys):
    """One change is committed on a branch, one is not, one file is new: all three count."""
    monkeypatch.setenv("STAGECRAFT_TREE", str(copy.root))
    git(copy.root, "checkout", "--quiet", "-b", "work")
    copy.edit(MONITORING, "hours_shown = 3", "hours_shown = 6")
    git(copy.root, "commit", "--quiet", "--all", "--message", "longer")
    copy.edit(STORAGE, "buckets = {", "buckets = {\n  exports = {}")
    (copy.root / "modules/database/dynamodb/extra.tf").write_text("locals {}\n")
    assert impact(Flags(env="dev", system="order-analytics", json=True), "main", "") == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said["files"]) == {STORAGE, MONITORING, "modules/database/dynamodb/extra.tf"}
    plans = {row["unit"].rpartition("/")[2]: row["why"] for row in said["units"] if row["effect"] == PLANS}
    assert set(plans) == {"storage", "monitoring"}
    assert plans["storage"][0][0] == "modules/database/dynamodb/extra.tf"
    git(copy.root, "checkout", "--quiet", "--force", "main")


def test_an_untouched_tree_says_so(committed, monkeypatch, capsys):
    monkeypatch.setenv("STAGECRAFT_TREE", str(committed.root))
    assert impact(Flags(), "main", "") == 0
    assert capsys.readouterr().out.startswith("No unit plans again; 0 changed files")
