"""Throttling, errors, broken connections, slow answers, and credentials that run out, between the run and AWS."""

import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from scripts.processes import Finished
from tests.checkout import ACCOUNTS, Checkout
from tests.faults.proxy import Fault, Line, Request, expired, internal, reset, slow, throttled, unavailable

ACCOUNT = ACCOUNTS["staging"]
CHOSEN = ("--env", "staging", "--system", "platform", "--unit", "kms")
KEYS = 4
"""How many the unit makes."""


class Through:
    """The tasks as on a real account, over the line."""

    def __init__(self, checkout: Checkout, line: Line) -> None:
        self.checkout, self.line = checkout, line
        self.variables: dict[str, Any] = {
            "AWS_ENDPOINT_URL": line.url,
            "AWS_ACCESS_KEY_ID": ACCOUNT,
            "AWS_SECRET_ACCESS_KEY": "rehearsal",
            "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def invoke(self, task: str, *words: str) -> Finished:
        """Run a task on the keys of staging."""
        return self.checkout.invoke(task, *CHOSEN, *words, **self.variables)

    def client(self, service: str) -> Any:
        """A client of the embedded AWS itself, past the line."""
        return self.checkout.client(service, account=ACCOUNT)

    def keys(self) -> set[str]:
        """The enabled keys of the account."""
        kms = self.client("kms")
        listed = [key["KeyId"] for page in kms.get_paginator("list_keys").paginate() for key in page["Keys"]]
        return {key for key in listed if kms.describe_key(KeyId=key)["KeyMetadata"]["Enabled"]}

    def keys_of_states(self) -> set[str]:
        """The keys of state buckets."""
        aliases = self.client("kms").list_aliases()["Aliases"]
        return {alias["TargetKeyId"] for alias in aliases if alias["AliasName"].endswith("-tfstate")}

    def locks(self) -> list[str]:
        """The state locks that are held."""
        s3 = self.client("s3")
        return [
            each["Key"]
            for bucket in s3.list_buckets()["Buckets"]
            for each in s3.list_objects_v2(Bucket=bucket["Name"]).get("Contents", [])
            if each["Key"].endswith(".tflock")
        ]


@pytest.fixture
def through(checkout: Checkout) -> Iterator[Through]:
    """A line to the embedded AWS of the checkout; what was applied over it is destroyed at the end."""
    checkout.invoke("local.start")
    with Line(checkout.endpoint).open() as line:
        made = Through(checkout, line)
        assert made.invoke("plan").code == 2  # and the bucket of the states is there
        yield made
        line.choose = lambda request: None
        gone = made.invoke("destroy", "--yes", "--allow", "*")
        assert gone.code == 0, gone.out + gone.err


@pytest.mark.slow
def test_an_apply_gets_through_throttling_errors_and_broken_connections(through: Through) -> None:
    faults = itertools.cycle([throttled, unavailable, internal, reset, slow])
    seen: Counter[tuple[str, str]] = Counter()

    def twice_an_action(request: Request) -> Fault | None:
        seen[request.service, request.action or request.method] += 1
        # Never more than twice: each request is sent three times at most.
        return next(faults) if seen[request.service, request.action or request.method] in (1, 4) else None

    before = through.keys()
    through.line.choose = twice_an_action
    applied = through.invoke("apply", "--yes")
    assert applied.code == 0, applied.out + applied.err
    assert set(through.line.met) == {"throttled", "unavailable", "internal", "reset", "slow"}
    through.line.choose = lambda request: None
    assert len(through.keys() - before - through.keys_of_states()) == KEYS
    assert through.invoke("plan").code == 0
    assert through.locks() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param(
            expired, "The security token included in the request is expired", id="credentials run out"
        ),
        pytest.param(reset, "connection reset by peer", id="the network goes away"),
    ],
)
def test_an_apply_that_loses_its_line_loses_nothing_else(through: Through, fault: Fault, said: str) -> None:
    over = threading.Event()

    def after_the_first_key(request: Request) -> Fault | None:
        if over.is_set():
            return fault
        if request.action == "EnableKeyRotation":  # so one key at least has been made
            over.set()
        return None

    before = through.keys()
    through.line.choose = after_the_first_key
    broken = through.invoke("apply", "--yes")
    assert broken.code == 1, broken.out + broken.err
    assert said in broken.err
    assert "The same command saves it" in broken.err
    made = through.keys() - before - through.keys_of_states()
    assert made

    through.line.choose = lambda request: None
    again = through.invoke("apply", "--yes")
    assert again.code == 0, again.out + again.err
    assert "saved the state of live/staging/us-east-1/platform/kms" in again.err
    assert len(through.keys() - before - through.keys_of_states()) == KEYS, "a key was made and forgotten"
    assert through.invoke("plan").code == 0
    assert through.locks() == []
