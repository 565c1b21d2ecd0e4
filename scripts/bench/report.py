"""Show what was measured: a table with ratios, and a picture of how time grows with the number of units."""

import math
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from scripts.bench.run import PLAIN_AT_ONCE, Row
from scripts.warm_provider.sizing import machine_memory

_HEADINGS = ("units", "work", "side", "wall s", "CPU s", "peak MB", "wall ratio", "CPU ratio")
_WIDTH, _HEIGHT, _MARGIN = 640, 400, 56
_COLOURS = {"plain": "#b3541e", "warm": "#1e6fb3"}


def table(rows: Sequence[Row]) -> str:
    """Return a Markdown table; a ratio compares with the plain side of the same units and work."""
    plain = {(row.units, row.work): row for row in rows if row.side == "plain"}
    ordered = sorted(rows, key=lambda row: (row.work, row.units, row.side))
    lines = [_line(_HEADINGS), _line("---" for _ in _HEADINGS)]
    lines += [_line(_cells(row, plain.get((row.units, row.work)))) for row in ordered]
    return "\n".join(lines) + "\n"


def page(rows: Sequence[Row], machine: str, day: str) -> str:
    """Return docs/speed.md."""
    return f"""# Speed

What the warm provider is worth, as `invoke bench` measures it. Both sides work on the same generated trees in
the embedded AWS: three units to a system, four resources to a unit, modules of this repository; a plan finds
everything applied and nothing to change. Start-up is included on both sides, the embedded AWS's own work in
neither CPU nor memory.

Measured on {day}: {machine}.

![Wall time by units](speed.svg)

{table(rows)}
- *plain* is `terragrunt run --all`, {PLAIN_AT_ONCE} units at once; without a limit, Terragrunt's default, 50 units
  would take some 35 GB.
- *warm* is the same behind the warm provider, three units at once per core, and Terragrunt keeps what it parsed.
- *one state, plain* has the same resources in one root module with one state.{_against_one_state(rows)}
- *invoke plan* is the whole command behind the warm provider, with its checks, digests and review{_own(rows)}.
- A side marked ~ is scaled from the largest plain plan that was measured: plain units cost the same each.
- Wall time depends on what else the machine does; CPU time hardly does.
"""


def _own(rows: Sequence[Row]) -> str:
    """How much of a command is our own Python."""
    seconds = [row.own_python for row in rows if row.own_python is not None]
    return f"; {max(seconds):.1f} s of its CPU are our own Python" if seconds else ""


def _against_one_state(rows: Sequence[Row]) -> str:
    """Up to how many units isolation costs no time; a straight line between the sizes that were measured."""
    plans = {(row.units, row.side): row.wall for row in rows if row.work == "plan"}
    later = {
        units: plans[units, "warm"] - wall
        for (units, side), wall in sorted(plans.items())
        if side == "one state, plain" and (units, "warm") in plans
    }
    slower = [units for units, seconds in later.items() if seconds > 0]
    if not later:
        return ""
    if not slower:
        return f" Isolated units plan no slower, up to the {max(later)} that were compared."
    below = [units for units in later if units < slower[0]]
    if not below:
        return f" Already {slower[0]} isolated units plan slower."
    few, many = below[-1], slower[0]
    crossing = few + (many - few) * later[few] / (later[few] - later[many])
    return (
        f" Up to about {crossing:.0f} isolated units plan no slower;\n"
        "  beyond, a Terraform process a unit costs more than one plan that reads everything."
    )


def write(rows: Sequence[Row], docs: Path, machine: str, day: str) -> None:
    """Write docs/speed.md and its picture."""
    docs.mkdir(exist_ok=True)
    (docs / "speed.md").write_text(page(rows, machine, day))
    (docs / "speed.svg").write_text(svg(rows))


def this_machine() -> str:
    """Return what a reader needs to judge the seconds by."""
    gigabytes = machine_memory() / (1 << 30)
    busy = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {gigabytes:.0f} GB, load average {busy:.1f} at the end"


def svg(rows: Sequence[Row]) -> str:
    """Draw wall time of plans over units, both axes logarithmic."""
    plans = [row for row in rows if row.work == "plan" and row.side in _COLOURS]
    if not plans:
        return ""
    across = _Scale([row.units for row in plans], _MARGIN, _WIDTH - _MARGIN)
    down = _Scale([row.wall for row in plans], _HEIGHT - _MARGIN, _MARGIN)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12">',
        "<title>Wall time of a plan by number of units</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]
    for units in sorted({row.units for row in plans}):
        parts.append(_text(across(units), _HEIGHT - _MARGIN + 20, f"{units}", "middle"))
    for seconds in (1, 10, 60, 600, 3600):
        if down.low <= seconds <= down.high:
            y = down(seconds)
            parts.append(f'<path d="M{_MARGIN} {y:.1f}H{_WIDTH - _MARGIN}" stroke="#ddd"/>')
            parts.append(_text(_MARGIN - 8, y + 4, f"{seconds} s", "end"))
    for side, colour in _COLOURS.items():
        parts += _curve(sorted((row for row in plans if row.side == side), key=_units), across, down, colour)
    parts.append(_text(_WIDTH / 2, _HEIGHT - 14, "units", "middle"))
    return "\n".join([*parts, "</svg>", ""])


class _Scale:
    """A logarithmic scale from values to a stretch of the picture."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.low, self.high = min(values), max(values)
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        if self.low == self.high:
            return (self._start + self._end) / 2
        part = math.log(value / self.low) / math.log(self.high / self.low)
        return self._start + part * (self._end - self._start)


def _curve(rows: Sequence[Row], across: _Scale, down: _Scale, colour: str) -> Iterable[str]:
    points = [(across(row.units), down(row.wall), row) for row in rows]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y, row in points:
        # A hollow point was not measured.
        fill = "white" if row.extrapolated else colour
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{colour}"/>'
        yield _text(x, y - 10, f"{'~' if row.extrapolated else ''}{row.wall:.0f} s", "middle", colour)
    if points:
        x, y, row = points[-1]
        yield _text(x, y + 18, row.side, "middle", colour)


def _units(row: Row) -> int:
    return row.units


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'


def _cells(row: Row, plain: Row | None) -> Iterable[str]:
    about = "~" if row.extrapolated else ""
    yield from (str(row.units), row.work, row.side)
    yield from (f"{about}{row.wall:.1f}", f"{about}{row.cpu:.1f}", f"{about}{row.peak_mb}")
    if plain is None or plain is row:
        yield from ("", "")
    else:
        yield from (f"{row.wall / plain.wall:.3f}", f"{row.cpu / plain.cpu:.3f}")


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
