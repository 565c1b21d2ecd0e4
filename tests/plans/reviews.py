"""The reviews under test: each document as the plan of one unit, and some that several units make together."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from scripts.live.wiring import ALL, Wire
from scripts.plans.plan import UnitPlan, read_plan
from scripts.plans.review import Review, review
from scripts.terragrunt import Problem, UnitRun

DOCUMENTS = Path(__file__).parent / "documents"
NAMES = tuple(sorted(path.stem for path in DOCUMENTS.glob("*.json")))
PLACE = "live/dev/us-east-1"


@cache
def document(name: str) -> dict[str, Any]:
    """One document, as Terraform printed it."""
    read: dict[str, Any] = json.loads((DOCUMENTS / f"{name}.json").read_text())
    return read


def plan(name: str, unit: str, mocked: bool = False) -> UnitPlan:
    """One document as the plan of *unit*."""
    return read_plan(unit, document(name), mocked=mocked)


def alone(name: str) -> Review:
    """One document as the only unit."""
    unit = f"{PLACE}/shop/orders"
    return review("dev", {unit: plan(name, unit)}, {unit: UnitRun(unit, status="done")}, {})


def together(
    units: dict[str, str],
    needs: dict[str, tuple[str, ...]] | None = None,
    wires: tuple[Wire, ...] = (),
    mocked: tuple[str, ...] = (),
    failed: tuple[str, ...] = (),
    cost: dict[str, float] | None = None,
) -> Review:
    """Several units by their short names, each with the document that is its plan; an empty one has no changes."""
    full = {name: f"{PLACE}/{name}" for name in units}
    runs = {}
    for name, unit in full.items():
        status = "failed" if name in failed else "done"
        problems = (
            (Problem("creating SQS Queue: AccessDenied", "not authorized", "main.tf:3"),)
            if name in failed
            else ()
        )
        runs[unit] = UnitRun(unit, status=status, problems=problems, mocked=name in mocked)
    plans = {
        full[name]: plan(document_name, full[name], name in mocked)
        for name, document_name in units.items()
        if document_name and name not in failed
    }
    edges = {full[name]: tuple(full[need] for need in listed) for name, listed in (needs or {}).items()}
    prices = None if cost is None else {full[name]: amount for name, amount in cost.items()}
    return review("dev", plans, runs, edges, wires, prices)


def wire(reader: str, source: str, *outputs: str) -> Wire:
    """*reader* reads these outputs of *source*, all when none are named."""
    return Wire(f"{PLACE}/{reader}", f"{PLACE}/{source}", frozenset(outputs) or ALL)


SHOP = {
    "platform/keys": "",
    "shop/network": "nothing",
    "shop/storage": "replace-a-table-by-its-key",
    "shop/topics": "output-known-later",
    "shop/orders": "update-one-value",
    "shop/mail": "",
    "shop/alarms": "",
}
SHOP_NEEDS = {
    "shop/network": ("platform/keys",),
    "shop/storage": ("platform/keys",),
    "shop/topics": ("platform/keys",),
    "shop/orders": ("shop/network", "shop/storage"),
    "shop/mail": ("shop/topics",),
    "shop/alarms": ("shop/orders", "shop/mail"),
}
SHOP_WIRES = (
    wire("shop/mail", "shop/topics", "arn"),
    wire("shop/alarms", "shop/mail"),
    wire("shop/orders", "shop/network"),
)
HARMLESS = ("create-one", "update-one-value", "update-tags", "", "create-with-outputs")
FIFTY = {f"system-{number // 10}/unit-{number % 10}": HARMLESS[number % 5] for number in range(50)}
FIFTY_NEEDS = {
    f"system-{n // 10}/unit-{n % 10}": (f"system-{n // 10}/unit-{n % 10 - 1}",) for n in range(50) if n % 10
}

TOGETHER: dict[str, Review] = {
    "a-system": together(SHOP, SHOP_NEEDS, SHOP_WIRES),
    "a-system-with-costs": together(
        SHOP, SHOP_NEEDS, SHOP_WIRES, cost={"shop/storage": 0.0, "shop/orders": 12.5, "shop/topics": -3.25}
    ),
    "a-unit-that-failed": together(SHOP, SHOP_NEEDS, SHOP_WIRES, failed=("shop/network",)),
    "stand-in-values": together(
        {"shop/topics": "create-with-outputs", "shop/mail": "create-with-unknown-arns"},
        {"shop/mail": ("shop/topics",)},
        (wire("shop/mail", "shop/topics", "topic_arn"),),
        mocked=("shop/mail",),
    ),
    "an-output-that-many-read": together(
        {
            "platform/keys": "output-changed",
            **{f"system-{number % 3}/unit-{number}": "" for number in range(9)},
        },
        wires=tuple(
            wire(f"system-{number % 3}/unit-{number}", "platform/keys", "days") for number in range(9)
        ),
    ),
    "fifty-units": together(FIFTY, FIFTY_NEEDS),
    "fifty-units-one-in-danger": together(
        {
            **FIFTY,
            "system-4/unit-9": "replace-a-table-by-its-key",
            "system-2/unit-3": "replace-by-a-new-name",
        },
        FIFTY_NEEDS,
    ),
    "fifty-units-nothing-to-change": together(dict.fromkeys(FIFTY, ""), FIFTY_NEEDS),
}
REVIEWS = {**{name: alone(name) for name in NAMES}, **TOGETHER}
