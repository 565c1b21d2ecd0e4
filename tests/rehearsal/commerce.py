"""platform and commerce of one environment: the flags that choose them, and what a second plan would change."""

from __future__ import annotations

import json
from typing import Any

from tests.checkout import Checkout

LONG = 2400.0
CART = {"items": [{"product": "teapot", "quantity": 2}]}


def whole(environment: str) -> tuple[str, ...]:
    """The flags that choose the environment's platform and commerce."""
    return ("--env", environment, "--local", "--system", "platform,commerce")


def plan(checkout: Checkout, *words: str) -> tuple[int, dict[str, list[Any]]]:
    """The code of a plan, and what it would change."""
    planned = checkout.invoke("plan", *words, "--json", timeout=LONG)
    rows = json.loads(planned.out)
    return planned.code, {row["unit"]: row["changes"] for row in rows if row["changes"]}
