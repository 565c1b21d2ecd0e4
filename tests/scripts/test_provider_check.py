"""A provider that the lock file does not name is never started."""

from pathlib import Path

import pytest

from scripts.machine import REPOSITORY, ToolMissing
from scripts.provider_check import check_provider, locked_hashes, package_hash

FILES = {"terraform-provider-aws_v5.100.0_x5": b"#!/bin/sh\n", "LICENSE.txt": b"MPL-2.0\n"}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return folder


def lock(tmp_path: Path, *hashes: str) -> Path:
    lines = "".join(f'    "{each}",\n' for each in hashes)
    path = tmp_path / ".terraform.lock.hcl"
    path.write_text(
        'provider "registry.terraform.io/hashicorp/other" {\n  hashes = [\n    "h1:other=",\n  ]\n}\n'
        f'provider "registry.terraform.io/hashicorp/aws" {{\n  hashes = [\n{lines}  ]\n}}\n'
    )
    return path


def test_the_locked_package_passes_and_is_read_once(package: Path, tmp_path: Path) -> None:
    binary, locked = package / "terraform-provider-aws_v5.100.0_x5", lock(tmp_path, package_hash(package))
    check_provider(binary, locked, tmp_path / "notes")
    (package / "LICENSE.txt").write_text("changed")  # nothing of what is noted: not read again
    check_provider(binary, locked, tmp_path / "notes")
    binary.write_bytes(b"another provider")
    with pytest.raises(ToolMissing, match="has the hash h1:"):
        check_provider(binary, locked, tmp_path / "notes")


def test_another_lock_file_is_checked_again(package: Path, tmp_path: Path) -> None:
    binary = package / "terraform-provider-aws_v5.100.0_x5"
    check_provider(binary, lock(tmp_path, package_hash(package)), tmp_path / "notes")
    with pytest.raises(ToolMissing, match="allows h1:else="):
        check_provider(binary, lock(tmp_path, "h1:else="), tmp_path / "notes")


def test_what_terraform_has_fetched_it_has_checked(package: Path, tmp_path: Path) -> None:
    binary, locked = package / "terraform-provider-aws_v5.100.0_x5", lock(tmp_path, "h1:of-another-platform=")
    check_provider(binary, locked, tmp_path / "notes", fetched=True)
    check_provider(binary, locked, tmp_path / "notes")


@pytest.mark.parametrize("how", ["renamed", "added", "changed"])
def test_every_file_of_the_package_counts(package: Path, how: str) -> None:
    before = package_hash(package)
    if how == "renamed":
        (package / "LICENSE.txt").rename(package / "LICENCE.txt")
    elif how == "added":
        (package / "more").write_text("")
    else:
        (package / "LICENSE.txt").write_text("MIT\n")
    assert package_hash(package) != before


def test_the_root_lock_file_names_hashes_of_this_provider_only() -> None:
    text = (REPOSITORY / ".terraform.lock.hcl").read_text()
    assert locked_hashes(text) == {"h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0="}
    assert locked_hashes('provider "registry.terraform.io/hashicorp/other" {\n  "h1:x="\n}\n') == frozenset()
