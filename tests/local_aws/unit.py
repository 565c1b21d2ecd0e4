"""A unit's working folder beside Terragrunt: its module applied again and again through a warm provider."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import processes, toolchain
from scripts.local_aws.lifecycle import Running, client_environment
from scripts.machine import REPOSITORY
from scripts.warm_provider import WarmProvider, unit_key

PROVIDER = 'provider "aws" {\n  region = "us-east-1"\n}\n'


class Unit:
    """A unit's working folder as Terragrunt makes it: the module's files, and those of the unit beside them."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self._environment = environment

    def terraform(self, *words: str) -> str:
        argv = [toolchain.terraform(), *words]
        return processes.run(argv, cwd=self.folder, env=self._environment, timeout=300).out

    def changes(self) -> dict[str, list[str]]:
        """What a plan would do, by address; nothing for what stays."""
        self.terraform("plan", "-input=false", "-out=tfplan")
        shown = json.loads(self.terraform("show", "-json", "tfplan"))
        actions = {each["address"]: each["change"]["actions"] for each in shown["resource_changes"]}
        return {address: found for address, found in actions.items() if found != ["no-op"]}

    def copy(self, folder: Path) -> Unit:
        shutil.copytree(self.folder, folder)
        return Unit(folder, self._environment)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)


@contextmanager
def initialised(server: Running, module: Path, name: str, folder: Path) -> Iterator[Unit]:
    """The unit *name* of *module* in *folder*, whose Terraform finds the embedded AWS through a warm provider."""
    shutil.copytree(module, folder, ignore=shutil.ignore_patterns("tests", "*.md"))
    (folder / "provider.tf").write_text(PROVIDER)
    environment = toolchain.environment(os.environ) | client_environment(
        server.url, "111111111111", "us-east-1"
    )
    with WarmProvider.start(
        provider=toolchain.provider_binary(),
        environment=environment,
        units={name: module},
        state_types=None,
        cache=REPOSITORY / ".cache" / "warm",
        say=print,
    ) as warm:
        offer = (warm.directory / f"{unit_key(name)}.json").read_text()
        unit = Unit(folder, environment | {"TF_REATTACH_PROVIDERS": offer})
        unit.terraform("init", "-input=false")
        yield unit
