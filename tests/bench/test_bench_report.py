"""What is shown of a measurement: ratios against the plain side, and a mark on what was not measured."""

import subprocess
import sys
import xml.etree.ElementTree
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.bench.generated_tree import write_tree
from scripts.bench.report import page, svg, table, write
from scripts.bench.run import Row, extrapolated
from scripts.bench.usage import measured
from scripts.machine import REPOSITORY

PLAIN = Row(units=50, work="plan", side="plain", wall=200.0, cpu=400.0, peak_mb=1600)
WARM = Row(units=50, work="plan", side="warm", wall=10.0, cpu=16.0, peak_mb=700)


def test_plain_plans_of_larger_trees_are_scaled_from_the_largest_that_was_measured() -> None:
    smaller = replace(PLAIN, units=12, wall=60.0)
    assert extrapolated([smaller, PLAIN, WARM], [12, 50, 1000]) == [
        replace(PLAIN, units=1000, wall=4000.0, cpu=8000.0, extrapolated=True)
    ]


def test_nothing_is_scaled_when_nothing_plain_was_measured() -> None:
    assert extrapolated([WARM], [50, 1000]) == []


def test_a_warm_side_is_shown_with_its_ratio_to_the_plain_side() -> None:
    assert "| 50 | plan | warm | 10.0 | 16.0 | 700 | 0.050 | 0.040 |" in table([PLAIN, WARM])


def test_what_was_not_measured_is_marked() -> None:
    scaled = extrapolated([PLAIN], [500])
    assert "| 500 | plan | plain | ~2000.0 | ~4000.0 | ~1600 |" in table([PLAIN, *scaled])
    assert "~2000 s" in svg([PLAIN, *scaled])


ONE = "one state, plain"


@pytest.mark.parametrize(
    ("walls", "said"),
    [
        pytest.param({}, "with one state.\n", id="nothing to compare"),
        pytest.param(
            {12: (2.0, 4.0), 50: (6.0, 5.0)}, "Up to about 37 isolated units plan no slower", id="in between"
        ),
        pytest.param({12: (2.0, 4.0), 50: (5.0, 5.0)}, "no slower, up to the 50", id="never slower"),
        pytest.param({12: (4.0, 2.0), 50: (9.0, 5.0)}, "Already 12 isolated units", id="always slower"),
    ],
)
def test_the_page_says_up_to_where_isolation_costs_no_time(
    walls: dict[int, tuple[float, float]], said: str
) -> None:
    rows = [
        replace(WARM, units=units, side=side, wall=wall)
        for units, pair in walls.items()
        for side, wall in zip(("warm", ONE), pair, strict=True)
    ]
    assert said in page(rows, "2 cores", "2026-01-01")


def test_the_page_says_what_of_a_command_is_our_own_python() -> None:
    command = replace(WARM, side="invoke plan", own_python=1.23)
    assert "1.2 s of its CPU are our own Python" in page([PLAIN, WARM, command], "2 cores", "2026-01-01")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([PLAIN, WARM], id="one size"),
        pytest.param([PLAIN, WARM, replace(WARM, units=500, wall=90.0)], id="two sizes"),
    ],
)
def test_the_picture_is_well_formed(rows: list[Row]) -> None:
    assert xml.etree.ElementTree.fromstring(svg(rows)).tag.endswith("svg")


def test_the_page_and_its_picture_are_written_together(tmp_path: Path) -> None:
    write([PLAIN, WARM], tmp_path / "docs", "2 cores", "2026-01-01")
    assert (tmp_path / "docs" / "speed.md").read_text() == page([PLAIN, WARM], "2 cores", "2026-01-01")
    assert (tmp_path / "docs" / "speed.svg").is_file()


def test_a_tree_has_the_units_that_were_asked_for(tmp_path: Path) -> None:
    made = write_tree(tmp_path, 7, "b7")
    assert len({unit.path for unit in made}) == 7
    assert all((tmp_path / unit.path / "terragrunt.hcl").is_file() for unit in made)


def test_trees_in_one_embedded_aws_share_no_name(tmp_path: Path) -> None:
    """They would share states, and an apply that finds everything done would be timed as an apply."""
    first, second = write_tree(tmp_path / "a", 3, "a"), write_tree(tmp_path / "b", 3, "b")
    assert not {unit.system for unit in first} & {unit.system for unit in second}


def test_time_and_memory_of_child_processes_are_counted() -> None:
    work = "x = bytearray(80 << 20); import time; end = time.process_time() + .5\nwhile time.process_time() < end: pass"
    with measured(without=0) as usage:
        subprocess.run([sys.executable, "-c", work], check=True)
    assert usage.wall >= 0.5 and usage.cpu >= 0.5
    assert usage.peak_mb >= 80


# A process of its own: whoever runs the tests may have large children of other tests.
SERVED = """
import subprocess, sys, time
from scripts.bench.usage import measured
from scripts.machine import REPOSITORY
server = subprocess.Popen([sys.executable, "-c", "x = bytearray(80 << 20); input()"], stdin=subprocess.PIPE)
with measured(without=server.pid if sys.argv[1] == "without" else 0) as usage:
    time.sleep(0.9)  # four samples
server.communicate(b"\\n")
print(usage.peak_mb)
"""


@pytest.mark.parametrize(("counted", "large"), [("without", False), ("with", True)])
def test_a_server_that_serves_the_work_is_not_counted(counted: str, large: bool) -> None:
    argv = [sys.executable, "-c", SERVED, counted]
    finished = subprocess.run(argv, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    assert (int(finished.stdout) >= 80) is large
