"""invoke doctor"""

from __future__ import annotations

from scripts import doctor as doctors
from scripts import output
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.target import Target, choose, real, rehearsed


def doctor(flags: Flags) -> int:
    """Look at the machine, and at an environment's account when one is named."""
    answers = list(doctors.this_machine())
    if flags.env:
        tree = options.tree()
        environment, units = choose(tree, flags.env, flags.system, flags.unit)

        def target() -> Target:
            return (rehearsed if flags.local else real)(tree, environment, units)

        answers += doctors.account(tree, target)
    if flags.json:
        output.emit_json(
            [{"what": a.what, "fine": a.fine, "found": a.found, "remedy": a.remedy} for a in answers]
        )
    else:
        rows = [[a.what, "ok" if a.fine else "NO", a.found, "" if a.fine else a.remedy] for a in answers]
        output.table("", ("", "", "found", "what to do"), rows, ["" if a.fine else "red" for a in answers])
    return options.FINE if all(answer.fine for answer in answers) else options.FAILED
