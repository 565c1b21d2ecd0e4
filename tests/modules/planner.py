"""Plan a root folder through the real provider, with no way to an AWS account."""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

COLLECT_LESS = {"GOGC": "400"}
"""For a Terraform without a provider of its own: it lives for a second, and a fifth of that is collecting garbage."""

ZIP_OF_NOTHING = b"PK\x05\x06" + bytes(18)

_JSON_LINE = re.compile(r'\{"@.*\}')


@dataclass(frozen=True)
class Complaint:
    """One diagnostic of Terraform, as its author wrote it: for a terminal, Terraform breaks the lines."""

    severity: str
    summary: str
    detail: str
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        where = f" ({self.file}:{self.line})" if self.file else ""
        return f"{self.severity.title()}: {self.summary}{where}\n{self.detail}"


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

    def is_initialised(self, folder: Path) -> None:
        """Another planner has planned *folder* before."""
        self._initialised.add(folder)

    def complaints(self, folder: Path) -> list[Complaint]:
        """Plan *folder*, which needs no provider, and return what Terraform says against it."""
        environment = {**self._environment, **COLLECT_LESS}
        runner = tftest.TerraformTest(str(folder), binary=self._terraform, env=environment)
        try:
            runner.execute_command("init", "-input=false", "-no-color", "-backend=false")
            runner.execute_command("plan", "-input=false", "-lock=false", "-json")
        except tftest.TerraformTestError as error:
            return list(_complaints(str(error.args[0])))
        return []

    def _offer(self, unit: str) -> dict[str, str]:
        if self._warm is None:
            return self._environment
        assert self._warm.serves(unit), f"modules/{unit} was added after the session began"
        offer = (self._warm.directory / f"{unit_key(unit)}.json").read_text()
        return {**self._environment, **COLLECT_LESS, "TF_REATTACH_PROVIDERS": offer}


def terraform_environment() -> dict[str, str]:
    """What Terraform and its provider run with: the pinned tools, and no way to an AWS account."""
    return {**toolchain.environment(os.environ), "AWS_ENDPOINT_URL": CLOSED_PORT, "AWS_REGION": "us-east-1"}


def _run(runner: tftest.TerraformTest, command: str, *arguments: str) -> None:
    try:
        runner.execute_command(command, *arguments)
    except tftest.TerraformTestError as error:
        text = str(error.args[0])
        raise tftest.TerraformTestError("\n\n".join(map(str, _complaints(text))) or text) from None


def _complaints(text: str) -> Iterator[Complaint]:
    for line in text.splitlines():
        found = _JSON_LINE.search(line)
        diagnostic = json.loads(found[0]).get("diagnostic") if found else None
        if diagnostic:
            place = diagnostic.get("range") or {"filename": "", "start": {"line": 0}}
            yield Complaint(
                diagnostic["severity"],
                diagnostic["summary"],
                diagnostic["detail"],
                place["filename"],
                place["start"]["line"],
            )


def _write_artifacts(variables: Mapping[str, Any], folder: Path) -> None:
    """Give every zip that the variables or the module name a file, because filebase64sha256 reads it."""
    texts = [json.dumps(variables), *(path.read_text() for path in folder.glob("*.tf"))]
    for name in re.findall(r"artifacts/([\w.-]+\.zip)", " ".join(texts)):
        (folder / "artifacts").mkdir(exist_ok=True)
        (folder / "artifacts" / name).write_bytes(ZIP_OF_NOTHING)
