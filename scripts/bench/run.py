"""Apply generated trees in the embedded AWS and plan them with and without the warm provider."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import boto3

from scripts import machine, processes, toolchain
from scripts.bench.generated_tree import (
    ENVIRONMENT,
    REGION,
    GeneratedUnit,
    write_one_state,
    write_tree,
)
from scripts.bench.usage import Usage, measured
from scripts.local_aws import lifecycle
from scripts.machine import REPOSITORY
from scripts.states.bucket import bootstrap, names
from scripts.warm_provider import WarmProvider, suggested_parallelism
from scripts.warm_provider.sizing import machine_memory

ACCOUNT = "111111111111"
SIZES = (12, 50, 120, 500, 1000)
# Each unit costs the same, so what takes minutes at 50 units need not be waited for at 1,000.
PLAIN_UP_TO = 50
APPLY_AT = 12
# Where `invoke plan` is measured as a whole, with what our own Python has in it.
COMMAND_AT = 50
# Without a limit, which is Terragrunt's default, 50 plain units would take some 35 GB.
PLAIN_AT_ONCE = 4
_TIMEOUT = 3600.0
# What every unit says when it did the work that is timed: all resources made, or nothing left to do.
_PROOF = {"apply": "Resources: 4 added", "plan": "No changes."}

Say = Callable[[str], None]


class BenchError(Exception):
    """A side did something else than the work that is timed, so its time would mean nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one side of one comparison took."""

    units: int
    work: str
    side: str
    wall: float
    cpu: float
    peak_mb: int
    extrapolated: bool = False
    own_python: float | None = None
    """Processor seconds of our own process in it, where a whole command was measured."""


def run_bench(sizes: Sequence[int] = SIZES, say: Say = print, plain_up_to: int = PLAIN_UP_TO) -> list[Row]:
    """Measure *sizes* in a temporary folder and return every side of every comparison."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _embedded_aws(Path(folder)) as bench:
        rows: list[Row] = []
        for size in sizes:
            rows += bench.compare(size, say, plain=size <= plain_up_to)
        return rows + extrapolated(rows, sizes)


def extrapolated(rows: Sequence[Row], sizes: Sequence[int]) -> list[Row]:
    """Scale the largest plain plan to the sizes that were measured on the warm side only."""
    measured_plain = [row for row in rows if (row.work, row.side) == ("plan", "plain")]
    if not measured_plain:
        return []
    base = max(measured_plain, key=lambda row: row.units)
    return [
        replace(
            base,
            units=size,
            wall=base.wall * size / base.units,
            cpu=base.cpu * size / base.units,
            extrapolated=True,
        )
        for size in sizes
        if size > base.units
    ]


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder for trees and the embedded AWS that they are applied to."""

    folder: Path
    server: int
    environment: Mapping[str, str]

    def compare(self, size: int, say: Say, plain: bool) -> list[Row]:
        """Measure one size on the warm side, and on the others if *plain*."""
        tree, units = self._tree(size, f"b{size}")
        rows = [self._measured(size, "apply", "warm", lambda: self._warm(tree, units, "apply"), say)]
        rows.append(self._measured(size, "plan", "warm", lambda: self._warm(tree, units, "plan"), say))
        if size == COMMAND_AT:
            rows.append(self._command(tree, size, say))
        if plain:
            rows.append(self._measured(size, "plan", "plain", lambda: self._plain(tree, units, "plan"), say))
            one = self._one_state(tree, units)
            rows.append(self._measured(size, "plan", "one state, plain", lambda: self._plan_one(one), say))
        if plain and size == APPLY_AT:
            other, others = self._tree(size, f"p{size}")
            rows.append(
                self._measured(size, "apply", "plain", lambda: self._plain(other, others, "apply"), say)
            )
            shutil.rmtree(other)
        shutil.rmtree(tree)
        return rows

    def _measured(self, size: int, work: str, side: str, task: Callable[[], None], say: Say) -> Row:
        with measured(self.server) as usage:
            task()
        row = _row(size, work, side, usage)
        say(f"{size} units, {work}, {side}: {row.wall:.1f} s, {row.cpu:.1f} s CPU, {row.peak_mb} MB")
        return row

    def _command(self, tree: Path, size: int, say: Say) -> Row:
        """`invoke plan`, as somebody types it, of a tree that is applied."""
        noted = tree / "own-time"
        own_time = [sys.executable, "-m", "scripts.bench.own_time", str(noted)]
        words = [*own_time, "plan", "--env", ENVIRONMENT, "--json"]
        environment = {**self.environment, "STAGECRAFT_TREE": str(tree)}

        def task() -> None:
            # It ends with 2 when there is anything to change, and then is not the work that is timed.
            processes.run(words, cwd=REPOSITORY, env=environment, timeout=_TIMEOUT)

        row = self._measured(size, "plan", "invoke plan", task, say)
        own = float(noted.read_text())
        say(f"{size} units, invoke plan: {own:.2f} s CPU of it in its own Python")
        return replace(row, own_python=own)

    def _tree(self, size: int, name: str) -> tuple[Path, tuple[GeneratedUnit, ...]]:
        tree = self.folder / name
        tree.mkdir()
        return tree, write_tree(tree, size, name)

    def _plain(self, tree: Path, units: Sequence[GeneratedUnit], command: str) -> None:
        self._terragrunt(tree, len(units), command, self.environment, f"--parallelism={PLAIN_AT_ONCE}")

    def _warm(self, tree: Path, units: Sequence[GeneratedUnit], command: str) -> None:
        modules = {unit.path: tree / "modules" / unit.module for unit in units}
        said: list[str] = []
        provider = toolchain.provider_binary()
        cache = machine.cache_folder()
        with WarmProvider.start(provider, self.environment, modules, None, cache, said.append) as warm:
            ours = {"STAGECRAFT_WARM": str(warm.directory), "GOGC": "400", **toolchain.PARSED_ONCE}
            at_once = suggested_parallelism(os.cpu_count() or 1, machine_memory())
            self._terragrunt(
                tree, len(units), command, {**self.environment, **ours}, f"--parallelism={at_once}"
            )
        if said:
            raise BenchError("\n".join(said))

    def _terragrunt(
        self, tree: Path, count: int, command: str, environment: Mapping[str, str], *options: str
    ) -> None:
        quiet = ["--non-interactive", "--no-color", "--log-level=error"]
        place = f"--working-dir={tree / 'live' / ENVIRONMENT}"
        terragrunt = [str(toolchain.terragrunt()), "run", "--all", *quiet, *options, place]
        argv = [*terragrunt, "--", command, "-input=false"]
        done = processes.run(argv, cwd=tree, env=environment, timeout=_TIMEOUT).out
        found = done.count(_PROOF[command])
        if found != count:
            raise BenchError(f'{found} of {count} units said "{_PROOF[command]}":\n{done[-3000:]}')

    def _one_state(self, tree: Path, units: tuple[GeneratedUnit, ...]) -> Path:
        folder = tree / "one-state"
        write_one_state(folder, units)
        terraform = str(toolchain.terraform())
        for command in (["init"], ["apply", "-auto-approve"]):
            argv = [terraform, *command, "-input=false"]
            processes.run(argv, cwd=folder, env=self.environment, timeout=_TIMEOUT)
        return folder

    def _plan_one(self, folder: Path) -> None:
        argv = [str(toolchain.terraform()), "plan", "-input=false", "-detailed-exitcode"]
        processes.run(argv, cwd=folder, env=self.environment, timeout=_TIMEOUT)


@contextmanager
def _embedded_aws(folder: Path) -> Iterator[Bench]:
    home = folder / "aws"
    with ExitStack() as stack:
        running = lifecycle.start(home)
        stack.callback(lifecycle.stop, home)
        # From here on nothing in this process finds another AWS, boto3 included.
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        os.environ |= lifecycle.client_environment(running.url, ACCOUNT, REGION)
        bootstrap(boto3.Session(), names("acme", ENVIRONMENT, ACCOUNT, REGION, "s3", {}))
        yield Bench(folder, running.pid, toolchain.environment(os.environ))


def _row(size: int, work: str, side: str, usage: Usage) -> Row:
    return Row(size, work, side, usage.wall, usage.cpu, usage.peak_mb)
