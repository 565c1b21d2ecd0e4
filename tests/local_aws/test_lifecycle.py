"""The server starts once, stays on its port, keeps its state and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts.local_aws import lifecycle
from scripts.local_aws.home import REPOSITORY, Home
from tests.local_aws.conftest import client_of, eventually, package

SLOW = """
import time
def handle(event, context):
    time.sleep(60)
"""


def is_alive(pid: int) -> bool:
    """Whether the process runs; a zombie has ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def fill(url):
    """Put one thing into each emulator and each kind of store."""
    client_of(url, "ec2").create_vpc(CidrBlock="10.7.0.0/16")
    client_of(url, "sqs").create_queue(QueueName="kept")
    client_of(url, "s3").create_bucket(Bucket="kept")
    client_of(url, "s3").put_object(Bucket="kept", Key="a", Body=b"kept")
    client_of(url, "logs").put_query_definition(name="kept", queryString="fields @message")
    ses = client_of(url, "ses")
    ses.verify_email_identity(EmailAddress="a@example.org")
    body = {"Subject": {"Data": "kept"}, "Body": {"Text": {"Data": "kept"}}}
    ses.send_email(Source="a@example.org", Destination={"ToAddresses": ["b@example.org"]}, Message=body)
    client_of(url, "acm").request_certificate(DomainName="example.org")


def found(url):
    """What ``fill`` made, as far as it is there."""
    objects = client_of(url, "s3").list_buckets()["Buckets"]
    return {
        "vpc": "10.7.0.0/16" in [vpc["CidrBlock"] for vpc in client_of(url, "ec2").describe_vpcs()["Vpcs"]],
        "queue": bool(client_of(url, "sqs").list_queues().get("QueueUrls")),
        "object": bool(objects)
        and client_of(url, "s3").get_object(Bucket="kept", Key="a")["Body"].read() == b"kept",
        "query": bool(client_of(url, "logs").describe_query_definitions()["queryDefinitions"]),
        "mail": client_of(url, "ses").get_send_quota()["SentLast24Hours"] == 1,
        "certificate": bool(client_of(url, "acm").list_certificates()["CertificateSummaryList"]),
    }


def test_state_and_address_survive_a_stop(home):
    first = lifecycle.start(home)
    fill(first.url)
    assert lifecycle.stop(home)
    second = lifecycle.start(home)
    assert (second.url, second.pid) != (first.url, first.pid)
    assert second.url == first.url
    assert [name for name, there in found(second.url).items() if not there] == []


def test_after_a_kill_everything_goes_back_to_the_last_quiet_moment(home, monkeypatch):
    monkeypatch.setenv("STAGECRAFT_CHECKPOINT_SECONDS", "0.2")
    running = lifecycle.start(home)
    fill(running.url)
    taken = Home(home.resolve()).checkpoint / "state" / "ses.json"
    assert eventually(taken.exists)
    client_of(running.url, "s3").put_object(Bucket="kept", Key="states/terraform.tfstate.tflock", Body=b"{}")
    client_of(running.url, "sqs").create_queue(QueueName="inside-an-apply")
    assert not eventually(lambda: b"inside-an-apply" in (taken.parent / "sqs.json").read_bytes(), 2)
    os.kill(running.pid, signal.SIGKILL)
    again = lifecycle.start(home)
    assert again.pid != running.pid
    assert [name for name, there in found(again.url).items() if not there] == []
    assert not client_of(again.url, "sqs").list_queues(QueueNamePrefix="inside").get("QueueUrls")
    assert [
        entry["Key"] for entry in client_of(again.url, "s3").list_objects_v2(Bucket="kept")["Contents"]
    ] == ["a"]


def test_starting_twice_gives_the_same_server(home):
    assert lifecycle.start(home) == lifecycle.start(home) == lifecycle.status(home)


def test_a_server_that_is_too_busy_to_answer_is_waited_for_and_not_doubled(home):
    running = lifecycle.start(home)
    os.kill(running.pid, signal.SIGSTOP)
    waker = threading.Timer(1, os.kill, (running.pid, signal.SIGCONT))
    waker.start()
    assert lifecycle.start(home) == running
    waker.join()


def test_two_starts_that_race_make_one_server(home):
    code = f"from pathlib import Path; from scripts.local_aws import lifecycle; print(lifecycle.start(Path({str(home)!r})))"

    def start(_number):
        return subprocess.run(
            [sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True
        ).stdout

    with ThreadPoolExecutor(2) as threads:
        outputs = list(threads.map(start, range(2)))
    assert outputs[0] == outputs[1]


def test_the_only_socket_is_on_loopback(server):
    inodes = {
        target.removeprefix("socket:[").removesuffix("]")
        for link in Path(f"/proc/{server.pid}/fd").iterdir()
        if (target := str(link.readlink())).startswith("socket:")
    }
    rows = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    listening = [row[1] for row in rows if row[3] == "0A" and row[9] in inodes]
    assert listening == [f"0100007F:{server.port:04X}"]


def test_nothing_is_left_after_a_stop_while_a_function_runs(home):
    running = lifecycle.start(home)
    lambdas = client_of(running.url, "lambda")
    role = client_of(running.url, "iam").create_role(RoleName="r", AssumeRolePolicyDocument="{}")["Role"][
        "Arn"
    ]
    lambdas.create_function(
        FunctionName="slow",
        Role=role,
        Runtime="python3.12",
        Handler="handler.handle",
        Timeout=60,
        Code={"ZipFile": package(SLOW)},
    )
    lambdas.invoke(FunctionName="slow", InvocationType="Event")
    assert eventually(lambda: group_of(running.pid) - {running.pid})
    assert lifecycle.stop(home)
    assert eventually(lambda: not group_of(running.pid))
    assert lifecycle.status(home) is None
    assert not lifecycle.stop(home)


def group_of(leader: int) -> set[int]:
    """Live processes of the server's process group."""
    members = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and is_alive(int(entry.name)):
            try:
                if os.getpgid(int(entry.name)) == leader:
                    members.add(int(entry.name))
            except ProcessLookupError:
                continue
    return members


def test_a_pid_that_now_belongs_to_another_program_is_left_alone(home):
    place = Home(home.resolve())
    place.create()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        place.alive.write_text(f'{{"pid": {stranger.pid}, "port": 1}}')
        assert lifecycle.status(home) is None
        assert not lifecycle.stop(home)
        assert stranger.poll() is None
        stranger.terminate()


def test_a_port_taken_by_another_program_is_named_with_what_to_do(home):
    place = Home(home.resolve())
    place.create()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        place.port_file.write_text(str(port))
        with pytest.raises(lifecycle.LocalAwsError, match=rf"port {port} .* in use .* delete .*port"):
            lifecycle.start(home)


def test_a_server_that_cannot_start_shows_the_end_of_its_log(home):
    place = Home(home.resolve())
    place.create()
    (place.state / "moto.pickle").write_bytes(b"not a pickle")
    (place.checkpoint / "state").mkdir(parents=True)
    (place.checkpoint / "objects").mkdir()
    (place.checkpoint / "state" / "moto.pickle").write_bytes(b"not a pickle")
    with pytest.raises(lifecycle.LocalAwsError, match=r"(?s)while starting.*moto\.pickle"):
        lifecycle.start(home)


def test_a_reset_forgets_everything_but_the_port(home):
    first = lifecycle.start(home)
    client_of(first.url, "sqs").create_queue(QueueName="gone")
    lifecycle.reset(home)
    second = lifecycle.start(home)
    assert second.url == first.url
    assert not client_of(second.url, "sqs").list_queues().get("QueueUrls")


def test_a_client_environment_names_address_account_and_region():
    environment = lifecycle.client_environment("http://127.0.0.1:1", "111111111111", "us-east-1")
    assert environment == {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
        "AWS_ACCESS_KEY_ID": "111111111111",
        "AWS_SECRET_ACCESS_KEY": lifecycle.SECRET_KEY,
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
