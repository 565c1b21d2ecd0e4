"""A copy of the checkout in which tests may do anything: its own embedded AWS, caches and live tree."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from scripts import processes
from scripts.machine import REPOSITORY
from scripts.processes import Finished

if TYPE_CHECKING:
    import boto3

COPIED = (
    ".terraform.lock.hcl",
    "functions",
    "invoke",
    "live",
    "modules",
    "pyproject.toml",
    "requirements",
    "scripts",
    "tasks.py",
    "terragrunt.hcl",
)
LONG = 900.0
ACCOUNTS = {"dev": "111111111111", "staging": "222222222222", "prod": "333333333333"}
REGION = "us-east-1"
PARTIES = {
    "test_prod.py": "prod",
    "test_interrupted.py": "staging",
    "test_killed_runs.py": "staging",
    "test_refusals.py": "staging",
    "test_state_lock.py": "staging",
    "test_state_drill.py": "staging",
    "test_new_keys.py": "chain",
    "test_faulty_line.py": "staging",
    "test_reviewed_plans.py": "chain",
    "test_interrupted_anywhere.py": "chain",
    "test_bookstore_api.py": "bookstore",
    "test_bookstore_events.py": "bookstore",
    "test_bookstore_life.py": "bookstore",
    "test_bookstore_environments.py": "bookstore-environments",
    "test_pyshop.py": "pyshop",
    "test_pyshop_edits.py": "pyshop",
    "test_pyshop_secrets.py": "pyshop",
    "test_storefront.py": "storefront",
    "test_commerce.py": "commerce",
    "test_commerce_sizes.py": "commerce-sizes",
    "test_modules.py": "modules",
    "test_warm_equals_plain.py": "everything",
}
"""Which files need not wait for dev's system; all others use it."""
BY_CASE = {"test_guarded_systems.py", "test_requests_elsewhere.py"}
"""Files whose every case is a party: it has a system of its own."""


@dataclass(frozen=True)
class Checkout:
    """The copy, and the tasks as somebody in it would type them."""

    path: Path

    def invoke(self, *words: str, timeout: float = LONG, **variables: str) -> Finished:
        """Run a task and give back its code and output, whatever the code."""
        argv = [sys.executable, "-m", "invoke", *words]
        return processes.run(
            argv, cwd=self.path, env=clean_environment() | variables, timeout=timeout, check=False
        )

    def invoke_json(self, *words: str) -> Any:
        """Run a task with --json and give back what it printed."""
        finished = self.invoke(*words, "--json")
        return json.loads(finished.out)

    def terragrunt(self, *words: str, env: str, folder: str) -> Finished:
        """Run the environment's `terragrunt`, in a shell that `local.env` has prepared."""
        prepared = f'eval "$("$0" -m invoke local.env --env {env})" && cd {folder}'
        launcher = str(self.path / "scripts" / "launchers" / "terragrunt")
        argv = ["bash", "-c", f'{prepared} && exec "$@"', sys.executable, launcher, *words]
        return processes.run(argv, cwd=self.path, env=clean_environment(), timeout=LONG, check=False)

    def type(self, block: str, timeout: float = LONG) -> Finished:
        """Run a block of a document in bash, as a reader would, in the checkout's own folder."""
        return processes.run(
            ["bash", "-ec", block], cwd=self.path, env=clean_environment(), timeout=timeout, check=False
        )

    @property
    def endpoint(self) -> str:
        """Where its embedded AWS answers; without one, a client would call AWS."""
        # pytest reads this file before coverage.py starts, which would not see what it imports.
        from scripts.local_aws import lifecycle

        running = lifecycle.status(self.path / ".rehearsal" / "aws")
        assert running is not None, f"no embedded AWS answers for {self.path}"
        return running.url

    def client(
        self,
        service: str,
        region: str = REGION,
        *,
        account: str = ACCOUNTS["dev"],
        credentials: Mapping[str, str] | None = None,
    ) -> Any:
        """An AWS client for its embedded AWS: of whoever may do anything in *account*, or who holds *credentials*."""
        found = session(account, region, credentials)
        return found.client(service, endpoint_url=self.endpoint)  # type: ignore[call-overload]

    def edit(self, file: str, old: str, new: str) -> None:
        """Change one place of a file, which must be there exactly once."""
        path = self.path / file
        text = path.read_text()
        assert text.count(old) == 1, f"{file} holds {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new))


def session(
    account: str, region: str = REGION, credentials: Mapping[str, str] | None = None
) -> boto3.Session:
    """Whoever may do anything in *account* of an embedded AWS, or the role whose *credentials* STS gave out."""
    import boto3

    from scripts.local_aws.lifecycle import SECRET_KEY

    held = credentials or {"AccessKeyId": account, "SecretAccessKey": SECRET_KEY}
    return boto3.Session(held["AccessKeyId"], held["SecretAccessKey"], held.get("SessionToken"), region)


def clean_environment() -> dict[str, str]:
    """Our environment without anybody's AWS or Terraform settings."""
    names = ("AWS_", "TF_", "TG_", "STAGECRAFT_WARM", "STAGECRAFT_TREE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(names)}
    return kept | {"AWS_EC2_METADATA_DISABLED": "true"}


def command_blocks(document: Path) -> list[str]:
    """The bash blocks of a document, in its order, without the indent of the list that they stand in."""
    found = re.findall(r"^( *)```bash\n(.*?)^\1```", document.read_text(), re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for _, block in found]


def _copied(path: Path) -> Checkout:
    """Copy what a run needs, without caches."""
    path.mkdir(parents=True)
    ignored = shutil.ignore_patterns("__pycache__", ".terragrunt-cache", ".terraform", "artifacts")
    for name in COPIED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, path / name, ignore=ignored)
        else:
            shutil.copy2(source, path / name)
    # The same environment, so that what a document says to type works here as it is written.
    (path / ".venv").symlink_to(Path(sys.prefix))
    processes.run(["git", "init", "--quiet", "."], cwd=path)
    return Checkout(path)


@contextmanager
def own_checkout(folder: Path) -> Iterator[Checkout]:
    """A copy in *folder* whose embedded AWS is stopped at the end, also when what is done with it raises."""
    made = _copied(folder / "stagecraft")
    try:
        yield made
    finally:
        stopped = made.invoke("local.stop")
        assert stopped.code == 0, stopped.out + stopped.err


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """One copy for the whole session."""
    with own_checkout(tmp_path_factory.mktemp("checkout")) as made:
        yield made


@pytest.fixture(scope="session")
def order_analytics(checkout: Checkout) -> Finished:
    """platform and order-analytics of dev, applied once for the session, by the README's own command."""
    finished = checkout.invoke(
        "apply", "--env", "dev", "--local", "--system", "platform,order-analytics", "--yes"
    )
    assert finished.code == 0, finished.out + finished.err
    return finished


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes the shared system away runs after everything that uses it."""
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


class Parties(LoadScopeScheduling):
    """Each party's tests go to one worker, which has an embedded AWS of its own.

    xdist's own loadgroup (3.8.0) writes the group into an attribute that pytest 9.2 does not read any more.
    """

    def _split_scope(self, nodeid: str) -> str:
        return party_of(nodeid)


def party_of(nodeid: str) -> str:
    """The party of a test, by its file and perhaps its case."""
    file = nodeid.partition("::")[0].rpartition("/")[2]
    case = nodeid.partition("[")[2]
    return f"{file}[{case}" if file in BY_CASE else PARTIES.get(file, "dev")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    """Take --dist loadgroup for our parties."""
    return Parties(config, log) if config.getoption("dist") == "loadgroup" else None
