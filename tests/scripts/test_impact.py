"""A change names the units that plan again, those that may follow, and nobody else; the seed's redeploy table holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scripts.impact.spread import PERHAPS, PLANS, UNTOUCHED, Effect, impact_of_files
from tests.scripts.tree_copy import (
    MONITORING,
    NOTIFICATION,
    ORDERS,
    STORAGE,
    Copy,
    committed_copy,
    restored,
    with_effect,
)

EVENTS = f"{ORDERS}/event-processing/terraform.tfvars"
EVENTS_UNIT = "live/_units/order-analytics/event-processing.hcl"
LAMBDA = '    order-events = {\n      description = "Puts'


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return committed_copy(tmp_path_factory.mktemp("impact"))


@pytest.fixture
def copy(committed: Copy) -> Iterator[Copy]:
    yield from restored(committed)


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


SERVICES = "live/_units/bookstore/services.hcl"
BOOKSTORE = "live/dev/us-east-1/bookstore"


def test_a_line_about_one_service_in_the_definition_that_four_share_touches_that_one(copy):
    copy.edit(SERVICES, "priority = 400", "priority = 401")
    rows = copy.effects(SERVICES)
    assert with_effect(rows, PLANS) == {f"{BOOKSTORE}/services-users"}


def test_what_all_services_of_a_definition_say_touches_them_all(copy):
    copy.edit(SERVICES, 'writable_paths = ["/tmp"]', 'writable_paths = ["/tmp", "/var/tmp"]')
    names = ("catalog", "orders", "reviews", "users")
    assert with_effect(copy.effects(SERVICES), PLANS) == {f"{BOOKSTORE}/services-{name}" for name in names}


def test_a_service_takes_of_a_map_what_is_its_own_though_its_definition_does_not_write_the_key_out(copy):
    file = f"{BOOKSTORE}/registry/terraform.tfvars"
    text = (copy.root / file).read_text()
    assert text.count("repositories = {") == 1
    (copy.root / file).write_text(text.replace("repositories = {", "repositories = {\n  gifts = {}"))
    rows = copy.effects(file)
    assert with_effect(rows, PERHAPS) == set()
    assert f"{BOOKSTORE}/services-orders" in with_effect(rows, UNTOUCHED)


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
