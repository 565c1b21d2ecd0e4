"""invoke validate"""

from __future__ import annotations

from dataclasses import asdict

from scripts import output
from scripts.checks.validate import validate as findings_of
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.render.words import many


def validate(flags: Flags) -> int:
    """Everything that can be checked without a cloud; 3 with all findings at once.

    Values are those of the chosen units, as a plan checks them.
    """
    tree = options.tree()
    units = tree.select(flags.env or None, flags.system or None, flags.unit or None)
    findings = findings_of(tree, units)
    if flags.json:
        output.emit_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            output.failure(str(finding))
        output.result(
            f"{many(len(units), 'unit')}: {many(len(findings), 'finding')}."
            if findings
            else f"{many(len(units), 'unit')}: fine."
        )
    return options.REFUSED if findings else options.FINE
