"""platform and bookstore of dev on the embedded AWS: applied, stable, and gone without a trace."""

import json

import pytest

from scripts.local_aws.differences import read
from tests.bookstore.system import EVERYTHING_QUICK

pytestmark = pytest.mark.slow

DEV = ("--env", "dev", "--local", *EVERYTHING_QUICK)


def undeclared(rows):
    """What a second plan would change and scripts/local_aws/differences.toml does not name."""
    known = {entry.type for entry in read()}
    return {
        row["unit"]: unknown
        for row in rows
        if (unknown := [change for change in row["changes"] if change["type"] not in known])
    }


def test_a_second_plan_is_empty(shop, dev):
    finished = shop.invoke("plan", *DEV, "--json")
    assert undeclared(json.loads(finished.out)) == {}, finished.err


@pytest.mark.last
def test_destroy_leaves_nothing(shop, dev):
    finished = shop.invoke("destroy", *DEV, "--yes", "--allow", "*", timeout=1800)
    assert finished.code == 0, finished.out + finished.err
    again = shop.invoke("destroy", *DEV, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")
