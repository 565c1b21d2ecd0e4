"""platform and commerce of one environment, applied: as its callers see it, and what a second plan would change."""

from __future__ import annotations

import json
from typing import Any

import boto3

from scripts.endpoints import reachable
from scripts.local_aws.lifecycle import SECRET_KEY
from scripts.signed_requests import Caller
from tests.checkout import Checkout
from tests.requests.system import System

ACCOUNTS = {"dev": "111111111111", "staging": "222222222222", "prod": "333333333333"}
LONG = 2400.0
CART = {"items": [{"product": "teapot", "quantity": 2}]}


def whole(environment: str) -> tuple[str, ...]:
    """The flags that choose the environment's platform and commerce."""
    return ("--env", environment, "--local", "--system", "platform,commerce")


def applied(checkout: Checkout, environment: str) -> System:
    """The applied system."""
    shown = checkout.invoke_json("output", "--env", environment, "--local", "--system", "commerce")
    outputs = {unit.rpartition("/")[2]: values for unit, values in shown.items()}
    endpoint = checkout.invoke_json("local.status")["url"]
    return System(
        caller=Caller(reachable(outputs["api"]["invoke_url"], endpoint), "us-east-1"),
        endpoint=endpoint,
        name=f"acme-{environment}-commerce",
        account=ACCOUNTS[environment],
        session=session(environment),
        outputs=outputs,
    )


def session(environment: str, region: str = "us-east-1") -> boto3.Session:
    """Whoever may do anything in the environment's account."""
    return boto3.Session(
        aws_access_key_id=ACCOUNTS[environment], aws_secret_access_key=SECRET_KEY, region_name=region
    )


def plan(checkout: Checkout, *words: str) -> tuple[int, dict[str, list[Any]]]:
    """The code of a plan, and what it would change."""
    planned = checkout.invoke("plan", *words, "--json", timeout=LONG)
    rows = json.loads(planned.out)
    return planned.code, {row["unit"]: row["changes"] for row in rows if row["changes"]}
