"""invoke plan"""

from __future__ import annotations

from scripts import output, runs
from scripts.commands import options, review
from scripts.commands.options import Flags
from scripts.plans import planned
from scripts.render import as_json
from scripts.run_lock import only_run


def plan(flags: Flags, out: str) -> int:
    """Plan the chosen units, keep the plans and show the review; 2 when something would change."""
    options.out_file(out, review.KINDS, "a review")
    target = options.target(flags)
    with only_run(runs.cache(target) / "runs", runs.run_name(target), f"plan --env {flags.env}") as run:
        for line in runs.prepare_state(target, run.unfinished):
            output.say(f"  {line}")
        with runs.engine(target, target.paths, flags.plain) as engine:
            made = planned.make(engine, at_once=flags.parallelism, quiet=flags.json)
        run.ended_well = made.complete
    found = review.of(target, made)
    if flags.json:
        output.emit_json(as_json.rows(found))
    else:
        review.show(found)
    review.write(found, out)
    review.show_failures(made.runs.values())
    if not made.complete:
        return options.FAILED
    return options.FOUND if found.changing else options.FINE
