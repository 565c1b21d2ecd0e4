"""invoke bench"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from scripts import output
from scripts.bench import report
from scripts.bench.run import PLAIN_UP_TO, SIZES, Row, run_bench
from scripts.checks.finding import Finding, Refused
from scripts.commands import options
from scripts.commands.options import Flags
from scripts.machine import REPOSITORY


def bench(flags: Flags, sizes: str, write: bool) -> int:
    """Plan generated trees plain and warm, side by side; --write renews docs/speed.md and its picture."""
    rows = run_bench(_sizes(sizes), output.say)
    if flags.json:
        output.emit_json(list(per_size(rows)))
    else:
        output.result(report.table(rows))
    if write:
        report.write(rows, REPOSITORY / "docs", report.this_machine(), datetime.now(UTC).date().isoformat())
        output.say("wrote docs/speed.md and docs/speed.svg")
    return options.FINE


def per_size(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """One object a size: the plan of both sides, in seconds, the memory of ours, and our own Python in a command."""
    plans = {(row.units, row.side): row for row in rows if row.work == "plan"}
    for units in sorted({units for units, _ in plans}):
        plain, warm = plans[units, "plain"], plans[units, "warm"]
        command = plans.get((units, "invoke plan"))
        yield {
            "units": units,
            "plain_s": round(plain.wall, 2),
            "warm_s": round(warm.wall, 2),
            "ratio": round(warm.wall / plain.wall, 3),
            "plain_cpu_s": round(plain.cpu, 2),
            "warm_cpu_s": round(warm.cpu, 2),
            "peak_mb": warm.peak_mb,
            "plain_extrapolated": plain.extrapolated,
            "own_python_s": command.own_python if command else None,
        }


def _sizes(text: str) -> tuple[int, ...]:
    """``12,50`` as numbers of units."""
    if not text:
        return SIZES
    words = [word.strip() for word in text.split(",")]
    wrong = [word for word in words if not word.isdigit() or int(word) < 1]
    if wrong:
        message = f'"{wrong[0]}" is no number of units; write whole numbers from 1, by commas: --sizes 12,50.'
        raise Refused([Finding("--sizes", 0, "bad-size", wrong[0], "whole numbers from 1", "", message)])
    sizes = {int(word) for word in words}
    # Larger plain sides are scaled from a measured one, so one has to be measured.
    return tuple(sorted(sizes if min(sizes) <= PLAIN_UP_TO else sizes | {PLAIN_UP_TO}))
