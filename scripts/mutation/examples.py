"""Plan a module's example with many mutants at once: each is a copy of the module, called under a name of its own.

Most changed defaults show in what the example makes, and most of what a plan costs is the start of Terraform.
"""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import tftest

from scripts import toolchain
from scripts.module_tests import EXAMPLE
from scripts.mutation.mutants import Mutant
from scripts.mutation.run import KILLED, SURVIVED, Verdict, silence
from scripts.warm_provider import WarmProvider

# Tests import what they test; here it is the other way round, and mypy need not follow into them.
planner = importlib.import_module("tests.modules.planner")
examples = importlib.import_module("tests.modules.test_readme_examples")

AT_ONCE = 20
_CALL = re.compile(r'^module "([^"]+)"', re.MULTILINE)
_USE = re.compile(r"\bmodule\.(?=\w)")


def run_examples(warm: Path, tree: Path, mutants: Sequence[Mutant]) -> list[Verdict]:
    """Which of *mutants*, all of one module, its example shows; nothing is said of the others."""
    silence()
    shown: set[int] = set()
    for first in range(0, len(mutants), AT_ONCE):
        chosen = {number: mutants[number] for number in range(first, min(first + AT_ONCE, len(mutants)))}
        shown |= _shown(WarmProvider(warm, print), tree, chosen)
    test = f"{EXAMPLE}[{mutants[0].module.removeprefix('modules/')}]" if mutants else ""
    return [Verdict(KILLED, test) if number in shown else Verdict(SURVIVED) for number in range(len(mutants))]


def _shown(warm: WarmProvider, tree: Path, mutants: Mapping[int, Mutant]) -> set[int]:
    """The numbers of those that the example shows. One that the module refuses is left out and the rest planned."""
    module = next(iter(mutants.values())).module.removeprefix("modules/")
    folder = tree.parent / "many" / module
    for number, mutant in mutants.items():
        _write(tree, module, number, mutant)
    terraform, environment = toolchain.terraform(), planner.terraform_environment()
    waiting = dict(mutants)
    try:
        while waiting:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            (folder / "modules").symlink_to(tree)
            text = examples.example_of(module)
            calls = {number: called(text, module, number) for number in waiting}
            (folder / "main.tf").write_text("".join(calls.values()))
            try:
                plan = planner.Planner(terraform, environment, warm).plan(folder, module, {})
            except tftest.TerraformTestError as error:
                refused = set(blamed(str(error), module, calls)) & set(waiting)
                if not refused:
                    return set()
                waiting = {number: one for number, one in waiting.items() if number not in refused}
                continue
            kept = (examples.EXAMPLES / f"{module}.txt").read_text()
            return {number for number in waiting if inventory_of(plan, number) != kept}
    finally:
        for number in mutants:
            shutil.rmtree(_copy(tree, module, number))
    return set()


def _copy(tree: Path, module: str, number: int) -> Path:
    """Beside the module itself, because it calls others by relative path."""
    return tree / f"{module}-m{number}"


def _write(tree: Path, module: str, number: int, mutant: Mutant) -> None:
    copy = _copy(tree, module, number)
    unwanted = shutil.ignore_patterns(".terraform*", "offline_provider.tf", "terraform.tfvars*", "tfplan")
    shutil.copytree(tree / module, copy, ignore=unwanted)
    file = copy / mutant.file
    file.write_text(mutant.applied(file.read_text(), mutant.candidates[0]))


def called(text: str, module: str, number: int) -> str:
    """The example *text*, whose call of the module goes to the copy with this number, and all calls by other names."""
    renamed = _USE.sub(f"module.m{number}_", _CALL.sub(rf'module "m{number}_\1"', text))
    return renamed.replace(f'"./modules/{module}"', f'"./modules/{module}-m{number}"')


def blamed(error: str, module: str, calls: Mapping[int, str]) -> Iterator[int]:
    """The numbers of the copies that Terraform names: by a file of theirs, or by a line of their call."""
    name = re.escape(module.rpartition("/")[2])
    for number in re.findall(rf"/{name}-m(\d+)/", error):
        yield int(number)
    lines = {int(line) for line in re.findall(r"\(main\.tf:(\d+)\)", error)}
    first = 1
    for number, text in calls.items():
        last = first + text.count("\n") - 1
        if any(first <= line <= last for line in lines):
            yield number
        first = last + 1


def inventory_of(plan: tftest.TerraformPlanOutput, number: int) -> str:
    """What the calls with this number make, as the example alone would write it down."""
    own = [
        child
        for child in plan["planned_values"]["root_module"].get("child_modules", [])
        if child["address"].startswith(f"module.m{number}_")
    ]
    written: str = examples.inventory({"planned_values": {"root_module": {"child_modules": own}}})
    return re.sub(rf"^module\.m{number}_", "module.", written, flags=re.MULTILINE)
