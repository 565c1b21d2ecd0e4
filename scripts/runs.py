"""Plan, apply and destroy a target's units: the order is Terragrunt's, the warm provider and the locks are ours."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from scripts import machine, output, toolchain
from scripts.run_lock import Holder, release_own_leftovers
from scripts.state_bucket import bootstrap, exists
from scripts.states import State, read_state
from scripts.target import Target
from scripts.terragrunt import CHANGING_ACTIONS, RunAll, UnitRun, run_all
from scripts.units import Unit
from scripts.warm_provider import PLAIN_HELPS, WarmProvider, lacks_type, suggested_parallelism
from scripts.warm_provider.sizing import machine_memory


def cache(target: Target) -> Path:
    """Our git-ignored folder in the checkout."""
    return target.repository / ".cache"


def run_name(target: Target) -> str:
    """Under which name runs of this environment exclude each other."""
    return f"{target.environment.name}-{'rehearsal' if target.rehearsal else 'aws'}"


def working_folders(target: Target) -> Path:
    """Where the root terragrunt.hcl lets Terraform work (its download_dir)."""
    return cache(target) / "terragrunt" / ("rehearsal" if target.rehearsal else "aws")


def prepare_state(target: Target, unfinished: Holder | None) -> tuple[str, ...]:
    """Make the state buckets ready, and release what a killed run of ours left; says what it did."""
    done: list[str] = []
    for region in target.regions:
        session, store = target.session(region), target.store(region)
        done += bootstrap(session, store)
        if unfinished is not None:
            here = [unit for unit in target.units if unit.region == region]
            done += release_own_leftovers(session, store, here, unfinished, [working_folders(target)])
    return tuple(done)


def read_states(target: Target, units: Iterable[Unit]) -> dict[str, State | None]:
    """The states of *units*, None for one that was never applied."""
    sessions = {
        region: (target.session(region), target.store(region)) for region in {unit.region for unit in units}
    }
    present = {region: exists(*pair) for region, pair in sessions.items()}
    return {
        unit.path: read_state(*sessions[unit.region], unit) if present[unit.region] else None
        for unit in units
    }


def changed(units: Mapping[str, UnitRun]) -> tuple[str, ...]:
    """The units whose plan would change something."""
    return tuple(
        name
        for name, unit in units.items()
        if any(change.action in CHANGING_ACTIONS for change in unit.changes)
    )


def with_dependents(chosen: Iterable[str], units: Sequence[Unit]) -> tuple[str, ...]:
    """*chosen* and every one of *units* that reads an output of it, directly or through others."""
    reached = set(chosen)
    grew = True
    while grew:
        more = {unit.path for unit in units if unit.path not in reached and reached & set(unit.needs)}
        reached |= more
        grew = bool(more)
    return tuple(unit.path for unit in units if unit.path in reached)


def parallelism(asked: int, *, plain: bool, waits: bool) -> int:
    """How many units run at once: what was asked, else what cores and memory allow.

    An apply mostly waits for AWS, so it may have more under way than a plan, which computes. A plain unit brings a
    provider of its own, half a gigabyte and a core.
    """
    if asked:
        return asked
    cores, memory = os.cpu_count() or 1, machine_memory()
    at_once = cores * 2 if plain else suggested_parallelism(cores, memory)
    return max(at_once, 4 * cores) if waits else at_once


@contextlib.contextmanager
def _speed(
    target: Target, units: Sequence[str], plain: bool
) -> Iterator[tuple[dict[str, str], WarmProvider | None]]:
    """The environment for Terragrunt, and the warm provider behind it unless *plain*.

    A rehearsal and the real account get the same.
    """
    made = dict(target.variables)
    made.setdefault("GOGC", "400")  # fewer collections: Terraform lives for a second
    if plain:
        yield made, None
        return
    toolchain.ensure_provider()
    states = read_states(target, target.units)
    modules = {unit.path: target.repository / unit.module for unit in target.units if unit.path in units}

    def types(unit: str) -> frozenset[str]:
        state = states.get(unit)
        return state.types if state else frozenset()

    with WarmProvider.start(
        provider=toolchain.provider_binary(),
        environment=made,
        units=modules,
        state_types=types,
        cache=machine.cache_folder(),
        say=output.say,
    ) as warm:
        made["STAGECRAFT_WARM"] = str(warm.directory)
        yield made, warm


def plan(target: Target, *, plain: bool, at_once: int, quiet: bool) -> dict[str, UnitRun]:
    """Plan every unit of the target and keep the plans in the cache folder."""
    plans = cache(target) / "plans" / run_name(target)
    shutil.rmtree(plans, ignore_errors=True)
    plans.mkdir(parents=True, mode=0o700)
    at_once = parallelism(at_once, plain=plain, waits=False)
    with _speed(target, target.paths, plain) as (environment, warm), output.progress("plan", quiet) as show:
        run = _run(target, target.paths, ("plan", "-input=false"), environment, at_once, plans)
        return _run_or_fall_back(run, warm, show)


def apply(
    target: Target, units: Sequence[str], *, plain: bool, at_once: int, quiet: bool
) -> dict[str, UnitRun]:
    """Apply *units* in dependency order; each is planned against the real outputs of what it needs."""
    at_once = parallelism(at_once, plain=plain, waits=True)
    with _speed(target, units, plain) as (environment, warm), output.progress("apply", quiet) as show:
        run = _run(target, units, ("apply", "-input=false"), environment, at_once)
        return _run_or_fall_back(run, warm, show)


def destroy(
    target: Target, units: Sequence[str], *, plain: bool, at_once: int, quiet: bool
) -> dict[str, UnitRun]:
    """Destroy *units*, dependents first."""
    at_once = parallelism(at_once, plain=plain, waits=True)
    with _speed(target, units, plain) as (environment, warm), output.progress("destroy", quiet) as show:
        run = _run(target, units, ("destroy", "-input=false"), environment, at_once)
        return _run_or_fall_back(run, warm, show)


def _run_or_fall_back(
    run: RunAll, warm: WarmProvider | None, show: Callable[[Mapping[str, UnitRun]], None]
) -> dict[str, UnitRun]:
    """Run; units that failed only for the sake of speed run again without it, and what waited for them too."""
    units = run_all(run, show)
    slower = {name for name, unit in units.items() if fails_for_speed(unit)} if warm else set()
    if warm is None or not slower:
        return units
    for name in sorted(slower):
        warm.fall_back(name, "it asks for something that only the whole provider has.")
    again = tuple(name for name, unit in units.items() if name in slower or unit.status == "not reached")
    return units | run_all(replace(run, units=again), show)


def fails_for_speed(unit: UnitRun) -> bool:
    """Whether a unit failed before it changed anything, by what the warm provider lacks."""
    said = " ".join(str(problem) for problem in unit.problems)
    return unit.status == "failed" and (lacks_type(said) or PLAIN_HELPS in said)


def _run(
    target: Target,
    units: Sequence[str],
    command: tuple[str, ...],
    environment: Mapping[str, str],
    at_once: int,
    plans: Path | None = None,
) -> RunAll:
    return RunAll(
        repository=target.repository,
        working_directory=target.repository / "live" / target.environment.name,
        units=tuple(units),
        command=command,
        environment=environment,
        parallelism=at_once,
        plan_directory=plans,
        scratch=cache(target) / "runs" / run_name(target),
    )
