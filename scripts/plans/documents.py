"""Plan units only to look at what would stand afterwards: nothing is kept, nothing is locked, nothing is refreshed."""

from __future__ import annotations

import shutil
from typing import Any

from scripts import output, runs
from scripts.plans import saved as saved_plans
from scripts.plans.show import unit_documents
from scripts.processes import Finished, ProcessFailed
from scripts.run_lock import only_run
from scripts.target import Target


def plan_documents(
    target: Target, task: str, *, plain: bool, at_once: int, quiet: bool
) -> dict[str, dict[str, Any]]:
    """Each unit's plan as ``terraform show -json`` prints it, secrets included. Raises ProcessFailed."""
    folder = runs.cache(target) / "plans" / f"{runs.run_name(target)}-looked-at"
    with only_run(runs.cache(target) / "runs", runs.run_name(target), task) as run:
        for line in runs.prepare_state(target, run.unfinished):
            output.say(f"  {line}")
        try:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True, mode=0o700)
            with runs.engine(target, target.paths, plain) as engine:
                command = ("plan", "-input=false", "-lock=false", "-refresh=false")
                how_many = runs.parallelism(at_once, plain=plain, waits=False)
                call = engine.run(target.paths, command, how_many, plans=folder)
                done = engine.follow(call, "plan", quiet)
                failed = [
                    f"{unit.unit}: {problem}" for unit in done.values() for problem in unit.problems
                ] or [name for name, unit in done.items() if unit.status != "done"]
                if failed:
                    raise ProcessFailed(Finished(call.argv()[:3], 1, "", "\n".join(failed), 0.0))
                files = {name: folder / saved_plans.plan_file(name) for name in done}
                found = unit_documents(call, files, engine.warm)
        finally:
            # A plan holds secrets in the clear.
            shutil.rmtree(folder, ignore_errors=True)
        run.ended_well = True
    return found
