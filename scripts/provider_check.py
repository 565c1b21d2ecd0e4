"""Whether the provider on this machine is the one that the lock file names.

Terraform checks that before it starts a provider. A warm provider it is only told about, so we check, once for each
file on this machine: 700 MB take a second or two.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from scripts.machine import PROVIDER, ToolMissing


def package_hash(folder: Path) -> str:
    """The "h1:" hash of an unpacked package, as Terraform's lock file has it.

    Go's dirhash.Hash1: the SHA-256 of one line "<SHA-256 in hex>  <path>" a file, sorted by path.
    """
    lines = []
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    return "h1:" + base64.b64encode(hashlib.sha256("".join(lines).encode()).digest()).decode()


def locked_hashes(lock_file: str) -> frozenset[str]:
    """The "h1:" hashes that a lock file's text allows for the provider: one for each platform."""
    entry = re.search(rf'^provider "{re.escape(PROVIDER)}" \{{(.*?)^\}}', lock_file, re.MULTILINE | re.DOTALL)
    return frozenset(re.findall(r'"(h1:[^"]+)"', entry.group(1))) if entry else frozenset()


def check_provider(binary: Path, lock_file: Path, notes: Path, *, fetched: bool = False) -> None:
    """Raise ToolMissing when the package around *binary* is another than the lock file allows.

    What Terraform has *fetched* just now it has checked itself, for every platform by the "zh:" hash of the archive.
    What is right is noted below *notes* by path, size, time and lock file, and not read again until one changes.
    """
    package, allowed = binary.resolve().parent, locked_hashes(lock_file.read_text())
    seen = binary.stat()
    identity = f"{package}\0{seen.st_size}\0{seen.st_mtime_ns}\0{sorted(allowed)}"
    note = notes / f"provider-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"
    if note.exists():
        return
    if not fetched:
        found = package_hash(package)
        if found not in allowed:
            raise ToolMissing(
                f"the provider in {package} has the hash {found}, and .terraform.lock.hcl allows "
                f"{', '.join(sorted(allowed)) or 'none'}. Remove that folder to fetch the provider again, or, when "
                "you trust it, add the hash with `terraform providers lock`."
            )
    note.parent.mkdir(parents=True, exist_ok=True)
    note.touch()
