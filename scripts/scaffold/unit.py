"""A new unit of any module: its definition, and a folder in each environment with the values of the module's example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.checks.finding import Finding, Refused, unknown
from scripts.hcl.nodes import Block
from scripts.hcl.parser import parse
from scripts.hcl.types import Collection
from scripts.live.modules import module_paths, read_module
from scripts.live.tfvars import computed
from scripts.live.tree import Tree

FROM_ROOT = frozenset({"name", "tags"})
FROM_CONTEXT = frozenset({"account_id"})
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
EXAMPLE = re.compile(r"^## Example\n+```hcl\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BESIDE = re.compile(r"\bmodule\.\w+\.")

UNIT = """\
include "root" {{
  path = "${{get_repo_root()}}/terragrunt.hcl" # spelled out: a bare find_in_parent_folders() warns about this name
}}
include "unit" {{
  path = "${{get_repo_root()}}/live/_units/{system}/{name}.hcl"
}}
"""


def unit_files(
    tree: Tree, system: str, name: str, module: str, environments: Sequence[str]
) -> dict[str, str]:
    """The files of unit *name* of *system*, by path, for the first region of each of *environments*.

    Raises Refused when a word is no name, names nothing, or the unit is there already.
    """
    path = f"modules/{module}"
    _refuse(tree, system, name, path, environments)
    values, inputs = _example(tree.repo, path)
    made = {f"live/_units/{system}/{name}.hcl": _definition(system, name, module, inputs)}
    for environment in environments:
        folder = f"live/{environment}/{_region(tree, environment)}/{system}/{name}"
        made[f"{folder}/terragrunt.hcl"] = UNIT.format(system=system, name=name)
        made[f"{folder}/terraform.tfvars"] = "\n".join(values) + "\n" if values else ""
    return made


def _refuse(tree: Tree, system: str, name: str, module: str, environments: Sequence[str]) -> None:
    found: list[Finding] = []
    for flag, word in (("--system", system), ("--name", name)):
        if not NAME.fullmatch(word):
            message = f'"{word}" is no name: lower-case letters, digits and single hyphens, beginning with a letter.'
            found.append(Finding(flag, 0, "not-a-name", word, NAME.pattern, "", message))
    modules = module_paths(tree.repo)
    if module not in modules:
        known = [each.removeprefix("modules/") for each in modules]
        found.append(
            unknown(
                "--module", 0, "unknown-module", "there is no module", module.removeprefix("modules/"), known
            )
        )
    known_environments = {environment.name for environment in tree.environments}
    found += [
        unknown("--env", 0, "unknown-env", "there is no environment", each, known_environments)
        for each in environments
        if each not in known_environments
    ]
    if (tree.repo / f"live/_units/{system}/{name}.hcl").exists():
        message = f"live/_units/{system}/{name}.hcl is there already; choose another name."
        found.append(Finding("--name", 0, "unit-exists", name, "", "", message))
    if found:
        raise Refused(found)


def _region(tree: Tree, environment: str) -> str:
    """The environment's first region: the one whose names have no suffix."""
    regions = {unit.region for unit in tree.units if unit.environment == environment}
    main = [region for region in sorted(regions) if not _suffix(tree.repo, environment, region)]
    return (main or sorted(regions) or ["us-east-1"])[0]


def _suffix(repo: Path, environment: str, region: str) -> bool:
    text = (repo / "live" / environment / region / "region.hcl").read_text()
    return bool(re.search(r'^\s*name_suffix\s*=\s*"[^"]', text, re.MULTILINE))


def _example(repo: Path, module: str) -> tuple[list[str], list[str]]:
    """The README's example as lines of tfvars, and as lines of inputs where a value is computed.

    What it reads from a module beside it is left out: here that is another unit's, and a dependency.
    """
    text = EXAMPLE.findall((repo / module / "README.md").read_text())[0]
    block = next(one for one in parse(text)[0].of_type("module") if _calls(text, one, module))
    variables = read_module(repo, module).variables
    given_elsewhere = FROM_ROOT | FROM_CONTEXT | {"source"}
    values: list[str] = []
    inputs: list[str] = []
    for name, lines in _assignments(text, block):
        if name in given_elsewhere:
            continue
        if any(BESIDE.search(line) for line in lines):
            if variables[name].required:
                nothing = "{}" if isinstance(variables[name].type, Collection) else "null"
                values.append(f"{name} = {nothing} # from another unit, by a dependency")
            continue
        literal = not any(computed("", block.body.assignments[name]))
        (values if literal else inputs).extend(lines)
    return values, [
        *(f"{name} = local.context.{name}" for name in sorted(FROM_CONTEXT & set(variables))),
        *inputs,
    ]


def _calls(text: str, block: Block, module: str) -> bool:
    return any(f'"./{module}"' in line for line in text.split("\n")[block.line - 1 : block.end])


def _assignments(text: str, block: Block) -> Iterator[tuple[str, list[str]]]:
    """Each assignment of the block with its lines, without the block's indent."""
    lines = text.split("\n")
    ordered = sorted(block.body.assignments.values(), key=lambda found: found.line)
    ends = [*(found.line for found in ordered[1:]), block.end]
    for assignment, end in zip(ordered, ends, strict=True):
        own = lines[assignment.line - 1 : end - 1]
        while own and (not own[-1].strip() or own[-1].strip().startswith("#")):
            own.pop()
        yield assignment.name, [line.removeprefix("  ") for line in own]


def _definition(system: str, name: str, module: str, inputs: Sequence[str]) -> str:
    text = (
        f"# {name} of {system}: say here what it is for, and add a dependency for each unit whose outputs it reads.\n"
        f'terraform {{ source = "${{get_repo_root()}}/modules//{module}" }}\n'
    )
    if not inputs:
        return text
    listed = "\n".join(f"  {line}" if line else "" for line in inputs)
    context = (
        '\nlocals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }\n'
        if "local.context" in listed
        else ""
    )
    return f"{text}{context}\ninputs = {{\n{listed}\n}}\n"
