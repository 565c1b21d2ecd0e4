"""A live tree of any size, made of real modules of ours whose resources need no waiting.

The tree has the project's own root, context and modules; only its units are generated. Each system has three
units of four resources.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts import processes
from scripts.machine import REPOSITORY

ENVIRONMENT = "dev"
REGION = "us-east-1"

_SHARED = (
    "terragrunt.hcl",
    ".terraform.lock.hcl",
    "live/context.hcl",
    f"live/{ENVIRONMENT}/env.hcl",
    f"live/{ENVIRONMENT}/{REGION}/region.hcl",
)

# No unit has a network, and the project's own plan names environments that are not here.
_ADDRESSES = """\
locals {
  vpc_cidrs = {}
}
"""

_UNIT = """\
include "root" {{
  path = "${{get_repo_root()}}/terragrunt.hcl"
}}
include "unit" {{
  path = "${{get_repo_root()}}/live/_units/bench/{kind}.hcl"
}}
"""

_ONE_STATE = """\
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  skip_metadata_api_check = true
}
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of unit: its module and the values that its tfvars set."""

    module: str
    values: Mapping[str, str]


KINDS: Mapping[str, Kind] = {
    "logs": Kind(
        "monitoring/log-group",
        {
            "log_groups": """{
  api = {
    metric_filters = {
      errors = { pattern = "ERROR", namespace = "bench", metric_name = "Errors", default_value = "0" }
    }
  }
  audit  = { retention_days = 365 }
  worker = {}
}"""
        },
    ),
    "topics": Kind(
        "messaging/sns",
        {
            "kms_key_arn": '"arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000000"',
            "topics": "{\n  alerts = {}\n  orders = {}\n}",
        },
    ),
    "alarms": Kind(
        "monitoring/alarms",
        {
            "alarm_topic_arns": '["arn:aws:sns:us-east-1:111111111111:bench"]',
            "alarms": "{\n"
            + "".join(
                f"  {name} = {{\n"
                f'    description = "{name} are many."\n'
                "    threshold   = 5\n"
                f'    metric      = {{ namespace = "bench", name = "{name}", statistic = "Sum" }}\n'
                "  }\n"
                for name in ("errors", "retries", "throttles", "timeouts")
            )
            + "}",
        },
    ),
}


@dataclass(frozen=True, slots=True)
class GeneratedUnit:
    """A unit's path in the tree and what it is made of."""

    path: str
    system: str
    kind: str

    @property
    def module(self) -> str:
        """The module's path below modules/."""
        return KINDS[self.kind].module


def units(size: int, name: str) -> tuple[GeneratedUnit, ...]:
    """Return *size* units, three to a system, whose names differ from those of any other tree."""
    kinds = tuple(KINDS)
    made = []
    for number in range(size):
        system, kind = f"{name}-{number // len(kinds):03}", kinds[number % len(kinds)]
        path = f"live/{ENVIRONMENT}/{REGION}/{system}/{kind}"
        made.append(GeneratedUnit(path, system, kind))
    return tuple(made)


def write_tree(folder: Path, size: int, name: str) -> tuple[GeneratedUnit, ...]:
    """Write a tree of *size* units to *folder*, as a repository of its own."""
    for shared in _SHARED:
        (folder / shared).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / shared, folder / shared)
    (folder / "live" / "addresses.hcl").write_text(_ADDRESSES)
    ignored = shutil.ignore_patterns("tests", ".terraform*", "*.md")
    shutil.copytree(REPOSITORY / "modules", folder / "modules", ignore=ignored)
    definitions = folder / "live" / "_units" / "bench"
    definitions.mkdir(parents=True)
    for kind_name, kind in KINDS.items():
        source = f'terraform {{ source = "${{get_repo_root()}}/modules//{kind.module}" }}\n'
        (definitions / f"{kind_name}.hcl").write_text(source)
    made = units(size, name)
    for unit in made:
        place = folder / unit.path
        place.mkdir(parents=True)
        (place / "terragrunt.hcl").write_text(_UNIT.format(kind=unit.kind))
        (place / "terraform.tfvars").write_text(_assignments(KINDS[unit.kind]))
    processes.run(["git", "init", "-q", folder], timeout=60)
    return made


def write_one_state(folder: Path, made: tuple[GeneratedUnit, ...]) -> None:
    """Write the same resources as one root module with one state: what the units are compared with."""
    folder.mkdir()
    calls = [
        f'module "{unit.system}-{unit.kind}" {{\n'
        f'  source = "../modules/{unit.module}"\n'
        f'  name   = "acme-one-{unit.system}"\n'
        f"{_assignments(KINDS[unit.kind])}}}\n"
        for unit in made
    ]
    (folder / "main.tf").write_text(_ONE_STATE + "\n".join(calls))
    shutil.copy(REPOSITORY / ".terraform.lock.hcl", folder)


def _assignments(kind: Kind) -> str:
    return "".join(f"{name} = {value}\n" for name, value in kind.values.items())
