"""Speed changes no plan: each unit of the live tree plans the same with and without the warm provider."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import Checkout, own_checkout
from tests.plan_order import in_order

DEV = ("--env", "dev", "--local")
LONGEST = 2400.0
"""Seconds: the provider looks at a new search domain after ten minutes for the first time."""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A checkout with all systems of dev applied in one run, so that no plan needs stand-ins for what it reads."""
    with own_checkout(tmp_path_factory.mktemp("everything")) as made:
        applied = made.invoke("apply", *DEV, "--yes", timeout=LONGEST)
        assert applied.code == 0, applied.out + applied.err
        assert "units applied" in applied.out and "the provider waits by itself" in applied.out
        yield made


def plans(checkout: Checkout, folder: Path, *flags: str) -> dict[str, Any]:
    """The plan of each unit of dev as JSON, but for the moment it was made."""
    finished = checkout.invoke("plan", *DEV, "--json", *flags, timeout=LONGEST)
    assert finished.code == 0, finished.out + finished.err
    # Terragrunt shows the plans that the task left, each in the folder in which it was made.
    shown = checkout.terragrunt(
        "run", "--all", "--no-color", "--parallelism", "4", "--dependency-fetch-output-from-state",
        "--out-dir", str(checkout.path / ".cache/plans/dev-rehearsal"), "--json-out-dir", str(folder), "show",
        env="dev", folder="live/dev",
    )  # fmt: skip
    assert shown.code == 0, (shown.out + shown.err)[-4000:]
    found = {
        str(path.parent.relative_to(folder)): json.loads(path.read_text()) for path in folder.rglob("*.json")
    }
    for plan in found.values():
        del plan["timestamp"]
    return {unit: in_order(plan) for unit, plan in found.items()}


@pytest.mark.slow
def test_every_unit_plans_the_same_warm_and_plain(everything: Checkout, tmp_path: Path) -> None:
    warm = plans(everything, tmp_path / "warm")
    plain = plans(everything, tmp_path / "plain", "--plain")
    units = {
        str(path.parent.relative_to(everything.path / "live/dev"))
        for path in (everything.path / "live/dev").glob("*/*/*/terragrunt.hcl")
    }
    assert set(warm) == units
    assert warm == plain
