"""invoke plan"""

from __future__ import annotations

from scripts import output, runs
from scripts.commands import options, review
from scripts.commands.options import Flags
from scripts.run_lock import only_run


def plan(flags: Flags) -> int:
    """Plan the chosen units and show the review; 2 when something would change."""
    target = options.target(flags)
    with only_run(runs.cache(target) / "runs", runs.run_name(target), f"plan --env {flags.env}") as run:
        for line in runs.prepare_state(target, run.unfinished):
            output.say(f"  {line}")
        units = runs.plan(target, plain=flags.plain, at_once=flags.parallelism, quiet=flags.json)
        run.ended_well = all(unit.status == "done" for unit in units.values())
    if flags.json:
        output.emit_json(review.as_json(units))
    else:
        review.show_plan(units)
    review.show_failures(units.values())
    if not run.ended_well:
        return options.FAILED
    return options.FOUND if runs.changed(units) else options.FINE
