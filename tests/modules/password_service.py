"""Plan modules that generate passwords: a plan asks Secrets Manager for one, so it needs somebody who answers.

Everything else is offline here too: any other question to AWS is refused.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import tftest

from scripts import toolchain
from scripts.warm_provider import WarmProvider

__all__ = ["PASSWORD", "plan_with_passwords"]

REPOSITORY = Path(__file__).resolve().parents[2]
MODULES = REPOSITORY / "modules"
PASSWORD = "the-one-that-must-not-be-found"


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = self.headers.get("X-Amz-Target", "")
        known = asked == "secretsmanager.GetRandomPassword"
        answer = (
            {"RandomPassword": PASSWORD} if known else {"__type": "ValidationException", "message": asked}
        )
        body = json.dumps(answer).encode()
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200 if known else 400)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output to itself."""


@contextmanager
def _service() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def plan_with_passwords(
    terraform_environment: dict[str, str], plain_planner: Any, module_tree: Path
) -> Iterator[Callable[..., tftest.TerraformPlanOutput]]:
    """Return a function that plans as plan_module does, with passwords answered."""
    ask = 'ephemeral "aws_secretsmanager_random_password"'
    folders = {path.parent for path in MODULES.rglob("*.tf") if ask in path.read_text()}
    with _service() as url:
        environment = {**terraform_environment, "AWS_ENDPOINT_URL": url}
        with WarmProvider.start(
            provider=toolchain.provider_binary(),
            environment=environment,
            units={folder.relative_to(MODULES).as_posix(): folder for folder in sorted(folders)},
            state_types=None,
            cache=REPOSITORY / ".cache" / "warm",
            say=print,
        ) as warm:
            planner = type(plain_planner)(toolchain.terraform(), environment, warm)
            yield lambda module, **variables: planner.plan(module_tree / module, module, variables)
