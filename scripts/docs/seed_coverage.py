"""The page that says what became of every line of a seed: ``python -m scripts.docs.seed_coverage``."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.checks.finding import Finding, finding, unknown
from scripts.live.modules import module_paths

FOLDER = "docs/seeds"
PAGE = f"{FOLDER}/README.md"
SYSTEMS = ("commerce", "bookstore", "order-analytics", "storefront", "pyshop")
_LISTS = ("units", "modules", "tests")
_KEYS = {"section", "says", "reason", *_LISTS}
COMMAND = "python -m scripts.docs.seed_coverage"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a seed asks for, and where it is built and tested, or why it is not."""

    place: int
    section: str
    says: str
    units: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    reason: str = ""
    strange: tuple[str, ...] = ()
    """Keys that mean nothing here: a misspelt one would be an answer that nobody reads."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One seed's file."""

    file: str
    seed: str
    lines: tuple[Line, ...]


def read(repo: Path, file: Path) -> Coverage:
    """One file; where a line stands is found by its text, since TOML keeps no places."""
    text = file.read_text()
    document = tomllib.loads(text)
    starts = [
        text.count("\n", 0, found.start()) + 1 for found in re.finditer(r"^\[\[line\]\]", text, re.MULTILINE)
    ]
    lines = tuple(_line(row, place) for row, place in zip(document.get("line", ()), starts, strict=True))
    return Coverage(file.relative_to(repo).as_posix(), str(document.get("seed", "")), lines)


def _line(row: Mapping[str, object], place: int) -> Line:
    lists = {name: _texts(row.get(name)) for name in _LISTS}
    lists["modules"] = tuple(module.removeprefix("modules/") for module in lists["modules"])
    words = {name: str(row.get(name, "")).strip() for name in ("section", "says", "reason")}
    return Line(place, **words, **lists, strange=tuple(sorted(set(row) - _KEYS)))  # type: ignore[arg-type]


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def read_all(repo: Path) -> tuple[Coverage, ...]:
    """Every file, in the order of the systems; what the platform shares comes last."""
    found = [read(repo, file) for file in sorted((repo / FOLDER).glob("*.toml"))]
    order = {name: place for place, name in enumerate(SYSTEMS)}
    return tuple(sorted(found, key=lambda coverage: order.get(coverage.seed, len(order))))


def wrong(repo: Path, coverages: Sequence[Coverage]) -> Iterator[Finding]:
    """Lines without an answer, and answers that do not exist."""
    units = {f"{path.parent.name}/{path.stem}" for path in repo.glob("live/_units/*/*.hcl")}
    modules = {path.removeprefix("modules/") for path in module_paths(repo)}
    for coverage in coverages:
        if coverage.seed != Path(coverage.file).stem:
            message = f'seed is "{coverage.seed}", which is not the name of this file.'
            yield finding(coverage.file, 1, "seed", message, coverage.seed, Path(coverage.file).stem)
        for line in coverage.lines:
            yield from _unanswered(coverage.file, line)
            for unit in line.units:
                if unit not in units:
                    yield unknown(coverage.file, line.place, "unit", "there is no unit", unit, units)
            for module in line.modules:
                if module not in modules:
                    yield unknown(coverage.file, line.place, "module", "there is no module", module, modules)
            for test in line.tests:
                yield from _missing_test(repo, coverage.file, line, test)


def _unanswered(file: str, line: Line) -> Iterator[Finding]:
    for key in line.strange:
        yield unknown(file, line.place, "key", "a line has no key", key, _KEYS)
    if not line.says or not line.section:
        message = "a line needs the seed's section and what it says, literally."
        yield finding(file, line.place, "says", message, line.says)
    if not (line.units or line.modules or line.tests or line.reason):
        message = f'"{line.says}" has no unit, module or test, and no reason why not; add one of them.'
        yield finding(file, line.place, "unanswered", message, line.says)


def _missing_test(repo: Path, file: str, line: Line, test: str) -> Iterator[Finding]:
    path, _, name = test.partition("::")
    place = repo / path
    if not place.is_file():
        message = (
            f'there is no file of the test "{test}"; write tests/file.py::name, or the file for all of it.'
        )
        yield finding(file, line.place, "test", message, test)
    elif name and not re.search(rf"^(async )?def {re.escape(name)}\(", place.read_text(), re.MULTILINE):
        tests = set(re.findall(r"^def (test_\w+)\(", place.read_text(), re.MULTILINE))
        yield unknown(file, line.place, "test", f"{path} has no test", name, tests)


def page(coverages: Sequence[Coverage]) -> str:
    """The whole page."""
    parts = [
        "# What became of the seeds\n",
        "Each system began as a description, its seed. Here stands, line by line, where it is built and which test\n"
        "shows it, or why it was decided otherwise. This page is generated from the files beside it by\n"
        f"`{COMMAND}`, and a test fails when a line has no answer, or names what does not exist.\n",
        _table(("Seed", "Lines", "Built", "Decided otherwise"), [_summary(each) for each in coverages]),
    ]
    missing = [name for name in SYSTEMS if name not in {coverage.seed for coverage in coverages}]
    if missing:
        parts.append(f"Not written down yet: {', '.join(missing)}.\n")
    for coverage in coverages:
        parts.append(f"## {coverage.seed}\n")
        for section in dict.fromkeys(line.section for line in coverage.lines):
            rows = [
                (line.says, _built(line), _shown(line)) for line in coverage.lines if line.section == section
            ]
            parts += [f"### {section}\n", _table(("The seed says", "Built by", "Shown by, or reason"), rows)]
    return "\n".join(parts)


def _summary(coverage: Coverage) -> tuple[str, ...]:
    built = sum(bool(line.units or line.modules or line.tests) for line in coverage.lines)
    return coverage.seed, str(len(coverage.lines)), str(built), str(len(coverage.lines) - built)


def _built(line: Line) -> str:
    units = [f"[{unit}](../../live/_units/{unit}.hcl)" for unit in line.units]
    modules = [f"[{module}](../../modules/{module})" for module in line.modules]
    return ", ".join([*units, *modules]) or "-"


def _shown(line: Line) -> str:
    tests = [f"[{_sentence(test)}](../../{test.partition('::')[0]})" for test in line.tests]
    return "; ".join([*tests, *([line.reason] if line.reason else [])]) or "-"


def _sentence(test: str) -> str:
    name = test.partition("::")[2]
    return name.removeprefix("test_").replace("_", " ") if name else f"all of {Path(test).name}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "\\<")


def outdated(repo: Path) -> Iterator[Finding]:
    """A finding when the page is not what the files say."""
    place = repo / PAGE
    if not place.is_file() or place.read_text() != page(read_all(repo)):
        yield finding(PAGE, 1, "outdated", f"the page is not current; run {COMMAND}.")


def main(arguments: Sequence[str]) -> int:
    """With --check only say what is wrong (exit 2), otherwise write the page."""
    repo = Path(__file__).resolve().parents[2]
    found = list(wrong(repo, read_all(repo)))
    if "--check" in arguments:
        found += outdated(repo)
    else:
        (repo / PAGE).write_text(page(read_all(repo)))
    print("\n".join(map(str, found)) or "Every line of every seed has an answer.")
    return 2 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
