"""Fetch Terraform and Terragrunt: the official release with its checksum, or, for Terragrunt, a build from source.

What is fetched or built lives in the user's cache folder under its version and platform, and appears there in one
rename, so two runs at once are fine and a killed run leaves nothing half made.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

from scripts.machine import (
    REPOSITORY,
    TERRAFORM_VERSION,
    TERRAGRUNT_VERSION,
    ToolMissing,
    cache_folder,
    platform_name,
)

CONNECT_SECONDS = 6.0


def terraform() -> Path:
    """The pinned Terraform in the cache, fetched when it is not there. Raises ToolMissing."""
    return _make("terraform", TERRAFORM_VERSION, _download_terraform)


def terragrunt() -> Path:
    """The pinned Terragrunt in the cache, fetched or built when it is not there. Raises ToolMissing."""
    return _make("terragrunt", TERRAGRUNT_VERSION, _fetch_terragrunt)


def _place(name: str, version: str) -> Path:
    return cache_folder() / "tools" / f"{name}-{version}-{platform_name()}" / name


def _make(name: str, version: str, maker: Callable[[Path], None]) -> Path:
    """Have *maker* write the tool into a scratch folder beside its place, then rename; one maker at a time."""
    place = _place(name, version)
    place.parent.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent.parent / f".{place.parent.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_file():
            scratch = Path(tempfile.mkdtemp(prefix=f".{place.parent.name}.", dir=place.parent.parent))
            try:
                maker(scratch / name)
                (scratch / name).chmod(0o755)
                shutil.rmtree(place.parent, ignore_errors=True)
                scratch.chmod(0o755)
                scratch.rename(place.parent)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
    return place


def _fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=CONNECT_SECONDS) as answer:
        return bytes(answer.read())


def _checked(base: str, name: str, sums: str) -> bytes:
    """A file of a release, compared with the release's own SHA-256 list."""
    expected = {
        line.split()[-1].lstrip("*"): line.split()[0]
        for line in _fetch(f"{base}/{sums}").decode().splitlines()
    }
    data = _fetch(f"{base}/{name}")
    if hashlib.sha256(data).hexdigest() != expected.get(name):
        raise ToolMissing(f"{base}/{name} does not match its SHA-256 in {sums}; nothing was installed.")
    return data


def _download_terraform(target: Path) -> None:
    name = f"terraform_{TERRAFORM_VERSION}_{platform_name()}.zip"
    base = f"https://releases.hashicorp.com/terraform/{TERRAFORM_VERSION}"
    _say(f"Fetching Terraform {TERRAFORM_VERSION} ...")
    try:
        archive = _checked(base, name, f"terraform_{TERRAFORM_VERSION}_SHA256SUMS")
    except (urllib.error.URLError, OSError) as error:
        raise ToolMissing(
            f"Terraform {TERRAFORM_VERSION} is not on PATH and cannot be fetched ({error}); "
            "install any 1.11 release and run the command again."
        ) from error
    scratch = target.with_suffix(".zip")
    scratch.write_bytes(archive)
    with zipfile.ZipFile(scratch) as packed:
        target.write_bytes(packed.read("terraform"))
    scratch.unlink()


def _fetch_terragrunt(target: Path) -> None:
    base = f"https://github.com/gruntwork-io/terragrunt/releases/download/v{TERRAGRUNT_VERSION}"
    try:
        _say(f"Fetching Terragrunt {TERRAGRUNT_VERSION} ...")
        target.write_bytes(_checked(base, f"terragrunt_{platform_name()}", "SHA256SUMS"))
        return
    except (urllib.error.URLError, OSError) as error:
        reason = str(error)
    go = shutil.which("go")
    if go is None:
        raise ToolMissing(
            f"Terragrunt {TERRAGRUNT_VERSION} is not on PATH, cannot be fetched ({reason}), and there is no Go to build "
            "it with; install that release or Go and run the command again."
        )
    _say(
        f"No release to be had ({reason}); building Terragrunt {TERRAGRUNT_VERSION} with Go: about 4 minutes, once ..."
    )
    # Without the flag the binary calls itself 0.0 and refuses every version constraint.
    flags = f"-s -w -X github.com/gruntwork-io/terragrunt/internal/version.Version=v{TERRAGRUNT_VERSION}"
    subprocess.run(
        [
            go,
            "build",
            "-mod=readonly",
            "-trimpath",
            "-ldflags",
            flags,
            "-o",
            target,
            "github.com/gruntwork-io/terragrunt",
        ],
        cwd=REPOSITORY / "scripts" / "terragrunt_build",
        check=True,
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
