"""Roots that call one module each with what it needs, applied to an embedded AWS, planned again and destroyed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from scripts import processes, toolchain
from scripts.local_aws.differences import Difference
from scripts.local_aws.lifecycle import client_environment
from scripts.machine import REPOSITORY
from scripts.module_rehearsals import PREREQUISITES, ROOTS
from scripts.plans.plan import ResourceChange, UnitPlan, read_plan
from scripts.warm_provider import WarmProvider, unit_key
from tests.local_aws.conftest import package

ACCOUNT = "111111111111"
REGION = "us-east-1"
PROVIDER = f"""
provider "aws" {{
  region                  = "{REGION}"
  allowed_account_ids     = ["{ACCOUNT}"]
  s3_use_path_style       = true
  skip_metadata_api_check = true
  max_retries             = 3

  default_tags {{
    tags = {{ Environment = "rehearsal", ManagedBy = "terraform" }}
  }}
}}
"""
HANDLER = "def handle(event, context):\n    return {'statusCode': 200, 'body': 'ok'}\n"
LONG = 1800.0


@dataclass(frozen=True)
class Rehearsed:
    """What became of a root: how many resources it made, what a second plan would change, what a destroy left."""

    made: int
    again: tuple[str, ...]
    left: tuple[str, ...]


def environment_of(url: str) -> dict[str, str]:
    """What Terraform and the provider run with; S3 Control needs the proxy, as terragrunt.hcl says."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
    return toolchain.environment(ours | client_environment(url, ACCOUNT, REGION) | {"HTTP_PROXY": url})


def lay_out(root: str, folder: Path) -> Path:
    """Make *folder* the root, which stands to ./modules as the repository's own root does."""
    folder.mkdir(parents=True)
    (folder / "modules").symlink_to(REPOSITORY / "modules")
    (folder / PREREQUISITES).symlink_to(REPOSITORY / ROOTS / PREREQUISITES)
    (folder / "main.tf").write_text((REPOSITORY / ROOTS / f"{root}.tf").read_text())
    (folder / "provider.tf").write_text(PROVIDER)
    (folder / ".terraform.lock.hcl").write_bytes((REPOSITORY / ".terraform.lock.hcl").read_bytes())
    return folder


def undeclared(plan: UnitPlan, known: Sequence[Difference]) -> tuple[str, ...]:
    """What *plan* would change, a line a place, without the places that are *known* to differ in a rehearsal."""
    expected = {(each.type, each.attribute) for each in known}
    return tuple(
        f"{change.action} {change.address}{place}"
        for change in plan.changing
        for place in _places(change, expected)
    )


def _places(change: ResourceChange, expected: Set[tuple[str, str]]) -> list[str]:
    """Each place that changes, list indices apart; one without a name for what comes or goes as a whole."""
    if not change.differences:
        return [""]
    return [
        f": {each.path}: {each.before!r} -> {'?' if each.unknown else repr(each.after)}"
        for each in change.differences
        if (change.type, re.sub(r"\[\d+\]", "", each.path)) not in expected
    ]


class Stage:
    """The embedded AWS and the warm provider on which roots are rehearsed."""

    def __init__(
        self, warm: WarmProvider, environment: Mapping[str, str], known: Sequence[Difference]
    ) -> None:
        self._warm = warm
        self._environment = dict(environment)
        self._known = known

    def rehearse(self, root: str, folder: Path) -> Rehearsed:
        """Apply, plan and destroy the root that lies in *folder*; raises ProcessFailed where Terraform does."""
        # The provider reads a function's package in its own folder, and Terraform hashes it in the root's.
        for name in re.findall(r"artifacts/([\w.-]+\.zip)", (folder / "main.tf").read_text()):
            (folder / "artifacts").mkdir(exist_ok=True)
            for place in (folder, self._warm.working_directory):
                (place / "artifacts" / name).write_bytes(package(HANDLER))
        self._terraform(root, folder, "init")
        self._terraform(root, folder, "apply", "-auto-approve")
        made = self._state(root, folder)
        self._terraform(root, folder, "plan", "-out=again")
        plan = read_plan(root, json.loads(self._terraform(root, folder, "show", "-json", "again")))
        self._terraform(root, folder, "destroy", "-auto-approve")
        return Rehearsed(len(made), undeclared(plan, self._known), tuple(self._state(root, folder)))

    def _state(self, root: str, folder: Path) -> list[str]:
        return self._terraform(root, folder, "state", "list").split()

    def _terraform(self, root: str, folder: Path, command: str, *words: str) -> str:
        quiet = ("-input=false",) if command in {"init", "plan", "apply", "destroy"} else ()
        colourless = () if command in {"state"} else ("-no-color",)
        argv = [toolchain.terraform(), command, *words[:1], *quiet, *colourless, *words[1:]]
        offer = (self._warm.directory / f"{unit_key(root)}.json").read_text()
        environment = self._environment | {"TF_REATTACH_PROVIDERS": offer, "TF_IN_AUTOMATION": "1"}
        return processes.run(argv, cwd=folder, env=environment, timeout=LONG).out
