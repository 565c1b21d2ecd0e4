"""This checkout, this machine's folders, and the versions that everything here is pinned to."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
TERRAFORM_SERIES = (1, 11)
TERRAFORM_VERSION = "1.11.4"
TERRAGRUNT_VERSION = "1.1.3"
PROVIDER = "registry.terraform.io/hashicorp/aws"


class ToolMissing(Exception):
    """A tool is neither here nor to be had; the message says what to do."""


def cache_folder() -> Path:
    """Our folder in the user's cache (XDG base directory specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "stagecraft"


def platform_name() -> str:
    """This machine as Terraform spells it: ``linux_amd64``."""
    machine = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}.get(
        platform.machine(), platform.machine()
    )
    return f"{sys.platform.rstrip('0123456789')}_{machine.lower()}"
