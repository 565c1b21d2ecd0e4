"""A change names the units that plan again, those that may follow, and nobody else; the seed's redeploy table holds."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from scripts.checks.finding import Refused
from scripts.commands.impact import impact
from scripts.commands.options import Flags
from scripts.impact.snapshot import Snapshot
from scripts.impact.spread import (
    GONE,
    PERHAPS,
    PLANS,
    UNTOUCHED,
    Effect,
    Impact,
    impact_of_files,
    impact_of_units,
    in_order,
)
from scripts.machine import REPOSITORY
from scripts.tree import read_tree

ORDERS = "live/dev/us-east-1/order-analytics"
COPIED = (
    "live",
    "modules",
    "functions",
    "terragrunt.hcl",
    ".terraform.lock.hcl",
    "scripts/package_function.py",
)


def git(root: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@t", *words],
        cwd=root,
        check=True,
        capture_output=True,
    )


@dataclass(frozen=True)
class Copy:
    """A copy of the live tree and all it reads, and how dev was before a test changed it."""

    root: Path
    before: Snapshot

    def now(self, environment: str = "dev") -> Snapshot:
        """The tree as it stands; environments share no unit, so one is enough."""
        tree = read_tree(self.root)
        return Snapshot.at(replace(tree, units=tree.select(environment)))

    def effects(self, *files: str) -> dict[str, Effect]:
        """What a change of these files means for dev."""
        return found_by_unit(impact_of_files(self.now(), self.before, files))

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace one text, which must be there exactly once."""
        text = (self.root / file).read_text()
        assert text.count(old) == 1, f"{file} holds {old!r} {text.count(old)} times"
        (self.root / file).write_text(text.replace(old, new))


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The copy as one commit on main."""
    root = tmp_path_factory.mktemp("impact") / "tree"
    for name in COPIED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, root / name)
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "as it stands")
    again = root.parent / "before"
    shutil.copytree(root, again, ignore=shutil.ignore_patterns(".git"))
    tree = read_tree(again)
    return Copy(root, Snapshot.at(replace(tree, units=tree.select("dev"))))


@pytest.fixture
def copy(committed: Copy):
    """The copy; what a test changes in it is undone."""
    yield committed
    git(committed.root, "reset", "--quiet", "--hard", "main")
    git(committed.root, "clean", "--quiet", "-fd")


def with_effect(found: dict[str, Effect], effect: str) -> set[str]:
    return {path.removeprefix(f"{ORDERS}/") for path, row in found.items() if row.effect == effect}


def found_by_unit(found: Impact) -> dict[str, Effect]:
    return {effect.unit: effect for effect in found.effects}


STORAGE, EVENTS = f"{ORDERS}/storage/terraform.tfvars", f"{ORDERS}/event-processing/terraform.tfvars"
NOTIFICATION, MONITORING = f"{ORDERS}/notification/terraform.tfvars", f"{ORDERS}/monitoring/terraform.tfvars"
EVENTS_UNIT = "live/_units/order-analytics/event-processing.hcl"
LAMBDA = '    order-events = {\n      description = "Puts'
RULE = "    report-requested = {\n      description"


@pytest.mark.parametrize(
    ("file", "old", "new", "unit"),
    [
        pytest.param(
            STORAGE,
            "tables = {",
            'tables = {\n  audit = { hash_key = { name = "id", type = "S" } }',
            "storage",
            id="table",
        ),
        pytest.param(STORAGE, "buckets = {", "buckets = {\n  exports = {}", "storage", id="bucket"),
        pytest.param(MONITORING, "hours_shown = 3", "hours_shown = 6", "monitoring", id="dashboard"),
        pytest.param(MONITORING, "api_4xx_percent = 90", "api_4xx_percent = 80", "monitoring", id="alarm"),
        pytest.param(
            NOTIFICATION,
            "templates = {",
            'templates = {\n  late = { subject = "x", text = "x", html = "x" }',
            "notification",
            id="SES template",
        ),
        pytest.param(
            "live/_units/order-analytics/notification.hcl",
            "identities = {",
            'identities = { shop = { identity = "shop.example.com" },',
            "notification",
            id="SES identity",
        ),
        pytest.param(
            EVENTS,
            "schedules = {",
            'schedules = {\n  extra = { function = "report-generator", expression = "rate(1 day)", description = "x" }',
            "event-processing",
            id="EventBridge rule",
        ),
    ],
)
def test_the_seed_adds_it_without_redeploying_others(copy, file, old, new, unit):
    copy.edit(file, old, new)
    rows = copy.effects(file)
    assert (with_effect(rows, PLANS), with_effect(rows, PERHAPS)) == ({unit}, set())


def test_another_lambda_concerns_its_own_unit_and_who_watches_all_functions(copy):
    another = (
        '    copy = { description = "x", filename = "artifacts/order_events.zip", role_arn = "x" }\n' + LAMBDA
    )
    copy.edit(EVENTS_UNIT, LAMBDA, another)
    rows = copy.effects(EVENTS_UNIT)
    assert (with_effect(rows, PLANS), with_effect(rows, PERHAPS)) == ({"event-processing"}, {"monitoring"})


@pytest.mark.parametrize(
    ("file", "old", "new", "unit", "followers"),
    [
        pytest.param(
            "live/addresses.hcl",
            '      us-east-1 = {\n        pyshop          = "10.0.0.0/16"\n        order-analytics = "10.10.0.0/16"',
            '      us-east-1 = {\n        pyshop          = "10.0.0.0/16"\n        order-analytics = "10.14.0.0/16"',
            "foundation",
            {"iam", "api-ingestion", "event-processing"},
            id="the network's addresses",
        ),
        pytest.param(
            f"{ORDERS}/foundation/terraform.tfvars",
            "private = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 2 } }",
            "private = { newbits = 4, zones = { us-east-1a = 1, us-east-1b = 3 } }",
            "foundation",
            {"api-ingestion", "event-processing"},
            id="a subnet",
        ),
        pytest.param(
            "live/_units/order-analytics/foundation.hcl",
            'aws     = { description = "Announce reports", from_port = 443, group = "endpoints" }',
            'aws     = { description = "Announce reports", from_port = 444, group = "endpoints" }',
            "foundation",
            {"event-processing"},
            id="a security group's rule",
        ),
        pytest.param(
            "live/_units/order-analytics/iam.hcl",
            'actions    = ["dynamodb:GetItem", "dynamodb:PutItem"]',
            'actions    = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]',
            "iam",
            {"api-ingestion"},
            id="a policy",
        ),
    ],
)
def test_the_seed_redeploys_what_reads_it(copy, file, old, new, unit, followers):
    copy.edit(file, old, new)
    rows = copy.effects(file)
    assert with_effect(rows, PLANS) == {unit}
    assert followers <= with_effect(rows, PERHAPS)
    first = [row.why[0][0] for path, row in rows.items() if path.removeprefix(f"{ORDERS}/") in followers]
    assert f"{ORDERS}/{unit}" in first


def test_a_security_group_concerns_only_who_is_in_it(copy):
    """The rule of the report generator's group is nothing to the order processor, which is in another."""
    file = "live/_units/order-analytics/foundation.hcl"
    copy.edit(file, '"Announce reports", from_port = 443', '"Announce reports", from_port = 444')
    assert "api-ingestion" in with_effect(copy.effects(file), UNTOUCHED)


def test_a_unit_for_data_transformation_touches_no_other(copy):
    """The seed's example: 07-data-transformation reads storage and iam."""
    definition = """\
terraform { source = "${get_repo_root()}/modules//patterns/event-function" }
dependency "iam" {
  config_path  = "${get_terragrunt_dir()}/../iam"
  mock_outputs = { role_arns = { order-events = "arn:aws:iam::000000000000:role/mock" } }
}
dependency "storage" {
  config_path  = "${get_terragrunt_dir()}/../storage"
  mock_outputs = { table_names = { orders = "mock" } }
}
inputs = {
  functions = { transform = {
    description = "Transforms orders"
    filename    = "artifacts/order_events.zip"
    role_arn    = dependency.iam.outputs.role_arns["order-events"]
    environment = { TABLE_NAME = dependency.storage.outputs.table_names["orders"] }
  } }
}
"""
    added = "live/_units/order-analytics/data-transformation.hcl"
    (copy.root / added).write_text(definition)
    unit = copy.root / ORDERS / "data-transformation"
    unit.mkdir()
    text = (copy.root / ORDERS / "storage/terragrunt.hcl").read_text()
    (unit / "terragrunt.hcl").write_text(text.replace("storage.hcl", "data-transformation.hcl"))
    rows = copy.effects(added, f"{ORDERS}/data-transformation/terragrunt.hcl")
    assert list(rows.values()) == [Effect(f"{ORDERS}/data-transformation", PLANS, (("new unit",),))]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(EVENTS_UNIT, "# The event bus of", "# A bus, of", id="a comment"),
        pytest.param(STORAGE, "tables = {\n", "tables = {\n\n\n", id="empty lines"),
        pytest.param("live/addresses.hcl", "# The address plan", "# Addresses", id="a comment that all read"),
        pytest.param(
            "live/dev/env.hcl", '"alerts-dev@example.com"', '"alerts-dev@${"example.com"}"', id="other words"
        ),
        pytest.param("modules/storage/s3/README.md", "# ", "#  ", id="a README"),
    ],
)
def test_what_says_the_same_touches_nobody(copy, file, old, new):
    text = (copy.root / file).read_text()
    assert old in text
    (copy.root / file).write_text(text.replace(old, new, 1))
    assert copy.effects(file) == {}


def test_a_shared_value_touches_the_units_that_read_it(copy):
    copy.edit("live/dev/env.hcl", '"alerts-dev@example.com"', '"pager@example.com"')
    rows = copy.effects("live/dev/env.hcl")
    plans = with_effect(rows, PLANS)
    assert {"notification", "iam", "live/dev/us-east-1/platform/alerts"} <= plans
    assert not plans & {"foundation", "storage", "api-ingestion", "monitoring"}
    assert rows[f"{ORDERS}/notification"].why[0] == (
        "live/dev/env.hcl",
        "live/context.hcl: alert_emails",
        "input recipients",
    )


def test_the_owner_is_in_every_provider_and_touches_every_unit_of_its_environment(copy):
    copy.edit("live/dev/env.hcl", 'owner        = "', 'owner        = "not-')
    units = {unit.path for unit in copy.now().tree.units}
    assert set(copy.effects("live/dev/env.hcl")) == units
    assert impact_of_files(copy.now("prod"), None, ["live/dev/env.hcl"]).effects == ()


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
