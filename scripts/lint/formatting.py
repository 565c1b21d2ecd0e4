"""Every HCL file is formatted as `terraform fmt` would."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from scripts import processes, toolchain
from scripts.checks.finding import Finding, finding
from scripts.checks.syntax import hcl_files
from scripts.hcl.reader import read
from scripts.module_rehearsals import ROOTS


def unformatted(repo: Path) -> Iterator[Finding]:
    """One finding a file, from one Terraform process.

    `terraform fmt` leaves Terragrunt's files alone, so each distinct text is checked in a folder of its own under
    a name that Terraform accepts. Files that are not HCL are for the syntax check.
    """
    files: dict[str, list[str]] = defaultdict(list)
    for file in [*hcl_files(repo, "live", "modules", ROOTS), "terragrunt.hcl"]:
        if (repo / file).is_file() and read(repo / file).problem is None:
            files[(repo / file).read_text()].append(file)
    with tempfile.TemporaryDirectory() as folder:
        texts = list(files)
        for number, text in enumerate(texts):
            (Path(folder) / f"{number}.tf").write_text(text)
        finished = processes.run(
            [toolchain.terraform(), "fmt", "-check", "-list=true"], cwd=Path(folder), check=False, timeout=120
        )
    for name in finished.out.split():
        for file in files[texts[int(name.removesuffix(".tf"))]]:
            yield finding(file, 0, "format", "not formatted; run terraform fmt on it.")
