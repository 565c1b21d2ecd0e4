"""One embedded AWS for all tests of this folder, on a home of its own, with short waits."""

from __future__ import annotations

import io
import json
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from scripts.local_aws import lifecycle

ACCOUNT = "111111111111"
OTHER_ACCOUNT = "222222222222"
Client = Callable[..., Any]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lifecycle.Running]:
    home = tmp_path_factory.mktemp("aws")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STAGECRAFT_ASYNC_RETRY_SECONDS", "0.05")
        patch.setenv("STAGECRAFT_EVENT_RETRY_SECONDS", "0.02")
        patch.setenv("STAGECRAFT_STREAM_RETRY_SECONDS", "0.02")
        patch.setenv("STAGECRAFT_ALARM_SECONDS", "0.2")
        running = lifecycle.start(home)
    yield running
    lifecycle.stop(home)


@lru_cache
def client_of(url: str, service: str, account: str = ACCOUNT, region: str = "us-east-1") -> Any:
    return boto3.client(
        service,
        endpoint_url=url,
        aws_access_key_id=account,
        aws_secret_access_key=lifecycle.SECRET_KEY,
        region_name=region,
        config=Config(retries={"total_max_attempts": 1, "mode": "standard"}, s3={"addressing_style": "path"}),
    )


@pytest.fixture(scope="session")
def client(server: lifecycle.Running) -> Client:
    return lambda service, account=ACCOUNT: client_of(server.url, service, account)


@pytest.fixture(scope="session")
def control(server: lifecycle.Running) -> Callable[..., Any]:
    """Call one of the server's own paths."""

    def call(method: str, path: str, document: object = None) -> Any:
        data = None if document is None else json.dumps(document).encode()
        request = urllib.request.Request(f"{server.url}/_stagecraft/{path}", data=data, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    return call


def eventually(look: Callable[[], Any], seconds: float = 90) -> Any:
    """What *look* returns once it is true; None when it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    return None


def package(source: str) -> bytes:
    """A function package whose handler.py is *source*."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("handler.py", source)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def role(client: Client) -> str:
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
        ],
    }
    created = client("iam").create_role(RoleName="functions", AssumeRolePolicyDocument=json.dumps(trust))
    everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    client("iam").put_role_policy(
        RoleName="functions", PolicyName="all", PolicyDocument=json.dumps(everything)
    )
    return str(created["Role"]["Arn"])


@pytest.fixture(scope="session")
def function(client: Client, role: str) -> Callable[..., str]:
    """Create a function from source; return its ARN."""

    def create(name: str, source: str, **settings: Any) -> str:
        created = client("lambda").create_function(
            FunctionName=name,
            Role=role,
            Runtime="python3.12",
            Handler="handler.handle",
            Code={"ZipFile": package(source)},
            **settings,
        )
        return str(created["FunctionArn"])

    return create


@pytest.fixture(scope="session")
def queue(client: Client) -> Callable[..., tuple[str, str]]:
    """Create a queue that *service* may write to; return its URL and ARN."""

    def create(name: str, service: str = "") -> tuple[str, str]:
        sqs = client("sqs")
        url = sqs.create_queue(QueueName=name)["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        if service:
            statement = {
                "Effect": "Allow",
                "Principal": {"Service": service},
                "Action": "sqs:SendMessage",
                "Resource": arn,
            }
            policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
            sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
        return url, arn

    return create


@pytest.fixture(scope="session")
def received(client: Client) -> Callable[..., Any]:
    """Wait for the next message of a queue, and take it off; None when none comes."""

    def receive(url: str, seconds: float = 90) -> Any:
        def look() -> Any:
            found = client("sqs").receive_message(
                QueueUrl=url, MessageAttributeNames=["All"], WaitTimeSeconds=0, VisibilityTimeout=60
            )
            return found.get("Messages")

        messages = eventually(look, seconds)
        if not messages:
            return None
        client("sqs").delete_message(QueueUrl=url, ReceiptHandle=messages[0]["ReceiptHandle"])
        return messages[0]

    return receive


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home of this test's own; whatever was started in it is stopped."""
    yield tmp_path / "home"
    lifecycle.stop(tmp_path / "home")
