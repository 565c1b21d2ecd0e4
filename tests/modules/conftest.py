"""Plan a module through the real provider, offline, in a fraction of a second.

`pytest -n` works too, but every worker starts a provider of its own, which takes about 1 GB.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import tftest

from scripts import toolchain
from scripts.warm_provider import WarmProvider, unit_key

REPOSITORY = Path(__file__).resolve().parents[2]
MODULES = REPOSITORY / "modules"
CLOSED_PORT = "http://127.0.0.1:9"  # discard: nothing listens, so a module that asks AWS fails at once

OFFLINE_PROVIDER = """
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "111111111111"
  secret_key                  = "offline"
  max_retries                 = 1
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
"""

ZIP_OF_NOTHING = b"PK\x05\x06" + bytes(18)

_JSON_LINE = re.compile(r'\{"@.*\}')

PlanModule = Callable[..., tftest.TerraformPlanOutput]


class Planner:
    """Plans root folders, each initialised once. Without *warm* it does so as Terraform alone would."""

    def __init__(self, terraform: Path, environment: Mapping[str, str], warm: WarmProvider | None) -> None:
        self._terraform = str(terraform)
        self._environment = {**environment, "TF_CLI_ARGS": "", "TF_REATTACH_PROVIDERS": ""}
        self._warm = warm
        self._initialised: set[Path] = set()

    def plan(self, folder: Path, unit: str, variables: Mapping[str, Any]) -> tftest.TerraformPlanOutput:
        """Plan *folder*, whose types are those of *unit*."""
        runner = tftest.TerraformTest(str(folder), binary=self._terraform, env=self._offer(unit))
        _write_artifacts(variables, folder)
        (folder / "terraform.tfvars.json").write_text(json.dumps(variables))
        # For this plan only: a module with a provider block cannot be called with count or for_each, and a pattern
        # that is planned later calls it in this same tree.
        provider = folder / "offline_provider.tf"
        provider.write_text(OFFLINE_PROVIDER)
        try:
            if folder not in self._initialised:
                shutil.copy(REPOSITORY / ".terraform.lock.hcl", folder)
                _run(runner, "init", "-input=false", "-no-color", "-backend=false")
                self._initialised.add(folder)
            _run(runner, "plan", "-input=false", "-lock=false", "-json", "-out=tfplan")
            shown = runner.execute_command("show", "-json", "tfplan")
        finally:
            provider.unlink()
        return tftest.TerraformPlanOutput(json.loads(shown.out))

    def _offer(self, unit: str) -> dict[str, str]:
        if self._warm is None:
            return self._environment
        assert self._warm.serves(unit), f"modules/{unit} was added after the session began"
        offer = (self._warm.directory / f"{unit_key(unit)}.json").read_text()
        return {**self._environment, "TF_REATTACH_PROVIDERS": offer}


@pytest.fixture(scope="session")
def terraform_environment() -> dict[str, str]:
    """What Terraform and its provider run with: the pinned tools, and no way to an AWS account."""
    offline = {"AWS_ENDPOINT_URL": CLOSED_PORT, "AWS_REGION": "us-east-1"}
    return {**toolchain.environment(os.environ), **offline}


@pytest.fixture(scope="session")
def warm(terraform_environment: dict[str, str]) -> Iterator[WarmProvider]:
    """One warm provider for the session; every module is a unit of it."""
    folders = sorted({path.parent for path in MODULES.rglob("*.tf") if "tests" not in path.parts})
    provider = toolchain.provider_binary()
    assert provider, "the provider is not on this machine yet: `terraform init` of any module fetches it"
    with WarmProvider.start(
        provider=provider,
        environment=terraform_environment,
        units={folder.relative_to(MODULES).as_posix(): folder for folder in folders},
        state_types=None,
        cache=REPOSITORY / ".cache" / "warm",
        say=print,
    ) as started:
        yield started


@pytest.fixture(scope="session")
def warm_planner(warm: WarmProvider, terraform_environment: dict[str, str]) -> Planner:
    """Plans through the warm provider."""
    return Planner(toolchain.terraform(), terraform_environment, warm)


@pytest.fixture(scope="session")
def plain_planner(terraform_environment: dict[str, str]) -> Planner:
    """Plans as Terraform does alone, some fifteen times slower."""
    return Planner(toolchain.terraform(), terraform_environment, None)


@pytest.fixture(scope="session")
def module_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of modules/ that tests may write to, in a folder named modules."""
    tree = tmp_path_factory.mktemp("tree") / "modules"
    shutil.copytree(MODULES, tree, ignore=shutil.ignore_patterns("tests", ".terraform*", "*.md"))
    return tree


@pytest.fixture(scope="session")
def plan_module(warm_planner: Planner, module_tree: Path) -> PlanModule:
    """Return a function that plans ``modules/<path>`` with the given variables.

    Terraform's error is raised as tftest.TerraformTestError, unbroken, as the module wrote it.
    """

    def plan(module: str, **variables: Any) -> tftest.TerraformPlanOutput:
        return warm_planner.plan(module_tree / module, module, variables)

    return plan


def _run(runner: tftest.TerraformTest, command: str, *arguments: str) -> None:
    try:
        runner.execute_command(command, *arguments)
    except tftest.TerraformTestError as error:
        raise tftest.TerraformTestError(_unwrapped(str(error.args[0]))) from None


def _unwrapped(text: str) -> str:
    """Return the diagnostics as their authors wrote them; for a terminal, Terraform breaks their lines."""
    messages = []
    for line in text.splitlines():
        found = _JSON_LINE.search(line)
        diagnostic = json.loads(found[0]).get("diagnostic") if found else None
        if diagnostic:
            place = diagnostic.get("range")
            where = f" ({place['filename']}:{place['start']['line']})" if place else ""
            title = f"{diagnostic['severity'].title()}: {diagnostic['summary']}{where}"
            messages.append(f"{title}\n{diagnostic['detail']}")
    return "\n\n".join(messages) or text


def _write_artifacts(variables: Mapping[str, Any], folder: Path) -> None:
    """Give every zip that the variables or the module name a file, because filebase64sha256 reads it."""
    texts = [json.dumps(variables), *(path.read_text() for path in folder.glob("*.tf"))]
    for name in re.findall(r"artifacts/([\w.-]+\.zip)", " ".join(texts)):
        (folder / "artifacts").mkdir(exist_ok=True)
        (folder / "artifacts" / name).write_bytes(ZIP_OF_NOTHING)
