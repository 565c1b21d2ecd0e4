"""invoke lint"""

from __future__ import annotations

import sys
from dataclasses import asdict

from scripts import output, processes
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.lint import lint as findings_of
from scripts.machine import REPOSITORY
from scripts.render.words import many

PYTHON_CHECKS = (
    ("ruff", ("-m", "ruff", "check", "--quiet", ".")),
    ("ruff format", ("-m", "ruff", "format", "--quiet", "--check", ".")),
    ("mypy", ("-m", "mypy", "--no-error-summary")),
)


def lint(flags: Flags) -> int:
    """Format and rules for HCL and Python; 2 with findings."""
    findings = findings_of(REPOSITORY)
    failed = []
    for name, words in PYTHON_CHECKS:
        finished = processes.run([sys.executable, *words], cwd=REPOSITORY, check=False)
        if finished.code != 0:
            failed.append({"check": name, "text": (finished.out + finished.err).strip()})
    if flags.json:
        output.emit_json({"findings": [asdict(finding) for finding in findings], "python": failed})
    else:
        for finding in findings:
            output.failure(str(finding))
        for check in failed:
            output.failure(f"{check['check']}:\n{check['text']}")
        output.result(
            "lint: fine."
            if not findings and not failed
            else f"lint: {many(len(findings) + len(failed), 'finding')}."
        )
    return options.FOUND if findings or failed else options.FINE
