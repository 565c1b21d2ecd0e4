"""What of our own Python the tests leave unshown, as coverage.py counts it: lines and branches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TESTS = ("functions", "tests/scripts", "tests/docs", "tests/local_aws", "tests/warm_provider")
"""Those that run our Python in their own process."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A file, or all of them."""

    name: str
    lines: int
    missed_lines: int
    branches: int
    missed_branches: int

    @property
    def percent(self) -> float:
        """Lines and branches that were seen, as coverage.py adds them up."""
        all_of_it = self.lines + self.branches
        return (
            100.0 * (all_of_it - self.missed_lines - self.missed_branches) / all_of_it if all_of_it else 100.0
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values, for --json."""
        return {
            "lines": self.lines,
            "missed_lines": self.missed_lines,
            "branches": self.branches,
            "missed_branches": self.missed_branches,
            "percent": round(self.percent, 1),
        }


def read(report: Mapping[str, Any]) -> tuple[Covered, tuple[Covered, ...]]:
    """The sum and the files of a report of ``coverage json``; the files that miss most come first."""
    files = [_covered(name, found["summary"]) for name, found in report["files"].items()]
    files.sort(key=lambda one: (-(one.missed_lines + one.missed_branches), one.name))
    return _covered("all", report["totals"]), tuple(files)


def _covered(name: str, summary: Mapping[str, int]) -> Covered:
    return Covered(
        name,
        summary["num_statements"],
        summary["missing_lines"],
        summary["num_branches"],
        summary["missing_branches"],
    )
