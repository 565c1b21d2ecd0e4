"""States, their copies and their locks, as Terraform's S3 backend leaves them."""

import json
from collections.abc import Iterator

import boto3
import pytest

from scripts.checks.finding import Refused
from scripts.live.units import Unit
from scripts.local_aws import lifecycle
from scripts.states import backup as state_backup
from scripts.states import copies as state_copies
from scripts.states import locks as state_locks
from scripts.states import moving as state_move
from scripts.states.bucket import StateStore, bootstrap, names
from scripts.states.state import parse_state, read_state, read_text, state_key

ACCOUNT = "333333333333"


@pytest.fixture(scope="module")
def session(server: lifecycle.Running) -> Iterator[boto3.Session]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in lifecycle.client_environment(server.url, ACCOUNT, "us-east-1").items():
            patch.setenv(name, value)
        patch.delenv("AWS_CA_BUNDLE", raising=False)
        yield boto3.Session()


@pytest.fixture(scope="module", params=["s3", "dynamodb"])
def store(request: pytest.FixtureRequest, session: boto3.Session) -> StateStore:
    made = names("acme", f"states-{request.param}", ACCOUNT, "us-east-1", request.param, {})
    bootstrap(session, made)
    return made


def unit(name: str) -> Unit:
    return Unit(f"live/dev/us-east-1/shop/{name}", "dev", "us-east-1", "shop", name, "", "", (), "")


def state(serial: int, *addresses: str) -> bytes:
    """A state of version 4 with *addresses*, such as ``aws_sqs_queue.orders`` or ``module.a.aws_sqs_queue.orders``."""
    resources = []
    for address in addresses:
        *module, kind, name = address.split(".")
        resources.append(
            {
                "mode": "managed",
                "type": kind,
                "name": name,
                "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
                "instances": [{"schema_version": 0, "attributes": {"id": address}}],
                **({"module": ".".join(module)} if module else {}),
            }
        )
    return json.dumps(
        {
            "version": 4,
            "terraform_version": "1.11.4",
            "serial": serial,
            "lineage": "one",
            "outputs": {},
            "resources": resources,
            "check_results": None,
        }
    ).encode()


def put(session: boto3.Session, store: StateStore, one: Unit, text: bytes) -> None:
    session.client("s3").put_object(Bucket=store.bucket, Key=state_key(one), Body=text)


def addresses(session: boto3.Session, store: StateStore, one: Unit) -> list[str]:
    found = read_state(session, store, one)
    assert found is not None
    return sorted(found.addresses)


def test_a_held_state_says_who_holds_it_and_is_free_afterwards(
    session: boto3.Session, store: StateStore
) -> None:
    one = unit("held")
    assert state_locks.read_lock(session, store, one) is None
    with state_locks.held(session, store, one, "state.restore"):
        lock = state_locks.read_lock(session, store, one)
        assert lock is not None and "for state.restore since 20" in str(lock)
        with (
            pytest.raises(Refused, match=r"is held by .* for state\.restore"),
            state_locks.held(session, store, one, "state.move"),
        ):
            pass
        assert state_locks.read_lock(session, store, one) == lock, "the second try took the first one's lock"
    assert state_locks.read_lock(session, store, one) is None


def test_anybodys_lock_can_be_taken_away(session: boto3.Session, store: StateStore) -> None:
    one = unit("left")
    with state_locks.held(session, store, one, "OperationTypeApply"):
        state_locks.release(session, store, one)
        assert state_locks.read_lock(session, store, one) is None
        with state_locks.held(session, store, one, "state.move"):
            pass


def test_a_deleted_state_comes_back(session: boto3.Session, store: StateStore) -> None:
    one = unit("deleted")
    put(session, store, one, state(3, "aws_sqs_queue.orders"))
    put(session, store, one, state(4, "aws_sqs_queue.orders", "aws_sqs_queue.bills"))
    session.client("s3").delete_object(Bucket=store.bucket, Key=state_key(one))
    assert read_text(session, store, one) is None

    found = state_copies.copies(session, store, one)
    chosen = state_copies.choose(one, found, "")
    old = state_copies.read(session, store, chosen)
    state_copies.write(session, store, one, state_copies.renewed(old, None))
    assert addresses(session, store, one) == ["aws_sqs_queue.bills", "aws_sqs_queue.orders"]
    assert read_state(session, store, one).serial == 5  # type: ignore[union-attr]


def test_a_restored_state_succeeds_the_one_it_replaces(session: boto3.Session, store: StateStore) -> None:
    one = unit("restored")
    put(session, store, one, state(3, "aws_sqs_queue.orders"))
    state_backup.backup(session, store, [one])
    put(session, store, one, state(8, "aws_sqs_queue.bills"))
    found = state_copies.copies(session, store, one)
    assert [copy.kind for copy in found] == ["current", "backup", "version"]
    chosen = state_copies.choose(one, found, "")
    old, now = state_copies.read(session, store, chosen), read_text(session, store, one)
    assert now is not None
    back, gone = state_copies.difference(parse_state("", now), parse_state("", old))
    assert (back, gone) == (("aws_sqs_queue.orders",), ("aws_sqs_queue.bills",))
    assert state_copies.write(session, store, one, state_copies.renewed(old, now)).serial == 9


def test_a_copy_that_is_not_there_is_refused_with_those_that_are(
    session: boto3.Session, store: StateStore
) -> None:
    one = unit("restored")
    found = state_copies.copies(session, store, one)
    with pytest.raises(Refused, match=r"there are: 20.*Z"):
        state_copies.choose(one, found, "yesterday")
    with pytest.raises(Refused, match="there are: none"):
        state_copies.choose(unit("never"), state_copies.copies(session, store, unit("never")), "")


def test_another_units_copies_are_not_shown(session: boto3.Session, store: StateStore) -> None:
    put(session, store, unit("cart"), state(1, "aws_sqs_queue.cart"))
    put(session, store, unit("cart-history"), state(1, "aws_sqs_queue.history"))
    state_backup.backup(session, store, [unit("cart"), unit("cart-history")])
    assert len(state_copies.copies(session, store, unit("cart"))) == 2


def test_a_module_moves_within_a_state(session: boto3.Session, store: StateStore) -> None:
    one = unit("within")
    put(session, store, one, state(1, "module.a.aws_sqs_queue.orders", "module.ab.aws_sqs_queue.orders"))
    end = state_move.End(one, session, store)
    shown = state_move.check(end, "module.a", end, "module.b")
    assert shown == (("module.a.aws_sqs_queue.orders", "module.b.aws_sqs_queue.orders"),)
    state_move.move(end, "module.a", end, "module.b")
    assert addresses(session, store, one) == [
        "module.ab.aws_sqs_queue.orders",
        "module.b.aws_sqs_queue.orders",
    ]


@pytest.mark.parametrize("there", [False, True], ids=["that was never applied", "that has resources"])
def test_a_resource_moves_to_another_unit(session: boto3.Session, store: StateStore, there: bool) -> None:
    one, other = unit(f"from-{there}".lower()), unit(f"to-{there}".lower())
    put(session, store, one, state(1, "aws_sqs_queue.orders", "aws_sqs_queue.bills"))
    if there:
        put(session, store, other, state(7, "aws_sns_topic.orders"))
    ends = state_move.End(one, session, store), state_move.End(other, session, store)
    state_move.move(ends[0], "aws_sqs_queue.orders", ends[1], "aws_sqs_queue.all")
    assert addresses(session, store, one) == ["aws_sqs_queue.bills"]
    assert addresses(session, store, other) == (["aws_sns_topic.orders"] if there else []) + [
        "aws_sqs_queue.all"
    ]


def test_a_move_of_nothing_or_onto_something_is_refused(session: boto3.Session, store: StateStore) -> None:
    one = unit("refused")
    put(session, store, one, state(1, "aws_sqs_queue.orders", "aws_sqs_queue.bills"))
    end = state_move.End(one, session, store)
    with pytest.raises(Refused, match=r'did you mean "aws_sqs_queue\.orders"'):
        state_move.check(end, "aws_sqs_queue.order", end, "aws_sqs_queue.x")
    with pytest.raises(Refused, match=r"has aws_sqs_queue\.bills already"):
        state_move.check(end, "aws_sqs_queue.orders", end, "aws_sqs_queue.bills")
