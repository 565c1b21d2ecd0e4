"""Run Checkov over redacted plans. Only its SARIF is read: its JSON report repeats whole resources."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scripts import processes
from scripts.audit.breach import Breach
from scripts.audit.document import address_at, checkable
from scripts.audit.environment import checkov
from scripts.audit.sources import sources_below
from scripts.machine import REPOSITORY
from scripts.processes import ProcessFailed

LONGEST_SECONDS = 900
HIGH = ("public", "encrypt", "0.0.0.0", "*", "privileg", "credential", "authoriz", "tls", "https")
"""Checkov ranks nothing without an account at its maker's; these words in a rule's name make it a grave one."""


def check(
    documents: Mapping[str, Mapping[str, Any]],
    folders: Mapping[str, str] = MappingProxyType({}),
    repo: Path = REPOSITORY,
) -> tuple[Breach, ...]:
    """What Checkov finds in plans, given as ``terraform show -json`` printed them, by unit.

    *folders* are the units' own modules below *repo*; a root that stands in the repository itself has none.
    One call for all of them, because its start takes longer than its work. The redacted plans stand in a folder that
    only this user can read, and go with it.
    """
    if not documents:
        return ()
    with tempfile.TemporaryDirectory(prefix="audit-") as scratch:
        folder = Path(scratch)
        folder.chmod(0o700)
        texts = {}
        sources = sources_below(repo)
        for number, (unit, document) in enumerate(documents.items()):
            name = f"{number:04d}.json"
            texts[name] = (unit, checkable(document, folders.get(unit, ""), sources))
            _write_private(folder / name, texts[name][1])
        words = [word for name in texts for word in ("-f", str(folder / name))]
        finished = processes.run(
            [
                *checkov(),
                *words,
                *("--framework", "terraform_plan", "--skip-download", "--quiet", "--compact"),
                *("--output", "sarif", "--output-file-path", str(folder / "report")),
            ],
            cwd=folder,
            env=_environment(),
            timeout=LONGEST_SECONDS,
            check=False,
        )
        report = folder / "report" / "results_sarif.sarif"
        # 1 means findings; whether it worked, only the report tells.
        if finished.code not in {0, 1} or not report.is_file():
            raise ProcessFailed(finished)
        return tuple(_breaches(json.loads(report.read_text()), texts))


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "BC_", "CKV_"))}
    # Without it, a value that is only known after the apply counts as absent: every new key would be a finding.
    return kept | {"EVAL_TF_PLAN_AFTER_UNKNOWN": "1", "LOG_LEVEL": "ERROR"}


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)


def _breaches(report: Mapping[str, Any], texts: Mapping[str, tuple[str, str]]) -> Iterator[Breach]:
    for run in report["runs"]:
        for row in run["results"]:
            place = row["locations"][0]["physicalLocation"]
            unit, text = texts[Path(place["artifactLocation"]["uri"]).name]
            address = address_at(text, int(place["region"]["startLine"]))
            said = str(row["message"]["text"])
            yield Breach(_severity(said), str(row["ruleId"]), unit, address, said)


def _severity(text: str) -> str:
    return "high" if any(word in text.lower() for word in HIGH) else "medium"
