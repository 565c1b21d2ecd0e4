"""invoke docs"""

from __future__ import annotations

from dataclasses import asdict

from scripts import output
from scripts.checks.finding import Refused
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.docs import generated
from scripts.render.words import many


def docs(flags: Flags, check: bool) -> int:
    """Bring every generated document up to date, or with *check* only say which are not; 2 with findings."""
    tree = options.tree()
    if tree.problems:
        raise Refused(tree.problems)
    if check:
        findings = tuple(generated.outdated(tree))
        if flags.json:
            output.emit_json([asdict(finding) for finding in findings])
        else:
            for finding in findings:
                output.failure(str(finding))
            output.result(f"docs: {many(len(findings), 'finding')}." if findings else "docs: current.")
        return options.FOUND if findings else options.FINE
    changed = generated.write(tree)
    if flags.json:
        output.emit_json(list(changed))
    else:
        output.result("\n".join(f"wrote {path}" for path in changed) or "docs: nothing to change.")
    return options.FINE
