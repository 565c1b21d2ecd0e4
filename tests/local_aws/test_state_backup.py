"""Copies of states: beside the states, named by time, the same bytes."""

from datetime import UTC, datetime, timedelta

import boto3
import pytest

from scripts.live.units import Unit
from scripts.local_aws import lifecycle
from scripts.states.backup import backup, backup_key
from scripts.states.bucket import StateStore, bootstrap, names
from scripts.states.state import state_key

ACCOUNT = "123123123123"
MOMENT = datetime(2026, 11, 21, 18, 30, 5, tzinfo=UTC)


def unit(name: str) -> Unit:
    return Unit(f"live/backup/us-east-1/shop/{name}", "backup", "us-east-1", "shop", name, "d", "m", (), "t")


@pytest.fixture
def session(server: lifecycle.Running, monkeypatch: pytest.MonkeyPatch) -> boto3.Session:
    for name, value in lifecycle.client_environment(server.url, ACCOUNT, "us-east-1").items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    return boto3.Session(region_name="us-east-1")


@pytest.fixture
def store(session: boto3.Session) -> StateStore:
    made = names("acme", "backup", ACCOUNT, "us-east-1", "s3", {"Project": "acme"})
    bootstrap(session, made)
    return made


def test_each_state_is_copied_and_a_unit_without_one_is_left_out(
    session: boto3.Session, store: StateStore
) -> None:
    s3 = session.client("s3")
    s3.put_object(Bucket=store.bucket, Key=state_key(unit("orders")), Body=b'{"serial": 3}')
    (place,) = backup(session, store, [unit("orders"), unit("never-applied")], MOMENT)
    assert str(place) == f"s3://{store.bucket}/backup/shop/orders/20261121T183005.000000Z.tfstate"
    assert s3.get_object(Bucket=place.bucket, Key=place.key)["Body"].read() == b'{"serial": 3}'


def test_a_later_copy_keeps_the_earlier_one(session: boto3.Session, store: StateStore) -> None:
    s3 = session.client("s3")
    s3.put_object(Bucket=store.bucket, Key=state_key(unit("mail")), Body=b"first")
    (first,) = backup(session, store, [unit("mail")], MOMENT)
    s3.put_object(Bucket=store.bucket, Key=state_key(unit("mail")), Body=b"second")
    (second,) = backup(session, store, [unit("mail")], MOMENT + timedelta(seconds=1))
    texts = [s3.get_object(Bucket=store.bucket, Key=place.key)["Body"].read() for place in (first, second)]
    assert texts == [b"first", b"second"]


def test_names_sort_by_time() -> None:
    moments = [MOMENT + timedelta(days=day, microseconds=day) for day in range(12)]
    keys = [backup_key(unit("a"), moment) for moment in moments]
    assert keys == sorted(keys)


def test_a_store_that_is_not_there_has_nothing_to_copy(session: boto3.Session) -> None:
    nowhere = names("acme", "nowhere", ACCOUNT, "us-east-1", "s3", {})
    assert backup(session, nowhere, [unit("orders")], MOMENT) == ()
