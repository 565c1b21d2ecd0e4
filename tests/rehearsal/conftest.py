"""What several files of rehearsals share beside dev's system (tests/checkout.py)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rehearsal import pyshop as pyshop_of_dev


@pytest.fixture(scope="session")
def pyshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pyshop_of_dev.Shop]:
    """pyshop of dev, applied once for its files."""
    yield from pyshop_of_dev.applied(tmp_path_factory.mktemp("pyshop"))
