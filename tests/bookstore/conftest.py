"""One checkout of its own, in which platform and bookstore of dev are applied once."""

from collections.abc import Iterator

import pytest

from scripts.processes import Finished
from tests.bookstore.system import EVERYTHING_QUICK, token
from tests.checkout import Checkout, own_checkout
from tests.requests.system import System, rehearsed


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """The checkout."""
    with own_checkout(tmp_path_factory.mktemp("bookstore")) as made:
        yield made


@pytest.fixture(scope="session")
def dev(shop: Checkout) -> Finished:
    """platform and bookstore of dev, applied."""
    finished = shop.invoke("apply", "--env", "dev", "--local", *EVERYTHING_QUICK, "--yes", timeout=1800)
    assert finished.code == 0, finished.out + finished.err
    return finished


@pytest.fixture(scope="session")
def system(shop: Checkout, dev: Finished) -> System:
    """The applied system as its callers see it."""
    return rehearsed(shop, "dev", "bookstore")


@pytest.fixture(scope="session")
def reader(system: System) -> str:
    """A token with which an application may look at books and reviews, and place orders."""
    return token(system, "web", ["openid", "catalog/read", "orders/write", "reviews/read"])


@pytest.fixture(scope="session")
def editor(system: System) -> str:
    """A token with which the back office may change books."""
    return token(system, "back-office", ["openid", "catalog/write"])
