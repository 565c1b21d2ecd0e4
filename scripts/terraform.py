"""Read-only questions to Terraform, through python-terraform.

Only here: the package (0.10.1) logs variables at debug level, raises on plan's exit code 2, and breaks on destroy and
output('x'). Nothing that changes the world goes through it.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from python_terraform import Terraform

from scripts import toolchain

logging.getLogger("python_terraform").setLevel(logging.CRITICAL)


class TerraformRefused(Exception):
    """Terraform answered with an error; the text is its own."""


def version() -> dict[str, Any]:
    """What ``terraform version -json`` says."""
    return _json(Path.cwd(), "version")


def show_plan(folder: Path, plan: Path) -> dict[str, Any]:
    """A saved plan as JSON. It holds secrets in clear: redact before anything is written."""
    return _json(folder, "show", str(plan))


def validate(folder: Path) -> dict[str, Any]:
    """What ``terraform validate`` finds in an initialised folder; an invalid one is an answer, not an error."""
    return _json(folder, "validate", allowed=(0, 1))


def _json(folder: Path, command: str, *words: str, allowed: tuple[int, ...] = (0,)) -> dict[str, Any]:
    tool = Terraform(working_dir=str(folder), terraform_bin_path=str(toolchain.terraform()))
    code, out, err = tool.cmd(command, "-json", *words, capture_output=True)
    if code not in allowed:
        raise TerraformRefused(err or out)
    return dict(json.loads(out))
