"""A system of three units, each named after what the one before it made: log groups, so that nothing has to be waited for.

A new name of the first replaces all three, and no first plan can show that of the second and third.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.checkout import LONG, Checkout, clean_environment, own_checkout

CHAIN = ("--env", "staging", "--local", "--system", "chain")
UNITS = ("first", "second", "third")
PLACE = "live/staging/us-east-1/chain"
UNIT = """include "root" {{
  path = "${{get_repo_root()}}/terragrunt.hcl"
}}
include "unit" {{
  path = "${{get_repo_root()}}/live/_units/chain/{name}.hcl"
}}
"""
SOURCE = 'terraform { source = "${get_repo_root()}/modules//monitoring/log-group" }\n'
LINK = """
dependency "before" {{
  config_path                             = "${{get_terragrunt_dir()}}/../{before}"
  mock_outputs                            = {{ log_group_names = {{ {before} = "mock" }} }}
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs_merge_strategy_with_state  = "shallow"
}}

inputs = {{ log_groups = {{ {name} = {{ name = "${{dependency.before.outputs.log_group_names["{before}"]}}-{name}" }} }} }}
"""


def write(checkout: Checkout) -> None:
    """Put the chain into a checkout's live tree."""
    definitions = checkout.path / "live" / "_units" / "chain"
    definitions.mkdir(parents=True)
    for number, name in enumerate(UNITS):
        folder = checkout.path / PLACE / name
        folder.mkdir(parents=True)
        (folder / "terragrunt.hcl").write_text(UNIT.format(name=name))
        link = LINK.format(before=UNITS[number - 1], name=name) if number else ""
        (definitions / f"{name}.hcl").write_text(SOURCE + link)
    values(checkout)


def values(checkout: Checkout, called: str = "orders", days: int = 7) -> None:
    """What an engineer may edit: the first's name, and how long each keeps its logs."""
    for name in UNITS:
        first = f'log_groups = {{ first = {{ name = "{called}" }} }}\n' if name == "first" else ""
        (checkout.path / PLACE / name / "terraform.tfvars").write_text(
            f"{first}log_retention_days = {days}\n"
        )


def names(checkout: Checkout) -> list[str]:
    """The log groups as the outputs name them, along the chain."""
    shown = checkout.invoke_json("output", *CHAIN)
    return [shown[f"{PLACE}/{name}"]["log_group_names"][name] for name in UNITS]


def answered(checkout: Checkout, *answers: str) -> tuple[int, str]:
    """An apply in a terminal, where somebody types these answers."""
    keyboard, stdin = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", "apply", *CHAIN],
        cwd=checkout.path,
        env=clean_environment(),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    os.close(stdin)
    os.write(keyboard, "".join(f"{answer}\n" for answer in answers).encode())
    shown, _ = process.communicate(timeout=LONG)
    os.close(keyboard)
    return process.returncode, shown


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A checkout with the chain, for a file's tests."""
    with own_checkout(tmp_path_factory.mktemp("chain")) as made:
        write(made)
        yield made
