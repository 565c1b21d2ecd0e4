"""A run takes what the machine has, and never less than works."""

import pytest

from scripts.warm_provider.sizing import machine_memory, provider_memory_limit, suggested_parallelism

GIB = 1 << 30


@pytest.mark.parametrize(
    ("cores", "memory", "units"),
    [
        pytest.param(2, 24 * GIB, 6, id="small machine: by cores"),
        pytest.param(64, 256 * GIB, 32, id="large machine: more would only wait for the provider"),
        pytest.param(8, 3 * GIB, 10, id="little memory: by memory"),
        pytest.param(1, GIB, 1, id="too little memory: one after the other"),
    ],
)
def test_parallelism_follows_cores_and_memory(cores: int, memory: int, units: int) -> None:
    assert suggested_parallelism(cores, memory) == units


@pytest.mark.parametrize(
    ("memory", "limit"),
    [
        pytest.param(2 * GIB, GIB, id="never below what it needs"),
        pytest.param(8 * GIB, 2 * GIB, id="a quarter"),
        pytest.param(64 * GIB, 3 * GIB, id="never more than it can use"),
    ],
)
def test_the_provider_gets_a_quarter_of_the_memory(memory: int, limit: int) -> None:
    assert provider_memory_limit(memory) == limit


def test_the_machine_has_memory() -> None:
    assert machine_memory() > GIB // 4
