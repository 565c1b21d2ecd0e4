"""A system's units applied in memory: Terraform's mock provider gives every resource its id, and no server is asked.

Only units that have to do with the VPC are applied; what others would give them is taken from the mocks that their
definitions hold. References between units and between resources are Terraform's own, so what comes out is who really
names whom.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.hcl.evaluate import Lazy, Value
from scripts.live.inputs import inputs_of, scope_in
from scripts.live.modules import read_module
from scripts.live.terragrunt_values import context_of
from scripts.live.tree import Tree
from scripts.live.units import Unit
from scripts.reachability.state import Resource

ACCOUNT = "111111111111"
NETWORKS = ("modules/patterns/network", "modules/networking/vpc")
GROUPS = "modules/security/security-group"
ARNS = {
    "aws_acm_certificate": "acm:us-east-1:{0}:certificate/mock",
    "aws_cloudwatch_event_bus": "events:us-east-1:{0}:event-bus/mock",
    "aws_cloudwatch_log_group": "logs:us-east-1:{0}:log-group:mock",
    "aws_db_proxy": "rds:us-east-1:{0}:db-proxy:prx-mock",
    "aws_ecr_repository": "ecr:us-east-1:{0}:repository/mock",
    "aws_iam_role": "iam::{0}:role/mock",
    "aws_lambda_alias": "lambda:us-east-1:{0}:function:mock:live",
    "aws_lambda_function": "lambda:us-east-1:{0}:function:mock",
    "aws_lb": "elasticloadbalancing:us-east-1:{0}:loadbalancer/app/mock/0",
    "aws_lb_listener": "elasticloadbalancing:us-east-1:{0}:listener/app/mock/0/0",
    "aws_lb_target_group": "elasticloadbalancing:us-east-1:{0}:targetgroup/mock/0",
    "aws_secretsmanager_secret": "secretsmanager:us-east-1:{0}:secret:mock",
    "aws_service_discovery_service": "servicediscovery:us-east-1:{0}:service/srv-mock",
    "aws_sqs_queue": "sqs:us-east-1:{0}:mock",
}
"""Random letters are no ARN, and modules check what they are handed."""

PROVIDER = """
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = {
      json          = "{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[]}"
      minified_json = "{}"
    }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_resource "aws_api_gateway_rest_api" {
    defaults = { execution_arn = "arn:aws:execute-api:us-east-1:111111111111:mock" }
  }
  mock_resource "aws_db_proxy_default_target_group" {
    defaults = { name = "default" }
  }
  mock_resource "aws_vpc_endpoint" {
    defaults = { dns_entry = [{ dns_name = "mock", hosted_zone_id = "mock" }] }
  }
"""
REQUIRED = """terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
"""


def network_units(tree: Tree, environment: str, system: str, region: str = "us-east-1") -> tuple[Unit, ...]:
    """The unit that makes the VPC and those that depend on it or on its security groups, in the order of an apply."""
    units = [
        unit
        for unit in tree.units
        if (unit.environment, unit.region, unit.system) == (environment, region, system)
    ]
    chosen = {unit.path for unit in units if unit.module in NETWORKS}
    chosen |= {
        unit.path
        for unit in units
        if unit.module == GROUPS and any(found.unit in chosen for found in unit.dependencies)
    }
    chosen |= {unit.path for unit in units if any(found.unit in chosen for found in unit.dependencies)}
    return tuple(_ordered([unit for unit in units if unit.path in chosen]))


def _ordered(units: Sequence[Unit]) -> Iterator[Unit]:
    left = {unit.path: unit for unit in units}
    while left:
        ready = [
            unit
            for unit in left.values()
            if not any(dependency.unit in left for dependency in unit.dependencies)
        ]
        assert ready, f"a circle among {sorted(left)}"
        for unit in ready:
            yield left.pop(unit.path)


class InMemory:
    """A folder in which units are applied, each as a run of `terraform test`; *environment* finds the provider."""

    def __init__(self, repo: Path, folder: Path, terraform: Path, environment: Mapping[str, str]) -> None:
        self._repo = repo
        self._folder = folder
        self._terraform = str(terraform)
        self._environment = dict(environment)
        ignored = shutil.ignore_patterns("tests", ".terraform*", "*.md")
        shutil.copytree(repo / "modules", folder / "modules", ignore=ignored, dirs_exist_ok=True)
        for file in (folder / "modules").rglob("*.tf"):
            file.write_text(_without_ephemerals(file.read_text()))
        shutil.copy(repo / ".terraform.lock.hcl", folder)

    def apply(self, units: Sequence[Unit]) -> list[Resource]:
        """Every resource of *units*, as the state has it after an apply."""
        names = {unit.path: unit.name.replace("-", "_") for unit in units}
        for unit in units:
            self._write_unit(unit)
        runs = "".join(_run(self._repo, unit, names) for unit in units)
        (self._folder / "main.tf").write_text(REQUIRED)
        (self._folder / "tests").mkdir(exist_ok=True)
        (self._folder / "tests" / "units.tftest.hcl").write_text(f"{PROVIDER}{_arns()}}}\n{runs}")
        self._terraform_command("init", "-backend=false", "-input=false", "-no-color")
        printed = self._terraform_command("test", "-json", "-verbose")
        return list(_resources(printed, {name: unit for unit in units for name in [names[unit.path]]}))

    def _write_unit(self, unit: Unit) -> None:
        folder = self._folder / "units" / unit.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "context.json").write_text(json.dumps(_context(self._repo, unit)))
        (folder / "versions.tf").write_text(REQUIRED)
        (folder / "main.tf").write_text(self._wrapper(unit))
        for name in re.findall(r"artifacts/([\w.-]+\.zip)", (folder / "main.tf").read_text()):
            (self._folder / "artifacts").mkdir(exist_ok=True)
            (self._folder / "artifacts" / name).write_bytes(b"PK\x05\x06" + bytes(18))

    def _wrapper(self, unit: Unit) -> str:
        """The definition as a Terraform module, its expressions word for word."""
        text = _as_terraform((self._repo / unit.definition).read_text(), self._repo)
        own = dict(inputs_of(self._repo, unit).items)
        inputs = text.rpartition("\ninputs = ")[2]
        handed = [name for name in own if not own[name].from_root]
        defaults = [name for name in ("name", "tags") if name not in handed]
        outputs = read_module(self._repo, unit.module).outputs
        lines = [
            'variable "dependency" {\n  type = any\n}\n',
            f"{_locals(text)}\n",
            f"locals {{\n  inputs_of_unit = {inputs}\n}}\n",
            f'module "this" {{\n  source = "../../{unit.module}"\n',
            *(f"  {name} = local.inputs_of_unit.{name}\n" for name in handed),
            *(f"  {name} = local.own_context.{name}\n" for name in defaults),
            (self._repo / unit.tfvars).read_text() if unit.tfvars else "",
            "}\n",
            'locals {\n  own_context = jsondecode(file("${path.module}/context.json"))\n}\n',
            'output "outputs" {\n  value = {\n',
            *(f"    {name} = module.this.{name}\n" for name in outputs),
            "  }\n}\n",
        ]
        return "".join(lines)

    def _terraform_command(self, *words: str) -> str:
        finished = subprocess.run(
            [self._terraform, *words],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert finished.returncode == 0, _complaints(finished.stdout) or finished.stdout + finished.stderr
        return finished.stdout


def _without_ephemerals(text: str) -> str:
    """Mock providers have no ephemeral values, and no password decides who reaches whom."""
    text = re.sub(r"^ephemeral [^{]*\{\n.*?^\}\n", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"\bephemeral\.\w+\.\w+(\[[^]]*\])?\.\w+", '"mock"', text)


def _context(repo: Path, unit: Unit) -> dict[str, Any]:
    """What live/context.hcl says of the unit; the files it reads are left out, their values are in."""
    values = context_of(repo, repo / unit.path)
    return {name: value for name, value in values.items() if not isinstance(value, Lazy)}


def _as_terraform(definition: str, repo: Path) -> str:
    context = 'jsondecode(file("${path.module}/context.json"))'
    text = re.sub(
        r'read_terragrunt_config\("\$\{get_repo_root\(\)\}/live/context\.hcl"\)\.locals', context, definition
    )
    text = text.replace("${get_repo_root()}", str(repo))
    return re.sub(r"(?<![\w.\"])dependency\.", "var.dependency.", text)


def _locals(text: str) -> str:
    found = re.search(r"^locals \{(?: [^\n]* \}$|.*?^\})", text, re.MULTILINE | re.DOTALL)
    return re.sub(r"^locals \{ (.*) \}$", r"locals {\n  \1\n}", found[0]) if found else ""


def _run(repo: Path, unit: Unit, names: Mapping[str, str]) -> str:
    """The unit as a run of its own, as it has a state of its own; its dependencies give what they gave."""
    mocks: Any = scope_in(repo, unit, unit.definition).names["dependency"]
    dependencies = "".join(
        f"      {dependency.name} = {{ outputs = "
        + (
            f"run.{names[dependency.unit]}.outputs"
            if dependency.unit in names
            else _written(mocks[dependency.name]["outputs"])
        )
        + " }\n"
        for dependency in unit.dependencies
        if dependency.name
    )
    module = f'  module {{\n    source = "./units/{unit.name}"\n  }}\n'
    variables = f"  variables {{\n    dependency = {{\n{dependencies}    }}\n  }}\n"
    return f'run "{names[unit.path]}" {{\n  command = apply\n{module}{variables}}}\n'


def _written(value: Value) -> str:
    return json.dumps(value).replace("${", "$${")


def _arns() -> str:
    return "".join(
        f'  mock_resource "{kind}" {{\n    defaults = {{ arn = "arn:aws:{arn.format(ACCOUNT)}" }}\n  }}\n'
        for kind, arn in ARNS.items()
    )


def _resources(printed: str, units: Mapping[str, Unit]) -> Iterator[Resource]:
    for line in printed.splitlines():
        if '"type":"test_state"' not in line:
            continue
        # Behind the state, the line repeats the provider's whole schema: 15 MB that say nothing of the network.
        state = json.loads(line.partition(',"provider_schemas":')[0] + "}}")["test_state"]
        unit = units[re.findall(r'"@testrun":"(\w+)"', line)[-1]]
        for kind, address, values in _walk(state["root_module"]):
            yield Resource(kind, _name(unit, address), values)


def _walk(module: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for resource in module.get("resources", ()):
        yield resource["type"], resource["address"], resource["values"]
    for child in module.get("child_modules", ()):
        yield from _walk(child)


def _name(unit: Unit, address: str) -> str:
    """The unit's name; where a unit has several of a kind, their keys tell them apart."""
    return "/".join([unit.name, *re.findall(r'\["([^"]+)"\]', address)])


def _complaints(printed: str) -> str:
    found = []
    for line in printed.splitlines():
        try:
            diagnostic = json.loads(line).get("diagnostic")
        except ValueError:
            continue
        if diagnostic:
            place = diagnostic.get("range", {})
            at = f"{place.get('filename')}:{place.get('start', {}).get('line')}"
            found.append(f"{at}: {diagnostic['summary']}: {diagnostic['detail']}")
    return "\n\n".join(found)
