"""The runbooks for states, drilled on a real one: deleted, locked, moved aside and imported again."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.checkout import ACCOUNTS, Checkout

KMS = ("--env", "staging", "--local", "--system", "platform", "--unit", "kms")
KEY = "platform/kms/terraform.tfstate"
ALIAS = 'aws_kms_alias.this["logs"]'
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def keys(checkout: Checkout) -> Iterator[Checkout]:
    made = checkout.invoke("apply", *KMS, "--yes")
    assert made.code == 0, made.out + made.err
    yield checkout
    assert checkout.invoke("destroy", *KMS, "--yes", "--allow", "*").code == 0


@pytest.fixture(scope="module")
def bucket(keys: Checkout) -> tuple[Any, str]:
    """The S3 client of staging, and the bucket of its states."""
    store = keys.client("s3", account=ACCOUNTS["staging"])
    (name,) = [each["Name"] for each in store.list_buckets()["Buckets"] if "staging-tfstate" in each["Name"]]
    return store, name


def in_sync(checkout: Checkout) -> bool:
    return checkout.invoke("plan", *KMS).code == 0


def test_a_deleted_state_is_restored_and_nothing_is_left_to_do(
    keys: Checkout, bucket: tuple[Any, str]
) -> None:
    store, name = bucket
    store.delete_object(Bucket=name, Key=KEY)
    assert keys.invoke("plan", *KMS).code == 2, "a plan without a state makes everything anew"
    restored = keys.invoke("state.restore", *KMS, "--yes")
    assert restored.code == 0, restored.out + restored.err
    assert f"known again:     {ALIAS}" in restored.err
    assert in_sync(keys)


def test_a_lock_that_nobody_holds_any_more_is_explained_and_taken_away(
    keys: Checkout, bucket: tuple[Any, str]
) -> None:
    store, name = bucket
    lock = {
        "ID": "0f1e2d3c-0000-4000-8000-000000000000",
        "Operation": "OperationTypeApply",
        "Who": "ann@laptop",
        "Created": "2026-01-31T13:00:00.000000000Z",
    }
    store.put_object(Bucket=name, Key=f"{KEY}.tflock", Body=json.dumps(lock).encode())
    listed = keys.invoke_json("state.list", *KMS)
    assert listed[0]["lock"].startswith("ann@laptop for Apply since 2026-01-31T13:00:00Z")
    taken = keys.invoke("state.unlock", *KMS, "--yes")
    assert taken.code == 0, taken.err
    assert "is held by ann@laptop for Apply since 2026-01-31" in taken.err
    assert keys.invoke_json("state.list", *KMS)[0]["lock"] is None
    assert in_sync(keys)


def test_a_resource_that_exists_is_imported_by_a_reviewed_plan(
    keys: Checkout, bucket: tuple[Any, str]
) -> None:
    store, name = bucket
    assert keys.invoke("state.backup", *KMS).code == 0
    state = json.loads(store.get_object(Bucket=name, Key=KEY)["Body"].read())
    for resource in state["resources"]:
        if resource["type"] == "aws_kms_alias":
            kept = [each for each in resource["instances"] if each.get("index_key") != "logs"]
            (gone,) = [each for each in resource["instances"] if each.get("index_key") == "logs"]
            resource["instances"] = kept
    state["serial"] += 1
    store.put_object(Bucket=name, Key=KEY, Body=json.dumps(state).encode())
    identity = gone["attributes"]["id"]

    failed = keys.invoke("apply", *KMS, "--yes")
    assert failed.code == 1, "AWS has an alias of that name"
    imported = keys.invoke("state.import", *KMS, "--address", ALIAS, "--id", identity, "--yes")
    assert imported.code == 0, imported.out + imported.err
    assert not list((keys.path / "live" / "staging").rglob("*import.tf"))
    assert in_sync(keys)
    again = keys.invoke("state.import", *KMS, "--address", ALIAS, "--id", identity, "--yes")
    assert again.code == 3
    assert "nothing to import" in again.err


def test_a_resource_that_was_moved_in_the_state_is_moved_back(keys: Checkout) -> None:
    time.sleep(1.1)  # so that the backup of this move has a second of its own
    there = keys.invoke(
        "state.move", *KMS, "--address", ALIAS, "--to", 'aws_kms_alias.this["other"]', "--yes"
    )
    assert there.code == 0, there.out + there.err
    assert keys.invoke("plan", *KMS).code == 2
    assert keys.invoke("state.restore", *KMS, "--yes").code == 0
    assert in_sync(keys)
