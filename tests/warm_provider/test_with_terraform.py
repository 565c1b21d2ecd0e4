"""Real Terraform and the real provider: the same plan with and without, and never two configurations in one.

The one AWS call that a plan needs here (a random password) is answered by a server in this process.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts import toolchain
from scripts.warm_provider import WarmProvider, lacks_type, unit_key
from tests.plan_order import in_order

REPOSITORY = Path(__file__).parents[2]

HEAD = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region                      = "%(region)s"
  access_key                  = "111111111111"
  secret_key                  = "offline"
  max_retries                 = 1
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
%(more)s
}
"""

QUEUE = """
data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.this.arn]
  }
}
resource "aws_sqs_queue" "this" {
  name = "orders"
}
resource "aws_sqs_queue_policy" "this" {
  queue_url = aws_sqs_queue.this.url
  policy    = data.aws_iam_policy_document.this.json
}
output "arn" {
  value = aws_sqs_queue.this.arn
}
"""

SECRET = """
ephemeral "aws_secretsmanager_random_password" "this" {
  password_length = 24
}
resource "aws_secretsmanager_secret" "this" {
  name = "database"
}
resource "aws_secretsmanager_secret_version" "this" {
  secret_id                = aws_secretsmanager_secret.this.id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.this.random_password
  secret_string_wo_version = 1
}
"""

PASSWORD = """
data "aws_secretsmanager_random_password" "this" {
  password_length = 24
}
output "length" {
  value = length(data.aws_secretsmanager_random_password.this.random_password)
}
"""

FUNCTION = """
resource "aws_lambda_function" "this" {
  function_name = "orders"
  role          = "arn:aws:iam::111111111111:role/orders"
  runtime       = "python3.12"
  handler       = "handler.handle"
  filename      = "artifacts/orders.zip"
}
"""


@dataclass
class Aws:
    """A server that knows one answer, and can hold its callers back."""

    url: str
    asked: list[str] = field(default_factory=list)
    open: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def aws() -> Iterator[Aws]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            known.asked.append(self.headers.get("X-Amz-Target") or self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            known.open.wait(60)
            answer = json.dumps({"RandomPassword": "p" * 24}).encode()
            self.send_response(200 if "GetRandomPassword" in known.asked[-1] else 400)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            with contextlib.suppress(BrokenPipeError):
                self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = Aws(f"http://127.0.0.1:{server.server_port}")
    known.open.set()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield known
    server.shutdown()


def environment_for(url: str) -> dict[str, str]:
    return toolchain.environment({**os.environ, "AWS_ENDPOINT_URL": url})


class Root:
    """One root folder that is planned with or without the warm provider."""

    def __init__(self, folder: Path, resources: str, region: str = "us-east-1", more: str = "") -> None:
        folder.mkdir()
        (folder / "main.tf").write_text(HEAD % {"region": region, "more": more} + resources)
        self.folder = folder

    def terraform(self, *arguments: str, offer: str = "") -> subprocess.CompletedProcess[str]:
        environment = {**environment_for(self.url), "TF_REATTACH_PROVIDERS": offer}
        command = [toolchain.terraform(), *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120
        )

    def plan(self, offer: str = "") -> dict[str, object]:
        """Initialise, plan and return the plan as JSON, without its moment and the order Terraform leaves open."""
        if not offer:
            shutil.copy(REPOSITORY / ".terraform.lock.hcl", self.folder)
        for arguments in (["init"], ["plan", "-input=false", "-lock=false", "-out=tfplan"]):
            done = self.terraform(arguments[0], "-no-color", *arguments[1:], offer=offer)
            assert done.returncode == 0, done.stderr
        shown = json.loads(self.terraform("show", "-json", "tfplan", offer=offer).stdout)
        del shown["timestamp"]
        ordered: dict[str, object] = in_order(shown)
        return ordered

    url = ""


@pytest.fixture
def roots(tmp_path: Path, aws: Aws) -> Callable[..., Root]:
    def root(name: str, resources: str, **provider: str) -> Root:
        made = Root(tmp_path / name, resources, **provider)
        made.url = aws.url
        return made

    return root


@contextlib.contextmanager
def warmed(provider_file: Path, aws: Aws, said: list[str], *roots: Root) -> Iterator[WarmProvider]:
    environment = environment_for(aws.url)
    units = {root.folder.name: root.folder for root in roots}
    cache = REPOSITORY / ".cache" / "warm"
    with WarmProvider.start(provider_file, environment, units, None, cache, said.append) as warm:
        yield warm


def offer(warm: WarmProvider, root: Root) -> str:
    return (warm.directory / f"{unit_key(root.folder.name)}.json").read_text()


@pytest.mark.parametrize(
    "resources",
    [
        pytest.param(QUEUE, id="resources, a data source, an output"),
        pytest.param(SECRET, id="an ephemeral password in a write-only argument"),
    ],
)
def test_the_plan_is_the_same_with_and_without(provider_file, aws, roots, resources) -> None:
    root = roots("unit", resources)
    with warmed(provider_file, aws, [], root) as warm:
        with_it = root.plan(offer(warm, root))
    assert with_it == root.plan()


def test_another_region_or_other_tags_are_refused_and_never_shared(provider_file, aws, roots) -> None:
    first = roots("first", QUEUE)
    region = roots("region", QUEUE, region="us-west-2")
    tags = roots("tags", QUEUE, more="  default_tags {\n    tags = { a = 1 }\n  }")
    with warmed(provider_file, aws, [], first, region, tags) as warm:
        first.plan(offer(warm, first))
        for other in (region, tags):
            other.terraform("init", offer=offer(warm, other))
            refused = other.terraform(
                "plan", "-no-color", "-input=false", "-lock=false", offer=offer(warm, other)
            )
            assert refused.returncode == 1
            assert "The warm provider has another configuration" in refused.stderr
        first.plan(offer(warm, first))


def test_a_provider_that_is_killed_in_the_middle_of_a_plan_changes_nothing(
    provider_file, aws, roots, eventually
) -> None:
    root, said = roots("unit", PASSWORD), []
    with warmed(provider_file, aws, said, root) as warm:
        usual = root.plan(offer(warm, root))
        aws.asked.clear()
        aws.open.clear()
        planned: list[dict[str, object]] = []
        planning = threading.Thread(target=lambda: planned.append(root.plan(offer(warm, root))))
        planning.start()
        eventually(lambda: bool(aws.asked), "the plan waits for AWS")
        front = json.loads(offer(warm, root))["registry.terraform.io/hashicorp/aws"]["Pid"]
        (provider,) = Path(f"/proc/{front}/task/{front}/children").read_text().split()
        os.kill(int(provider), signal.SIGKILL)
        aws.open.set()
        planning.join(60)
    assert planned == [usual]
    assert said == ["The provider ended (SIGKILL) and is started again."]


def test_a_type_that_is_missing_is_told_from_other_errors(provider_file, aws, roots) -> None:
    """The text that Terraform shows is what lets a unit be run again, plain."""
    root = roots("unit", QUEUE)
    with warmed(provider_file, aws, [], root) as warm:
        (root.folder / "more.tf").write_text('resource "aws_sns_topic" "this" {}')
        root.terraform("init", offer=offer(warm, root))
        failed = root.terraform("plan", "-input=false", "-lock=false", offer=offer(warm, root))
    assert lacks_type(failed.stderr)


def test_an_archive_is_read_from_where_the_provider_stands(provider_file, aws, roots) -> None:
    root = roots("unit", FUNCTION)
    apply = ["apply", "-no-color", "-auto-approve", "-lock=false"]
    with warmed(provider_file, aws, [], root) as warm:
        root.terraform("init", offer=offer(warm, root))
        without = root.terraform(*apply, offer=offer(warm, root))
        assert "reading ZIP file (artifacts/orders.zip)" in without.stderr
        (warm.working_directory / "artifacts" / "orders.zip").write_bytes(b"PK\x05\x06" + bytes(18))
        root.terraform(*apply, offer=offer(warm, root))
    assert any("/functions" in call for call in aws.asked), "the archive was read and sent"
