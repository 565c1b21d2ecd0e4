"""The applied dev system, and what a single test needs of it."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import boto3
import pytest

from scripts import processes
from scripts.endpoints import reachable
from scripts.machine import REPOSITORY
from scripts.processes import Finished
from scripts.signed_requests import Caller
from tests.checkout import Checkout, session
from tests.requests.system import System, allow

ELSEWHERE = os.environ.get("STAGECRAFT_REQUESTS", "")
"""`invoke test --requests` names the environment and whether it is rehearsed; else the tests apply dev for themselves."""


@pytest.fixture(scope="session")
def system(request: pytest.FixtureRequest) -> System:
    """The applied system; what it is called is read from its own outputs."""
    if not ELSEWHERE:
        checkout: Checkout = request.getfixturevalue("checkout")
        _: Finished = request.getfixturevalue("order_analytics")
        return found(checkout, "dev", local=True)
    environment, kind = ELSEWHERE.split()
    return found(Checkout(REPOSITORY), environment, local=kind == "local")


def found(checkout: Checkout, environment: str, *, local: bool) -> System:
    """The system in *environment* as *checkout*'s own tasks see it."""
    words = ("output", "--env", environment, "--system", "order-analytics", "--json")
    if local:
        shown = json.loads(checkout.invoke(*words, "--local").out)
    else:  # with the credentials of whoever asked for it
        shown = json.loads(processes.run([sys.executable, "-m", "invoke", *words], cwd=checkout.path).out)
    outputs = {unit.rpartition("/")[2]: values for unit, values in shown.items()}
    region = next(iter(shown)).split("/")[2]
    account = outputs["storage"]["table_arns"]["orders"].split(":")[4]
    endpoint = checkout.endpoint if local else ""
    held = session(account, region) if local else boto3.Session(region_name=region)
    api = outputs["api-ingestion"]
    return System(
        caller=Caller(
            reachable(api["invoke_url"], endpoint), region, None if api["public_operations"] else held
        ),
        endpoint=endpoint,
        name=api["api_name"],
        account=account,
        session=held,
        outputs=outputs,
    )


@pytest.fixture
def product() -> str:
    """A product nobody else sells, so that a test finds its own sums in the report of the day."""
    return f"p-{uuid4().hex[:12]}"


@pytest.fixture
def order(product: str) -> dict[str, Any]:
    """An order nobody else placed."""
    line = {"product": product, "quantity": 2, "unit_price": "12.50"}
    return {"order_id": f"o-{uuid4().hex[:12]}", "currency": "EUR", "items": [line]}


@pytest.fixture
def listener(system: System) -> Iterator[Callable[[str, dict[str, Any]], str]]:
    """Give a queue its own rule on the bus; both go when the test ends."""
    sqs, events = system.client("sqs"), system.client("events")
    made: list[tuple[str, str]] = []

    def listen(detail_type: str, detail: dict[str, Any]) -> str:
        name = f"test-{uuid4().hex[:12]}"
        url = sqs.create_queue(QueueName=name)["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        pattern = json.dumps({"detail-type": [detail_type], "detail": detail})
        rule = events.put_rule(Name=name, EventBusName=system.name, EventPattern=pattern)["RuleArn"]
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": allow("events", arn, rule)})
        target = {"Id": "queue", "Arn": arn}
        events.put_targets(Rule=name, EventBusName=system.name, Targets=[target])
        made.append((name, url))
        return url

    yield listen
    for name, url in made:
        events.remove_targets(Rule=name, EventBusName=system.name, Ids=["queue"])
        events.delete_rule(Name=name, EventBusName=system.name)
        sqs.delete_queue(QueueUrl=url)
