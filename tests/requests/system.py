"""An applied system as its callers see it: an address, and AWS clients for what happens behind it."""

import json
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import boto3

from scripts.endpoints import reachable
from scripts.signed_requests import Caller
from tests.checkout import ACCOUNTS, REGION, Checkout, session

PATIENCE_SECONDS = 90.0

Found = TypeVar("Found")


@dataclass(frozen=True)
class Answer:
    """What a request came back with."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class System:
    """A system, applied."""

    caller: Caller
    endpoint: str
    """Of the embedded AWS; empty on AWS itself."""
    name: str
    account: str
    session: boto3.Session
    outputs: dict[str, dict[str, Any]]

    def client(self, service: str) -> Any:
        """An AWS client in the system's account."""
        return self.session.client(service, endpoint_url=self.endpoint or None)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Send one request; a body that is no text is sent as JSON."""
        text = "" if body is None else body if isinstance(body, str) else json.dumps(body)
        given = {"Content-Type": "application/json"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        reply = self.caller.send(method, path, text, given)
        assert reply.status, f"{self.caller.base} does not answer"
        return Answer(reply.status, json.loads(reply.body), dict(reply.headers))

    def patiently(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Send, and again when throttled: dev allows few requests a second, and tests share them."""
        return until(lambda: none_if(self.send(method, path, body, **headers), 429))

    def mails(self) -> list[dict[str, Any]]:
        """Mails that the embedded AWS holds back instead of sending."""
        with urllib.request.urlopen(f"{self.endpoint}/_ministack/ses/messages", timeout=30) as response:
            found: list[dict[str, Any]] = json.loads(response.read())["messages"].get(self.account, [])
        return found


def rehearsed(checkout: Checkout, environment: str, system: str) -> System:
    """What *checkout* has applied of a system whose API asks for no signature; its region is the first."""
    shown = checkout.invoke_json("output", "--env", environment, "--local", "--system", system)
    outputs = {unit.rpartition("/")[2]: values for unit, values in shown.items() if REGION in unit}
    endpoint, account = checkout.endpoint, ACCOUNTS[environment]
    return System(
        caller=Caller(reachable(outputs["api"]["invoke_url"], endpoint), REGION),
        endpoint=endpoint,
        name=f"acme-{environment}-{system}",
        account=account,
        session=session(account),
        outputs=outputs,
    )


def none_if(answer: Answer, status: int) -> Answer | None:
    """The answer, unless it has that status."""
    return None if answer.status == status else answer


def until(look: Callable[[], Found | None], seconds: float = PATIENCE_SECONDS) -> Found:
    """Look again and again until something is found; fail when the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"nothing found within {seconds:.0f} s")


def allow(service: str, queue_arn: str, source_arn: str) -> str:
    """A queue policy for one sender of one service."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": f"{service}.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue_arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": source_arn}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def received(system: System, url: str) -> list[dict[str, Any]]:
    """Take what stands in a queue, parsed."""
    answer = system.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1)
    return [json.loads(message["Body"]) for message in answer.get("Messages", [])]
