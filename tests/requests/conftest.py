"""The applied dev system, and what a single test needs of it."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from scripts.endpoints import reachable
from scripts.processes import Finished
from tests.checkout import Checkout
from tests.requests.system import System, allow

DEV = ("--env", "dev", "--local")
ACCOUNT = "111111111111"


@pytest.fixture(scope="session")
def system(checkout: Checkout, order_analytics: Finished) -> System:
    """The applied system; what it is called is read from its own outputs."""
    shown = checkout.invoke_json("output", *DEV, "--system", "order-analytics")
    outputs = {unit.rpartition("/")[2]: values for unit, values in shown.items()}
    endpoint = checkout.invoke_json("local.status")["url"]
    return System(
        url=reachable(outputs["api-ingestion"]["invoke_url"], endpoint),
        endpoint=endpoint,
        name=outputs["api-ingestion"]["api_name"],
        account=ACCOUNT,
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
