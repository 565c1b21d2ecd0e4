"""Plan, apply and destroy a target's units: the order is Terragrunt's, the warm provider and the locks are ours."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from scripts import machine, output, toolchain
from scripts.live.units import Unit
from scripts.plans.stateful import is_named, is_stateful
from scripts.run_lock import Holder, release_own_leftovers
from scripts.states.bucket import StateStore, bootstrap, exists
from scripts.states.state import State, read_state, read_text
from scripts.states.tainted import keep_all
from scripts.states.unsaved import save_all
from scripts.target import Target
from scripts.terragrunt import CHANGING_ACTIONS, RunAll, UnitRun, run_all
from scripts.warm_provider import PLAIN_HELPS, WarmProvider, lacks_type, suggested_parallelism
from scripts.warm_provider.sizing import machine_memory

if TYPE_CHECKING:
    import boto3

Read = TypeVar("Read")
LOOPBACK = re.compile(r"http://(127\.0\.0\.1|localhost):[0-9]+/?")
"""As in live/context.hcl."""


def cache(target: Target) -> Path:
    """Our git-ignored folder in the checkout."""
    return target.repository / ".cache"


def run_name(target: Target) -> str:
    """Under which name runs of this environment exclude each other."""
    return f"{target.environment.name}-{'rehearsal' if target.rehearsal else 'aws'}"


def working_folders(target: Target) -> Path:
    """Where the root terragrunt.hcl lets Terraform work (its download_dir); it asks the endpoint alone, too."""
    return cache(target) / "terragrunt" / ("rehearsal" if LOOPBACK.fullmatch(target.endpoint) else "aws")


def prepare_state(target: Target, unfinished: Holder | None, allow: str = "") -> tuple[str, ...]:
    """Make the state buckets ready, and mend what a broken run of ours left; says what it did.

    *allow* names what may be replaced, by addresses or globs: it is not kept.
    """
    done: list[str] = []
    for region in target.regions:
        session, store = target.session(region), target.store(region)
        done += bootstrap(session, store)
        if unfinished is not None:
            # All of the region, chosen or not: what the chosen units read must be right, too.
            here = [
                unit
                for unit in target.tree.units
                if unit.environment == target.environment.name and unit.region == region
            ]
            done += release_own_leftovers(session, store, here, unfinished, [working_folders(target)])
            done += save_all(session, store, here, working_folders(target))
            texts = each_state(target, here, read_text)
            done += keep_all(
                session,
                store,
                [(unit, texts[unit.path]) for unit in here],
                lambda kind, address: is_stateful(kind) and not is_named(address, allow),
            )
    return tuple(done)


def read_states(target: Target, units: Iterable[Unit]) -> dict[str, State | None]:
    """The states of *units*, None for one that was never applied."""
    return each_state(target, units, read_state)


def each_state(
    target: Target, units: Iterable[Unit], read: Callable[[boto3.Session, StateStore, Unit], Read | None]
) -> dict[str, Read | None]:
    """What *read* finds in the states of *units*, by path; None where there is no state or no bucket."""
    listed = tuple(units)
    sessions = {
        region: (target.session(region), target.store(region)) for region in {unit.region for unit in listed}
    }
    present = {region: exists(*pair) for region, pair in sessions.items()}

    def state(unit: Unit) -> Read | None:
        return read(*sessions[unit.region], unit) if present[unit.region] else None

    # They may be far away.
    with ThreadPoolExecutor(max_workers=16) as readers:
        return dict(zip((unit.path for unit in listed), readers.map(state, listed), strict=True))


def changed(units: Mapping[str, UnitRun]) -> tuple[str, ...]:
    """The units whose plan would change something."""
    return tuple(
        name
        for name, unit in units.items()
        if unit.outputs or any(change.action in CHANGING_ACTIONS for change in unit.changes)
    )


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


@dataclass(frozen=True, slots=True)
class Engine:
    """What runs stand on: Terragrunt's environment, the warm provider behind it if there is one, and the states."""

    target: Target
    variables: Mapping[str, str] = field(repr=False)
    warm: WarmProvider | None
    states: Mapping[str, State | None]
    """As they were when the engine started."""

    def run(
        self,
        units: Sequence[str],
        command: tuple[str, ...],
        at_once: int,
        *,
        plans: Path | None = None,
        more: Mapping[str, str] | None = None,
    ) -> RunAll:
        """One call of Terragrunt for *units*; *plans* is where it keeps or finds their plans."""
        return RunAll(
            repository=self.target.repository,
            working_directory=self.target.repository / "live" / self.target.environment.name,
            units=tuple(units),
            command=command,
            environment={**self.variables, **(more or {})},
            parallelism=at_once,
            plan_directory=plans,
            scratch=cache(self.target) / "runs" / run_name(self.target),
        )

    def follow(self, run: RunAll, verb: str, quiet: bool) -> dict[str, UnitRun]:
        """Run it, show how it goes, and fall back to plain where speed stood in the way."""
        with output.progress(verb, quiet) as show:
            return _run_or_fall_back(run, self.warm, show)


@contextlib.contextmanager
def engine(target: Target, units: Sequence[str], plain: bool) -> Iterator[Engine]:
    """Start what *units* need: the warm provider, unless *plain*. A rehearsal and the real account get the same."""
    made = dict(target.variables)
    made.setdefault("GOGC", "400")  # fewer collections: Terraform lives for a second
    states = read_states(target, target.units)
    if plain:
        yield Engine(target, made, None, states)
        return
    toolchain.ensure_provider()
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
        yield Engine(target, {**made, "STAGECRAFT_WARM": str(warm.directory)}, warm, states)


def destroy(
    target: Target, units: Sequence[str], *, plain: bool, at_once: int, quiet: bool
) -> dict[str, UnitRun]:
    """Destroy *units*, dependents first."""
    at_once = parallelism(at_once, plain=plain, waits=True)
    with engine(target, units, plain) as started:
        return started.follow(started.run(units, ("destroy", "-input=false"), at_once), "destroy", quiet)


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
