"""platform and order-analytics of dev on the embedded AWS: applied, stable, changed in one place, gone without a trace."""

import json
import re
from itertools import pairwise

import pytest

from scripts.local_aws.lifecycle import SECRET_KEY
from scripts.machine import REPOSITORY
from scripts.processes import Finished
from tests.checkout import Checkout, command_blocks

DEV = ("--env", "dev", "--local")
PLAIN_TERRAGRUNT = next(
    block for block in command_blocks(REPOSITORY / "docs" / "rehearsal.md") if "run-all" in block
)
BOTH = (*DEV, "--system", "platform,order-analytics")


def test_the_first_apply_ends_with_a_request_to_type(order_analytics: Finished) -> None:
    assert re.search(r"curl -sS -X POST http://127\.0\.0\.1:\d+/\S+/orders", order_analytics.out)


def test_a_second_plan_is_empty(checkout: Checkout, order_analytics: Finished) -> None:
    finished = checkout.invoke("plan", *BOTH, "--json")
    changes = {row["unit"]: row["changes"] for row in json.loads(finished.out) if row["changes"]}
    assert (changes, finished.code) == ({}, 0), finished.err


def test_plain_terragrunt_sees_every_unit_and_nothing_to_change(
    checkout: Checkout, order_analytics: Finished
) -> None:
    """By the block of docs/rehearsal.md: `run-all plan`, as people have always typed it."""
    finished = checkout.type(PLAIN_TERRAGRUNT)
    units = len(list((checkout.path / "live/dev/us-east-1/order-analytics").glob("*/terragrunt.hcl")))
    assert (finished.code, *verdict(finished)) == (0, units, []), finished.out + finished.err


def test_the_new_spelling_does_the_same(checkout: Checkout, order_analytics: Finished) -> None:
    finished = checkout.type(
        PLAIN_TERRAGRUNT.replace("terragrunt run-all plan", "cd ../platform && terragrunt run --all plan")
    )
    units = len(list((checkout.path / "live/dev/us-east-1/platform").glob("*/terragrunt.hcl")))
    assert (finished.code, *verdict(finished)) == (0, units, []), finished.out + finished.err


def verdict(finished: Finished) -> tuple[int, list[str]]:
    """How many units have nothing to change, and every line that warns."""
    lines = (finished.out + finished.err).splitlines()
    return sum("No changes." in line for line in lines), [
        line for line in lines if "WARN" in line or "Warning" in line
    ]


def test_one_changed_value_changes_one_unit(checkout: Checkout, order_analytics: Finished) -> None:
    file = "live/dev/us-east-1/order-analytics/api-ingestion/terraform.tfvars"
    before = (checkout.path / file).read_text()
    days = re.search(r"log_retention_days\s*=\s*(\d+)", before)
    assert days is not None
    checkout.edit(file, days.group(0), days.group(0).replace(days.group(1), "30"))
    rows = checkout.invoke_json("plan", *BOTH)
    (checkout.path / file).write_text(before)
    assert {row["unit"] for row in rows if row["changes"]} == {
        "live/dev/us-east-1/order-analytics/api-ingestion"
    }
    assert {change["action"] for row in rows for change in row["changes"]} == {"update"}


def test_a_clean_stop_keeps_what_was_rehearsed(checkout: Checkout, order_analytics: Finished) -> None:
    before = checkout.invoke_json("local.status")["url"]
    assert checkout.invoke("local.stop").code == 0
    finished = checkout.invoke("plan", *BOTH)
    assert finished.code == 0, finished.out + finished.err
    assert checkout.invoke_json("local.status")["url"] == before


def test_outputs_are_shown_by_unit(checkout: Checkout, order_analytics: Finished) -> None:
    shown = checkout.invoke_json("output", *DEV, "--unit", "order-analytics/storage")
    assert shown["live/dev/us-east-1/order-analytics/storage"]["table_names"] == {
        "orders": "acme-dev-order-analytics-orders"
    }


def test_the_secret_key_stands_in_no_state_plan_or_log(checkout: Checkout, order_analytics: Finished) -> None:
    """Terraform, Terragrunt, the warm provider and the embedded AWS all had it in their environment."""
    files = [
        path for folder in (".cache", ".rehearsal", "live") for path in (checkout.path / folder).rglob("*")
    ]
    texts = {path: path.read_bytes() for path in files if path.is_file() and not path.is_symlink()}
    assert len(texts) > 100
    assert [path for path, text in texts.items() if SECRET_KEY.encode() in text] == []
    assert SECRET_KEY not in order_analytics.out + order_analytics.err


@pytest.mark.last
def test_destroy_refuses_what_holds_data_until_it_is_named(
    checkout: Checkout, order_analytics: Finished
) -> None:
    finished = checkout.invoke("destroy", *BOTH, "--yes")
    assert finished.code == 3
    assert "--allow 'module.table[\"orders\"].aws_dynamodb_table.this'" in finished.err


@pytest.mark.last
def test_destroy_leaves_nothing(checkout: Checkout, order_analytics: Finished) -> None:
    finished = checkout.invoke("destroy", *BOTH, "--yes", "--allow", "*")
    assert finished.code == 0, finished.out + finished.err
    assert [line for line in finished.err.splitlines() if "foundation" in line]
    order = [line for line in finished.err.splitlines() if " destroy " in line]
    places = [
        next(n for n, line in enumerate(order) if unit in line)
        for unit in ("api-ingestion", "storage", "foundation")
    ]
    assert all(first < second for first, second in pairwise(places))
    again = checkout.invoke("destroy", *BOTH, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")
