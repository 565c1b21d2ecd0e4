"""pyshop of dev, applied with its platform: for the files that release, edit and rotate, and at last take it away."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.processes import Finished
from tests.checkout import Checkout, own_checkout

DEV = ("--env", "dev", "--local")
SELECTED = (*DEV, "--system", "platform,pyshop")
PLACE = "live/dev/us-east-1/pyshop"


@dataclass(frozen=True)
class Shop:
    """The checkout in which it is applied, and what that said."""

    checkout: Checkout
    applied: Finished

    def changes(self, *words: str) -> dict[str, dict[str, str]]:
        """What a plan would do, by unit and address."""
        finished = self.checkout.invoke("plan", *SELECTED, *words, "--json")
        assert finished.out, finished.err
        return {
            row["unit"].rpartition("/")[2]: {each["address"]: each["action"] for each in row["changes"]}
            for row in json.loads(finished.out)
            if row["changes"]
        }

    def left_behind(self) -> dict[str, bytes]:
        """All that runs have left, by place: every version of every state, and every file of the checkout."""
        return {**_states(self.checkout.client("s3")), **_files(self.checkout.path)}


def applied(place: Path) -> Iterator[Shop]:
    """Apply it in a checkout of its own: what is changed and destroyed there is nobody else's."""
    with own_checkout(place) as made:
        finished = made.invoke("apply", *SELECTED, "--yes", timeout=1800)
        assert finished.code == 0, finished.out + finished.err
        yield Shop(made, finished)


def _states(s3: Any) -> dict[str, bytes]:
    (bucket,) = [each["Name"] for each in s3.list_buckets()["Buckets"] if "tfstate" in each["Name"]]
    versions = [
        version
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket)
        for version in page.get("Versions", [])
    ]
    return {
        f"{each['Key']}@{each['VersionId']}": s3.get_object(
            Bucket=bucket, Key=each["Key"], VersionId=each["VersionId"]
        )["Body"].read()
        for each in versions
    }


def _files(checkout: Path) -> dict[str, bytes]:
    """Plan files are unpacked; the embedded AWS's own memory is no part of it."""
    found = {}
    for folder in (".cache", "live"):
        for path in (checkout / folder).rglob("*"):
            if not path.is_file() or path.is_symlink() or "/tools/" in str(path):
                continue
            data = path.read_bytes()
            found[str(path)] = data
            if zipfile.is_zipfile(io.BytesIO(data)):
                archive = zipfile.ZipFile(io.BytesIO(data))
                found |= {f"{path}!{name}": archive.read(name) for name in archive.namelist()}
    return found
