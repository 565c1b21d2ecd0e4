"""Make tests/plans/documents anew: real plans of tests/plans/roots.py, on an embedded AWS of their own.

    python -m tests.plans.generate [NAME ...]

Only what a review reads is kept, and what differs from run to run (ids, times, ports) is replaced.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3

from scripts import toolchain
from scripts.local_aws import lifecycle
from scripts.warm_provider import WarmProvider, unit_key
from tests.plans.roots import ROOTS, log

DOCUMENTS = Path(__file__).parent / "documents"
ACCOUNT, REGION = "111111111111", "us-east-1"
PROVIDER = f"""terraform {{
  required_providers {{
    aws = {{ source = "hashicorp/aws" }}
  }}
}}

provider "aws" {{
  region                  = "{REGION}"
  s3_use_path_style       = true
  skip_metadata_api_check = true
  max_retries             = 3
}}
"""
KEPT = ("format_version", "variables", "resource_changes", "resource_drift", "output_changes", "errored")
VOLATILE = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "an-id"),
    (re.compile(r"\b(sg|vpc|sgr)-[0-9a-f]{8,}"), r"\1-an-id"),
    (re.compile(r"\bA(ROA|IDA|KIA)[A-Z0-9]{12,}"), r"A\1-AN-ID"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)"), "a-time"),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1"),
)


def documents(names: Iterable[str]) -> Mapping[str, dict[str, Any] | str]:
    """The plans of the roots called *names*, as they are kept; what Terraform said where there is none."""
    listed = tuple(names)
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        with _account(folder / "aws") as environment:
            for name in listed:
                _write(folder / name / "types", PROVIDER, ROOTS[name].before, ROOTS[name].after, log())
                _write(folder / name / "types" / "logs", log())
            provider = toolchain.provider_binary()
            units = {name: folder / name / "types" for name in listed}
            cache = folder / "cache"
            cache.mkdir()
            with (
                WarmProvider.start(
                    provider, environment, units, None, cache, lambda said: print(said, file=sys.stderr)
                ) as warm,
                ThreadPoolExecutor(3) as workers,
            ):

                def plan(name: str) -> dict[str, Any] | str:
                    offer = (warm.directory / f"{unit_key(name)}.json").read_text()
                    try:
                        return _plan(
                            folder / name / "root", name, environment | {"TF_REATTACH_PROVIDERS": offer}
                        )
                    except RuntimeError as error:
                        return str(error)

                return dict(zip(listed, workers.map(plan, listed), strict=True))


@contextmanager
def _account(home: Path) -> Iterator[dict[str, str]]:
    running = lifecycle.start(home)
    try:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        theirs = lifecycle.client_environment(running.url, ACCOUNT, REGION)
        yield toolchain.environment(kept | theirs | {"HTTP_PROXY": running.url})
    finally:
        lifecycle.stop(home)


def _plan(folder: Path, name: str, environment: Mapping[str, str]) -> dict[str, Any]:
    root = ROOTS[name]
    acme = f"acme{list(ROOTS).index(name)}x"
    session = boto3.Session(
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        region_name=REGION,
    )

    def terraform(*words: str) -> str:
        argv = [str(toolchain.terraform()), *words]
        done = subprocess.run(
            argv, cwd=folder, env=dict(environment), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{name}: {' '.join(words)}: {done.stderr}")
        return done.stdout

    if root.first:
        root.first(_Session(session, environment), acme)
    _stage(folder, root.before, acme)
    terraform("init", "-input=false", "-no-color")
    if root.before:
        terraform("apply", "-auto-approve", "-input=false", "-no-color")
    for address in root.taint:
        terraform("taint", address)
    if root.world:
        root.world(_Session(session, environment), acme)
    _stage(folder, root.after, acme)
    terraform("init", "-input=false", "-no-color")
    terraform("plan", "-input=false", "-no-color", "-out=tfplan", *root.words)
    return _kept(terraform("show", "-json", "tfplan").replace(acme, "acme"))


class _Session:
    """boto3 clients of the embedded AWS."""

    def __init__(self, session: boto3.Session, environment: Mapping[str, str]) -> None:
        self._session, self._url = session, environment["AWS_ENDPOINT_URL"]

    def client(self, service: str) -> Any:
        return self._session.client(service, endpoint_url=self._url)  # type: ignore[call-overload]


def _stage(folder: Path, text: str, acme: str) -> None:
    shutil.rmtree(folder / "logs", ignore_errors=True)
    _write(folder, PROVIDER, text.replace("acme", acme))
    _write(folder / "logs", log(group=f"/{acme}/module"))


def _write(folder: Path, *texts: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf").write_text("\n".join(texts))


def _kept(text: str) -> dict[str, Any]:
    for pattern, instead in VOLATILE:
        text = pattern.sub(instead, text)
    document = json.loads(text)
    kept = {key: document[key] for key in KEPT if document.get(key)}
    for row in (*kept.get("resource_changes", ()), *kept.get("resource_drift", ())):
        row.pop("provider_name", None)
        for side in ("before", "after"):
            if isinstance(row["change"].get(side), dict):
                row["change"][side] = {
                    key: value
                    for key, value in row["change"][side].items()
                    if value not in (None, [], {}, "")
                }
    return kept


def main(names: list[str]) -> None:
    """Write the documents of *names*, of all when there are none."""
    chosen = names or list(ROOTS)
    DOCUMENTS.mkdir(exist_ok=True)
    made = documents(chosen)
    for name, document in made.items():
        if isinstance(document, str):
            print(f"{name}: {document}", file=sys.stderr)
            continue
        (DOCUMENTS / f"{name}.json").write_text(json.dumps(document, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
