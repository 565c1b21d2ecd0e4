"""Read saved plans through ``terraform show -json``: a process a unit, side by side, and only where something changes."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from scripts import processes, toolchain
from scripts.plans.plan import UnitPlan, read_plan
from scripts.terragrunt import RunAll, run_all
from scripts.warm_provider import WarmProvider, unit_key


def unit_plans(
    run: RunAll, files: Mapping[str, Path], mocked: Iterable[str], warm: WarmProvider | None
) -> dict[str, UnitPlan]:
    """The plans in *files*, by unit; *run* tells how Terragrunt is called for those that have no warm provider."""
    stand_ins = set(mocked)
    return {
        unit: read_plan(unit, document, mocked=unit in stand_ins)
        for unit, document in unit_documents(run, files, warm).items()
    }


def unit_documents(
    run: RunAll, files: Mapping[str, Path], warm: WarmProvider | None
) -> dict[str, dict[str, Any]]:
    """The plans in *files* as Terraform prints them, secrets included: not to be kept, not to be shown."""
    served = {unit for unit in files if warm is not None and warm.serves(unit)}
    with tempfile.TemporaryDirectory() as folder:
        # A saved plan brings its configuration along, so a warm provider is all it needs: no init, any folder.
        def shown(unit: str) -> tuple[str, dict[str, Any]]:
            assert warm is not None
            environment = {
                **run.environment,
                "TF_REATTACH_PROVIDERS": (warm.directory / f"{unit_key(unit)}.json").read_text(),
            }
            argv = [str(toolchain.terraform()), "show", "-json", "-no-color", str(files[unit])]
            text = processes.run(argv, cwd=Path(folder), env=environment).out
            return unit, json.loads(text)

        with ThreadPoolExecutor(os.cpu_count() or 1) as readers:
            found = dict(readers.map(shown, sorted(served)))
        plain = tuple(unit for unit in files if unit not in served)
        if plain:
            found |= _through_terragrunt(replace(run, units=plain), Path(folder))
    return {unit: found[unit] for unit in files}


def _through_terragrunt(run: RunAll, folder: Path) -> dict[str, dict[str, Any]]:
    """Without a warm provider a plan can be read only in the unit's own working folder, which Terragrunt knows."""
    run = replace(run, command=("show",), json_directory=folder / "shown")
    ended = run_all(run, lambda units: None)
    root = run.working_directory.relative_to(run.repository)
    found = {}
    for unit, said in ended.items():
        path = folder / "shown" / Path(unit).relative_to(root) / "tfplan.json"
        if not path.is_file():
            said_so = "\n".join(map(str, said.problems)) or "no plan was shown"
            raise processes.ProcessFailed(processes.Finished(run.argv(), 1, "", f"{unit}: {said_so}", 0.0))
        found[unit] = json.loads(path.read_text())
    return found
