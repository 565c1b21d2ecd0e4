"""platform and bookstore of dev on the embedded AWS: applied, stable, and gone without a trace."""

import json

import pytest

from tests.bookstore.system import EVERYTHING_QUICK, changing

pytestmark = pytest.mark.slow

DEV = ("--env", "dev", "--local", *EVERYTHING_QUICK)


def test_a_second_plan_is_empty(shop, dev):
    finished = shop.invoke("plan", *DEV, "--json")
    assert changing(json.loads(finished.out)) == {}, finished.err


@pytest.mark.last
def test_destroy_leaves_nothing(shop, dev):
    finished = shop.invoke("destroy", *DEV, "--yes", "--allow", "*", timeout=1800)
    assert finished.code == 0, finished.out + finished.err
    again = shop.invoke("destroy", *DEV, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")
