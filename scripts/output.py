"""The one room that prints: people get rich text, machines get JSON from the same values."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, Group
from rich.live import Live
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from scripts.terragrunt import UnitRun

# A pipe has no width; a table cut to 80 columns would lose what somebody greps for.
CONSOLE = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 400)
ERRORS = Console(stderr=True, highlight=False, soft_wrap=True)
NUMERIC = {"to create", "to update", "to replace", "to destroy", "s", "#"}


def say(text: str) -> None:
    """One line for a person, on standard error: standard output belongs to results."""
    ERRORS.print(escape(text))


def step(text: str) -> None:
    """The name of what begins now."""
    ERRORS.print(f"[bold]{escape(text)}[/bold]")


def failure(text: str) -> None:
    """What went wrong and what to do."""
    ERRORS.print(f"[red]{escape(text)}[/red]")


def result(text: str = "") -> None:
    """One line of the result itself."""
    CONSOLE.print(escape(text))


def styled(text: str, style: str) -> None:
    """One line of the result in a style of rich's."""
    CONSOLE.print(Text(text, style=style))


def emit_json(value: Any) -> None:
    """The result for a machine: nothing else goes to standard output."""
    sys.stdout.write(json.dumps(value, indent=2, sort_keys=True, default=str) + "\n")


def table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str] = ()
) -> None:
    """A table; nothing in it is cut, a pipe or a wide value gets as many columns as it needs."""
    grid = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        numeric = column in NUMERIC
        grid.add_column(column, no_wrap=True, justify="right" if numeric else "left")
    for number, row in enumerate(rows):
        grid.add_row(*(escape(cell) for cell in row), style=styles[number] if styles else "")
    if CONSOLE.is_terminal:
        CONSOLE.print(grid)
        return
    with CONSOLE.capture() as drawn:
        CONSOLE.print(grid)
    # Cells are filled up to the widest of all rows, which in a file is a hundred blanks behind most lines.
    CONSOLE.print("\n".join(line.rstrip() for line in drawn.get().splitlines()), markup=False)


@contextlib.contextmanager
def progress(verb: str, quiet: bool) -> Iterator[Callable[[Mapping[str, UnitRun]], None]]:
    """Show the units of a run as they move: a live block in a terminal, one line a finished unit elsewhere."""
    began = time.monotonic()
    if quiet:
        yield lambda units: None
        return
    if not ERRORS.is_terminal:
        yield _line_printer(verb, began)
        return
    latest: dict[str, UnitRun] = {}

    class _Block:
        def __rich__(self) -> Group:
            return _block(verb, latest, time.monotonic() - began)

    with Live(_Block(), console=ERRORS, refresh_per_second=4, transient=True):
        yield latest.update


def _block(verb: str, units: Mapping[str, UnitRun], seconds: float) -> Group:
    counted = {
        status: sum(1 for unit in units.values() if unit.status == status)
        for status in ("running", "waiting")
    }
    head = Text(
        f"{verb}: {len(units) - sum(counted.values())} done, {counted['running']} running, "
        f"{counted['waiting']} waiting, {seconds:.0f} s",
        style="bold",
    )
    running = [unit for unit in units.values() if unit.status == "running"][:12]
    return Group(
        head, *(Text(f"  {unit.unit.removeprefix('live/')}  {unit.doing}", style="dim") for unit in running)
    )


def _line_printer(verb: str, began: float) -> Callable[[Mapping[str, UnitRun]], None]:
    seen: set[str] = set()

    def show(units: Mapping[str, UnitRun]) -> None:
        for unit in units.values():
            if unit.status == "running" and unit.unit not in seen:
                seen.add(unit.unit)
                place = unit.unit.removeprefix("live/")
                say(f"  {time.monotonic() - began:5.0f} s  {verb} {place} ({len(seen)} of {len(units)})")

    return show
