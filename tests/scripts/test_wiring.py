"""Who reads which output, as the unit definitions say it."""

from pathlib import Path

import pytest

from scripts.live.units import Dependency, Unit
from scripts.live.wiring import ALL, Wire, wires

DEFINITION = """
dependency "storage" {
  config_path  = "../storage"
  mock_outputs = { arn = "mock" }
}

dependency "api" { config_path = "../api" }
dependency "unused" { config_path = "../unused" }

inputs = {
  table   = dependency.storage.outputs.table_names["orders"]
  both    = [for name in values(dependency.storage.outputs.bucket_names) : "${name}/${dependency.storage.outputs.arn}"]
  unit    = merge(dependency.api.outputs, {})
}
"""


@pytest.fixture
def found(tmp_path: Path) -> tuple[Wire, ...]:
    (tmp_path / "d.hcl").write_text(DEFINITION)
    dependencies = tuple(
        Dependency(name, f"live/{name}", "d.hcl", 1, None) for name in ("storage", "api", "unused")
    )
    order = Dependency("", "live/first", "d.hcl", 1, None)
    unit = Unit("live/reader", "dev", "r", "s", "reader", "d.hcl", "m", (*dependencies, order), "t")
    return wires(tmp_path, (unit,))


def test_each_output_that_is_mentioned_is_read(found: tuple[Wire, ...]) -> None:
    assert found[0] == Wire("live/reader", "live/storage", frozenset({"table_names", "bucket_names", "arn"}))


def test_outputs_that_are_handed_on_as_a_whole_are_all_read(found: tuple[Wire, ...]) -> None:
    assert found[1] == Wire("live/reader", "live/api", ALL)
    assert found[1].carries("anything")


def test_a_dependency_for_the_order_or_for_nothing_carries_nothing(found: tuple[Wire, ...]) -> None:
    assert [wire.source for wire in found] == ["live/storage", "live/api"]


def test_a_wire_carries_what_it_names_only(found: tuple[Wire, ...]) -> None:
    assert (found[0].carries("arn"), found[0].carries("url")) == (True, False)
