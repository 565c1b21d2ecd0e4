"""Speed changes no plan: each unit of the live tree plans the same with and without the warm provider."""

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.processes import Finished
from tests.checkout import Checkout
from tests.plan_order import in_order


def plans(checkout: Checkout, folder: Path, *flags: str) -> dict[str, Any]:
    """The plan of each unit of dev as JSON, but for the moment it was made."""
    finished = checkout.invoke("plan", "--env", "dev", "--local", "--json", *flags)
    # The systems that are not applied would be made: their plans must be the same, too.
    assert finished.code in (0, 2), finished.err
    # Terragrunt shows the plans that the task left, each in the folder in which it was made.
    shown = checkout.terragrunt(
        "run", "--all", "--no-color", "--out-dir", str(checkout.path / ".cache/plans/dev-rehearsal"),
        "--json-out-dir", str(folder), "show", env="dev", folder="live/dev",
    )  # fmt: skip
    assert shown.code == 0, shown.out + shown.err
    found = {
        str(path.parent.relative_to(folder)): json.loads(path.read_text()) for path in folder.rglob("*.json")
    }
    for plan in found.values():
        del plan["timestamp"]
    return {unit: in_order(plan) for unit, plan in found.items()}


@pytest.mark.slow
def test_every_unit_plans_the_same_warm_and_plain(
    checkout: Checkout, order_analytics: Finished, tmp_path: Path
) -> None:
    warm = plans(checkout, tmp_path / "warm")
    plain = plans(checkout, tmp_path / "plain", "--plain")
    units = {
        str(path.parent.relative_to(checkout.path / "live/dev"))
        for path in (checkout.path / "live/dev").glob("*/*/*/terragrunt.hcl")
    }
    assert set(warm) == units
    assert warm == plain
