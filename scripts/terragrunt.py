"""Drive Terragrunt through its machine interfaces: JSON log in, frozen values out.

Terraform runs with ``-json`` inside it, so that what is planned, applied or wrong arrives as Terraform's own
machine-readable UI (https://developer.hashicorp.com/terraform/internals/machine-readable-ui), wrapped in Terragrunt's
log lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scripts import processes, toolchain
from scripts.configuration_errors import ConfigurationError, configuration_errors, of_unit

CHANGING_ACTIONS = frozenset({"create", "update", "delete", "replace", "import", "move", "remove"})
MACHINE_READABLE = {f"TF_CLI_ARGS_{command}": "-json" for command in ("plan", "apply", "destroy")}
"""Given as an argument, Terragrunt would see -json and print the lines bare, without the unit they belong to."""
MOCKED = re.compile(
    r"Config (?P<dependency>\S+)/terragrunt\.hcl is a dependency of (?P<unit>\S+)/terragrunt\.hcl that has no outputs"
)
MENDED_BY_THE_NEXT_RUN = {
    "Failed to persist state to backend": "The same command saves it before anything else (docs/runbooks/state-lost.md).",
    "Error releasing the state lock": "The same command releases it.",
}
"""What Terraform advises to do by hand here, in place of the rest of its advice."""


@dataclass(frozen=True, slots=True)
class Change:
    """One resource that a plan would touch."""

    address: str
    type: str
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One diagnostic of Terraform, with its place when it has one."""

    summary: str
    detail: str
    place: str

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.summary}\n{self.detail}".strip()


@dataclass(frozen=True, slots=True)
class UnitRun:
    """What is known of one unit while a run goes on, and after it."""

    unit: str
    status: str = "waiting"
    doing: str = ""
    changes: tuple[Change, ...] = ()
    outputs: int = 0
    """How many outputs a plan would change."""
    applied: int = 0
    problems: tuple[Problem, ...] = ()
    mocked: bool = False
    waits_for: tuple[str, ...] = ()
    """The units that must be applied before it can be planned (scripts/plans/waiting.py)."""
    seconds: float = 0.0

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in {"done", "failed", "not reached"}


@dataclass(frozen=True, slots=True)
class RunAll:
    """One call of ``terragrunt run --all``, as values."""

    repository: Path
    working_directory: Path
    units: tuple[str, ...]
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    parallelism: int = 4
    plan_directory: Path | None = None
    json_directory: Path | None = None
    scratch: Path = Path(".cache")

    def argv(self) -> tuple[str, ...]:
        """The command line; the units stand in a file, because 1,000 of them do not fit on it."""
        plans: tuple[str, ...] = (
            () if self.plan_directory is None else ("--out-dir", str(self.plan_directory))
        )
        if self.json_directory is not None:
            plans = (*plans, "--json-out-dir", str(self.json_directory))
        return (
            str(toolchain.terragrunt()),
            "run",
            "--all",
            "--non-interactive",
            "--no-color",
            "--no-tips",
            "--log-format=json",
            "--summary-disable",
            "--dependency-fetch-output-from-state",
            f"--parallelism={self.parallelism}",
            f"--working-dir={self.working_directory}",
            f"--filters-file={self.filters_file}",
            f"--report-file={self.report_file}",
            "--report-format=json",
            *plans,
            "--",
            *self.command,
        )

    @property
    def filters_file(self) -> Path:
        """Where the chosen units are listed for Terragrunt, one path a line."""
        return self.scratch / "units.filter"

    @property
    def report_file(self) -> Path:
        """Where Terragrunt leaves its verdict on each unit."""
        return self.scratch / "report.json"

    def filters(self) -> str:
        """The chosen units as Terragrunt's path filters, relative to the working directory."""
        root = self.working_directory.relative_to(self.repository)
        return "".join(f"./{Path(unit).relative_to(root)}\n" for unit in self.units)


def run_all(run: RunAll, on_change: Callable[[Mapping[str, UnitRun]], None]) -> dict[str, UnitRun]:
    """Run it to the end; *on_change* sees the units each time one of them moved on."""
    run.scratch.mkdir(parents=True, exist_ok=True)
    run.report_file.unlink(missing_ok=True)
    run.filters_file.write_text(run.filters())
    units = {unit: UnitRun(unit) for unit in run.units}
    loose: list[str] = []

    def on_line(line: str) -> None:
        changed = False
        for unit, update in updates(line, run.repository, run.working_directory):
            if unit in units:
                units[unit] = update(units[unit])
                changed = True
        if changed:
            on_change(units)
        elif '"level":"error"' in line or not line.startswith("{"):
            loose.append(line)

    code = processes.follow(
        run.argv(),
        cwd=run.repository,
        env={**run.environment, **MACHINE_READABLE, **toolchain.PARSED_ONCE},
        on_line=on_line,
    )
    root = run.working_directory.relative_to(run.repository)
    errors = configuration_errors(loose, run.repository)
    return {
        name: _explained(unit, errors) for name, unit in verdict(units, run.report_file, root, code, loose)
    }


Update = Callable[[UnitRun], UnitRun]


def updates(line: str, repository: Path, working_directory: Path) -> Iterator[tuple[str, Update]]:
    """What one line of Terragrunt's JSON log says about units; nothing for lines that say nothing of one."""
    try:
        entry = json.loads(line)
    except json.JSONDecodeError:
        return
    if not isinstance(entry, dict):
        return
    message = str(entry.get("msg", ""))
    mocked = MOCKED.search(message)
    if mocked:
        yield (
            _relative(mocked["unit"], repository, working_directory),
            lambda unit: replace(unit, mocked=True),
        )
        return
    place = entry.get("working-dir")
    if not place:
        return
    name = _relative(str(place), repository, working_directory)
    command = (entry.get("tf-command-args") or [""])[0]
    if command in {"", "init"}:
        yield name, lambda unit: unit if unit.over else replace(unit, status="running", doing="init")
        return
    for text in message.splitlines():
        yield name, _update(text)


def _update(text: str) -> Update:
    try:
        event = json.loads(text)
    except json.JSONDecodeError:
        return lambda unit: unit
    if not isinstance(event, dict):
        return lambda unit: unit
    kind = event.get("type")
    if kind == "planned_change":
        change = _change(event["change"])
        return lambda unit: replace(unit, status="running", doing="plan", changes=(*unit.changes, change))
    if kind == "outputs":
        count = sum(1 for output in event["outputs"].values() if output.get("action", "noop") != "noop")
        return lambda unit: replace(unit, outputs=count)
    if kind == "diagnostic" and event["diagnostic"].get("severity") == "error":
        problem = _problem(event["diagnostic"])
        return lambda unit: replace(unit, problems=(*unit.problems, problem))
    if kind in {"apply_start", "apply_progress", "refresh_start"}:
        address = event["hook"]["resource"]["addr"]
        return lambda unit: replace(unit, status="running", doing=address)
    if kind == "apply_complete" and event["hook"].get("action") != "read":
        return lambda unit: replace(unit, status="running", applied=unit.applied + 1)
    if kind == "version":
        return lambda unit: replace(unit, status="running", doing="start")
    return lambda unit: unit


def _change(change: dict[str, Any]) -> Change:
    resource = change["resource"]
    return Change(resource["addr"], resource["resource_type"], change["action"], change.get("reason", ""))


def _problem(diagnostic: dict[str, Any]) -> Problem:
    found = diagnostic.get("range")
    place = f"{found['filename']}:{found['start']['line']}" if found else ""
    summary, detail = diagnostic.get("summary", ""), diagnostic.get("detail", "")
    if summary in MENDED_BY_THE_NEXT_RUN:
        detail = "\n".join((detail.split("\n\n")[0], MENDED_BY_THE_NEXT_RUN[summary]))
    return Problem(summary, detail, place)


def _relative(place: str, repository: Path, working_directory: Path) -> str:
    """A unit's path as the tree spells it; Terragrunt prints it absolute or relative, as it happens."""
    path = Path(place)
    absolute = path if path.is_absolute() else working_directory / path
    try:
        return str(absolute.resolve().relative_to(repository.resolve()))
    except ValueError:
        return place


def verdict(
    units: Mapping[str, UnitRun], report: Path, root: Path, code: int, loose: Sequence[str]
) -> Iterator[tuple[str, UnitRun]]:
    """Each unit with its final status, by Terragrunt's own report.

    A run that died before it wrote one has failed in every unit that was not finished.
    """
    rows = (
        {str(root / row["Name"]): row for row in json.loads(report.read_text())} if report.is_file() else {}
    )
    for name, unit in units.items():
        row = rows.get(name)
        if row is None:
            problem = Problem("Terragrunt ended before it reported on this unit", _plain(loose), "")
            yield (
                name,
                replace(
                    unit,
                    status="failed" if code else "done",
                    problems=(*unit.problems, problem) if code else (),
                ),
            )
        elif row["Result"] == "succeeded":
            yield name, replace(unit, status="done", doing="", seconds=_seconds(row))
        # In a destroy, Terragrunt 1.1.3 calls a unit that failed an early exit, too; what Terraform said tells them apart.
        elif row["Result"] in {"early exit", "excluded"} and not unit.problems:
            yield name, replace(unit, status="not reached", doing="")
        else:
            cause = Problem("Terraform failed", _ANSI.sub("", str(row.get("Cause", ""))), "")
            yield (
                name,
                replace(
                    unit, status="failed", doing="", seconds=_seconds(row), problems=unit.problems or (cause,)
                ),
            )


def _explained(unit: UnitRun, errors: Sequence[ConfigurationError]) -> UnitRun:
    """A unit that failed without a word of Terraform's, with what Terragrunt said of its files."""
    if unit.status != "failed" or any(problem.detail for problem in unit.problems):
        return unit
    said = tuple(
        Problem(error.summary, error.detail, f"{error.file}:{error.line}")
        for error in of_unit(errors, unit.unit)
    )
    return replace(unit, problems=said or unit.problems)


_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def _plain(lines: Sequence[str]) -> str:
    """Log lines as their messages only, the last few."""
    texts = []
    for line in lines[-6:]:
        try:
            texts.append(str(json.loads(line).get("msg", line)))
        except (json.JSONDecodeError, AttributeError):
            texts.append(line)
    return _ANSI.sub("", "\n".join(texts))


def _seconds(row: Mapping[str, Any]) -> float:
    from datetime import datetime

    def moment(text: str) -> datetime:
        # Nanoseconds are more than fromisoformat takes.
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d*Z$", r"\1+00:00", text).replace("Z", "+00:00"))

    return (moment(row["Ended"]) - moment(row["Started"])).total_seconds()
