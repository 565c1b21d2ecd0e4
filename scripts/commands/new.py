"""invoke new.*: write the files of a unit, a module or an environment, and say what to do with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from scripts import output, processes, toolchain
from scripts.commands import options
from scripts.docs import module_readme
from scripts.scaffold.environment import environment_files
from scripts.scaffold.module import module_files
from scripts.scaffold.unit import unit_files


def unit(env: str, system: str, name: str, module: str) -> int:
    """A unit of any module, in all environments or those named."""
    tree = options.tree()
    environments = env.split(",") if env else [each.name for each in tree.environments]
    made = unit_files(tree, system, name, module, [each.strip() for each in environments])
    _write(tree.repo, made)
    first = environments[0]
    output.result("\nThe values are those of the module's example. Next:")
    output.result("  edit the terraform.tfvars, and what others give it in the definition")
    output.result(f"  ./invoke validate --env {first} --system {system}")
    output.result(f"  ./invoke plan --env {first} --local --system {system} --unit {name}")
    return options.FINE


def module(path: str) -> int:
    """A module with one resource, its tests and its rehearsal."""
    repo = options.tree().repo
    made = module_files(repo, path)
    _write(repo, made)
    module_readme.write(repo, [f"modules/{path}"])
    output.result("\nPut the entity in the place of the log group. Next:")
    output.result(f"  ./invoke test --module {path}")
    output.result(f"  ./invoke test --all --module {path} (applies it to an embedded AWS as well)")
    output.result(f"  ./invoke new.unit --system SYSTEM --name UNIT --module {path}")
    return options.FINE


def environment(name: str, account_id: str, like: str) -> int:
    """An environment like another one."""
    tree = options.tree()
    made = environment_files(tree, name, account_id, like)
    _write(tree.repo, made)
    output.result(f"\nIts values are those of {like}. Next:")
    output.result(f"  read live/{name}/env.hcl (owner, domain, who is mailed)")
    output.result(f"  ./invoke validate --env {name}")
    output.result(f"  ./invoke apply --env {name} --local --system platform")
    return options.FINE


def _write(repo: Path, files: Mapping[str, str]) -> None:
    for place, text in files.items():
        path = repo / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        output.result(f"wrote {place}")
    # Taken from an example, or put beside longer names: the columns are Terraform's business.
    formatted = [repo / place for place in files if place.endswith((".tf", ".tfvars"))]
    if formatted:
        processes.run([toolchain.terraform(), "fmt", *formatted])
