"""Find Terraform, Terragrunt and the provider: what fits on PATH, else what fetch_tools put into the user's cache.

The `terragrunt` of the activated environment imports this at every call, so it stays light: standard library only.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.machine import (
    PROVIDER,
    REPOSITORY,
    TERRAFORM_SERIES,
    TERRAFORM_VERSION,
    TERRAGRUNT_VERSION,
    ToolMissing,
    cache_folder,
    platform_name,
)

PARSED_ONCE = {"TG_USE_PARTIAL_PARSE_CONFIG_CACHE": "true"}
"""Terragrunt reads a unit's includes again for each step, and for each unit that depends on it; this keeps what it read.

In dev's 99 units its own work falls from 25 to 9 CPU seconds, and what Terraform is called with stays the same
(tests/rehearsal/test_parsed_once.py). Outputs of dependencies are not part of what is kept.
"""


def version_in(text: str) -> tuple[int, ...]:
    """The first x.y.z in what a tool prints of itself; empty when there is none."""
    found = re.search(r"v?(\d+)\.(\d+)\.(\d+)", text)
    return tuple(int(part) for part in found.groups()) if found else ()


def terraform() -> Path:
    """Terraform of the pinned series: the one on PATH when it fits, else the release."""
    with contextlib.suppress(FileNotFoundError):
        return _remembered("terraform", TERRAFORM_VERSION)
    for candidate in _on_path("terraform"):
        if _version_of(candidate)[:2] == TERRAFORM_SERIES:
            return _remember("terraform", TERRAFORM_VERSION, candidate)
    from scripts import fetch_tools

    return _remember("terraform", TERRAFORM_VERSION, fetch_tools.terraform())


def terragrunt() -> Path:
    """Terragrunt of the pinned version: from PATH, the release, or built from source with Go."""
    with contextlib.suppress(FileNotFoundError):
        return _remembered("terragrunt", TERRAGRUNT_VERSION)
    for candidate in _on_path("terragrunt"):
        if _version_of(candidate) == version_in(TERRAGRUNT_VERSION):
            return _remember("terragrunt", TERRAGRUNT_VERSION, candidate)
    from scripts import fetch_tools

    return _remember("terragrunt", TERRAGRUNT_VERSION, fetch_tools.terragrunt())


def provider_version() -> str:
    """The provider version that the root lock file pins."""
    found = re.search(r'version\s*=\s*"([^"]+)"', (REPOSITORY / ".terraform.lock.hcl").read_text())
    assert found, ".terraform.lock.hcl names no version"
    return found.group(1)


def provider_mirror() -> Path | None:
    """A filesystem mirror on this machine that holds the pinned provider, if there is one.

    STAGECRAFT_PROVIDER_MIRROR names it outright; otherwise Terraform's implied mirror folders are looked at, and
    one level under the usual prefixes.
    """
    named = os.environ.get("STAGECRAFT_PROVIDER_MIRROR")
    places: list[Path] = (
        [Path(named)]
        if named
        else [
            Path.home() / ".terraform.d" / "plugins",
            Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
            / "terraform"
            / "plugins",
            Path("/usr/local/share/terraform/plugins"),
            Path("/usr/share/terraform/plugins"),
            *sorted(
                folder for prefix in ("/opt", "/usr/local/share", "/srv") for folder in Path(prefix).glob("*")
            ),
            cache_folder() / "providers",
        ]
    )
    wanted = Path(PROVIDER) / provider_version() / platform_name()
    return next((place for place in places if (place / wanted).is_dir()), None)


def provider_binary() -> Path | None:
    """The provider's executable, for the warm provider; None when Terraform would have to fetch it first."""
    places = [place for place in (provider_mirror(), plugin_cache()) if place is not None]
    wanted = Path(PROVIDER) / provider_version() / platform_name()
    found = (path for place in places for path in sorted((place / wanted).glob("terraform-provider-aws_v*")))
    return next(found, None)


def ensure_provider() -> None:
    """Have Terraform fetch the pinned provider unless it is on this machine, and see that it is the locked one."""
    from scripts.provider_check import check_provider

    fetched = provider_binary() is None
    if fetched:
        _fetch_provider()
    found = provider_binary()
    if found is not None:
        lock_file = REPOSITORY / ".terraform.lock.hcl"
        check_provider(found, lock_file, cache_folder() / "checked", fetched=fetched)


def _fetch_provider() -> None:
    print(f"Fetching the provider {PROVIDER} {provider_version()} ...", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "main.tf").write_text(
            'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n'
        )
        shutil.copy(REPOSITORY / ".terraform.lock.hcl", folder)
        argv = [str(terraform()), "init", "-input=false", "-no-color", "-lockfile=readonly"]
        made = subprocess.run(
            argv,
            cwd=folder,
            env=environment(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )
    if made.returncode != 0:
        raise ToolMissing(f"Terraform cannot fetch the provider:\n{made.stderr.strip()}")


def plugin_cache() -> Path:
    """Where Terraform keeps what it fetches from the registry, for all checkouts of a user."""
    return cache_folder() / "plugin-cache"


def cli_configuration() -> Path:
    """A Terraform CLI configuration of ours: the mirror when there is one, no calls home."""
    mirror = provider_mirror()
    lines = ["disable_checkpoint = true"]
    if mirror is not None:
        lines += [
            "provider_installation {",
            "  filesystem_mirror {",
            f'    path    = "{mirror}"',
            f'    include = ["{PROVIDER}"]',
            "  }",
            f'  direct {{ exclude = ["{PROVIDER}"] }}',
            "}",
        ]
    else:
        plugin_cache().mkdir(parents=True, exist_ok=True)
        lines.append(f'plugin_cache_dir = "{plugin_cache()}"')
    text = "\n".join(lines) + "\n"
    path = REPOSITORY / ".cache" / "terraform.rc"
    if not path.is_file() or path.read_text() != text:
        path.parent.mkdir(exist_ok=True)
        _write_atomically(path, text.encode())
    return path


def environment(base: Mapping[str, str]) -> dict[str, str]:
    """*base* with what our tools need: the CLI configuration (unless the user's exists), Terraform's place, quiet."""
    made = dict(base)
    named = base.get("TF_CLI_CONFIG_FILE")
    implied = Path.home() / ".terraformrc"
    if not (named and Path(named).is_file()) and not implied.is_file():
        made["TF_CLI_CONFIG_FILE"] = str(cli_configuration())
    made.setdefault("TG_TF_PATH", str(terraform()))
    made.setdefault("CHECKPOINT_DISABLE", "1")
    if made.get("AWS_ENDPOINT_URL", "").startswith("http://"):
        # With it the provider fails on plain http: "unable to add custom RootCAs HTTPClient".
        made.pop("AWS_CA_BUNDLE", None)
    return made


def _on_path(name: str) -> Iterator[Path]:
    ours = REPOSITORY / ".venv" / "bin"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        candidate = Path(folder) / name
        if (
            folder
            and candidate.parent.resolve() != ours
            and os.access(candidate, os.X_OK)
            and candidate.is_file()
        ):
            yield candidate


def _version_of(binary: Path) -> tuple[int, ...]:
    try:
        answer = subprocess.run(
            [binary, "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return version_in(answer.stdout)


def _note(name: str, version: str) -> Path:
    return REPOSITORY / ".cache" / "tools" / f"{name}-{version}"


def _remembered(name: str, version: str) -> Path:
    """Where the tool was found last time; asking a binary for its version costs more than all the rest."""
    path, stamp = _note(name, version).read_text().split("\n")[:2]
    found = Path(path)
    if not found.is_file() or str(found.stat().st_mtime_ns) != stamp:
        raise FileNotFoundError(path)
    return found


def _remember(name: str, version: str, found: Path) -> Path:
    note = _note(name, version)
    note.parent.mkdir(parents=True, exist_ok=True)
    _write_atomically(note, f"{found}\n{found.stat().st_mtime_ns}\n".encode())
    return found


def _write_atomically(path: Path, data: bytes) -> None:
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_bytes(data)
    scratch.replace(path)
