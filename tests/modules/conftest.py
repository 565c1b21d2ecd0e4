"""Plan a module through the real provider, offline, in a fraction of a second."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tftest

from scripts.toolchain import provider_binary
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
  skip_region_validation      = true
}
"""

ZIP_OF_NOTHING = b"PK\x05\x06" + bytes(18)

_JSON_LINE = re.compile(r'\{"@.*\}')

PlanModule = Callable[..., tftest.TerraformPlanOutput]


@pytest.fixture(scope="session")
def provider_file() -> Path:
    """The provider that the repository's lock file pins."""
    found = provider_binary()
    assert found, "the provider is not on this machine yet: `terraform init` of any module fetches it"
    return found


@pytest.fixture(scope="session")
def warm(provider_file: Path) -> Iterator[WarmProvider]:
    """One warm provider for the session; every module is a unit of it."""
    folders = sorted({path.parent for path in MODULES.rglob("*.tf") if "tests" not in path.parts})
    units = {folder.relative_to(MODULES).as_posix(): folder for folder in folders}
    environment = {**os.environ, "AWS_ENDPOINT_URL": CLOSED_PORT, "AWS_REGION": "us-east-1"}
    with WarmProvider.start(
        provider=provider_file,
        environment=environment,
        units=units,
        state_types=None,
        cache=REPOSITORY / ".cache" / "warm",
        say=print,
    ) as started:
        yield started


@pytest.fixture(scope="session")
def plan_module(warm: WarmProvider, tmp_path_factory: pytest.TempPathFactory) -> PlanModule:
    """Return a function that plans ``modules/<path>`` with the given variables.

    Terraform's error is raised as tftest.TerraformTestError, one line per sentence as the module wrote it.
    """
    tree = tmp_path_factory.mktemp("tree") / "modules"
    shutil.copytree(MODULES, tree, ignore=shutil.ignore_patterns("tests", ".terraform*", "*.md"))
    initialised: set[str] = set()

    def plan(module: str, **variables: Any) -> tftest.TerraformPlanOutput:
        folder = tree / module
        assert warm.serves(module), f"modules/{module} has no .tf file, or was added after the session began"
        offer = (warm.directory / f"{unit_key(module)}.json").read_text()
        runner = tftest.TerraformTest(str(folder), env={"TF_REATTACH_PROVIDERS": offer})
        if module not in initialised:
            (folder / "offline_provider.tf").write_text(OFFLINE_PROVIDER)
            _run(runner, "init", "-input=false", "-no-color", "-backend=false")
            initialised.add(module)
        _write_artifacts(variables, folder)
        (folder / "terraform.tfvars.json").write_text(json.dumps(variables))
        _run(runner, "plan", "-input=false", "-lock=false", "-json", "-out=tfplan")
        shown = runner.execute_command("show", "-json", "tfplan")
        return tftest.TerraformPlanOutput(json.loads(shown.out))

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


def _write_artifacts(variables: dict[str, Any], folder: Path) -> None:
    """Give every zip that the variables or the module name a file, because filebase64sha256 reads it."""
    texts = [json.dumps(variables), *(path.read_text() for path in folder.glob("*.tf"))]
    for name in re.findall(r"artifacts/([\w.-]+\.zip)", " ".join(texts)):
        (folder / "artifacts").mkdir(exist_ok=True)
        (folder / "artifacts" / name).write_bytes(ZIP_OF_NOTHING)
