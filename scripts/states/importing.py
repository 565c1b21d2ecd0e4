"""Import by Terraform's own ``import`` block, which stands beside the unit for one reviewed apply."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.checks.finding import Finding, Refused
from scripts.live.units import IMPORT_FILE, Unit
from scripts.states.state import State

_INDEX = r'\[(?:\d+|"[^"\\$%]*")\]'
_ADDRESS = re.compile(
    rf"(module\.[A-Za-z_][\w-]*(?:{_INDEX})?\.)*[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*(?:{_INDEX})?"
)


def refuse(state: State | None, unit: Unit, address: str, identity: str) -> None:
    """Raise Refused when *address* is no address or is in the state already, or *identity* says nothing."""
    found = []
    if not _ADDRESS.fullmatch(address):
        message = (
            f'"{address}" is no address of a resource; write it as a plan does: aws_s3_bucket.this, '
            'module.bucket["reports"].aws_s3_bucket.this.'
        )
        found.append(Finding("--address", 0, "not-an-address", address, "", "", message))
    elif state is not None and address in state.addresses:
        message = f"its state has {address} already; nothing to import."
        found.append(Finding(unit.path, 0, "address-taken", address, "", "", message))
    if not identity.strip() or "${" in identity or "%{" in identity or not identity.isprintable():
        message = (
            f'"{identity}" is no id; the provider\'s page of the resource says, under Import, what its id is.'
        )
        found.append(Finding("--id", 0, "not-an-id", identity, "", "", message))
    if found:
        raise Refused(found)


@contextmanager
def asked_for(folder: Path, address: str, identity: str) -> Iterator[None]:
    """Have the unit in *folder* import while the block runs.

    A kill leaves the file there. It does no harm (an import that was done is not done again) and `git status` shows it.
    """
    path = folder / IMPORT_FILE
    path.write_text(f"import {{\n  to = {address}\n  id = {json.dumps(identity)}\n}}\n")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
