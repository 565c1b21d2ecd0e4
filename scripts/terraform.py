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


def _json(folder: Path, command: str, *words: str) -> dict[str, Any]:
    tool = Terraform(working_dir=str(folder), terraform_bin_path=str(toolchain.terraform()))
    code, out, err = tool.cmd(command, "-json", *words, capture_output=True)
    if code != 0:
        raise TerraformRefused(err or out)
    return dict(json.loads(out))
