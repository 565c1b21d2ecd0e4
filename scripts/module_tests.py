"""Which tests are a module's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.checks.finding import Refused, unknown
from scripts.live.modules import module_paths

MOCKED = "tests/modules/test_mocked_applies.py::test_the_run_passes"
EXAMPLE = (
    "tests/modules/test_readme_examples.py"
    "::test_the_example_calls_its_own_module_and_makes_what_it_made_before"
)

KNOWN_LATER = "tests/modules/test_values_known_later.py"

COUNTED = "tests/modules/test_repetitions.py"


def module_names(repo: Path) -> tuple[str, ...]:
    """Every module, as in ``database/dynamodb``."""
    return tuple(path.removeprefix("modules/") for path in module_paths(repo))


def known(repo: Path, module: str) -> str:
    """*module*, or a refusal with the nearest name when there is no such module."""
    names = set(module_names(repo))
    if module not in names:
        raise Refused([unknown("--module", 0, "unknown-module", "there is no module", module, names)])
    return module


def tests_of(repo: Path, module: str) -> Sequence[str]:
    """Its README's example, its test files, and the runs with a mock that stand in its own folder.

    The example comes first: it takes one plan, and most of what somebody may break shows there.
    """
    return [f"{EXAMPLE}[{module}]", *_files(repo, module), *_counted(repo, module), *_mocked(repo, module)]


def known_later_of(module: str) -> Sequence[str]:
    """What shows that it takes ARNs and ids which only the apply tells. No default hangs on that."""
    return [
        f"{KNOWN_LATER}::test_no_arn_or_id_decides_whether_there_is_something[{module}]",
        f"{KNOWN_LATER}::test_the_example_makes_as_much_of_what_is_known_later[{module}]",
    ]


def kept_with(repo: Path, module: str) -> Sequence[Path]:
    """Files that these tests read besides the module's sources."""
    own = sorted((repo / "modules" / module / "tests").glob("*"))
    kept = (repo / "modules" / module / "README.md", repo / "tests/modules/examples" / f"{module}.txt")
    return [*own, *(file for file in kept if file.is_file())]


def _files(repo: Path, module: str) -> Iterator[str]:
    """The files of its domain that name it."""
    for file in sorted((repo / "tests" / "modules" / module.split("/")[0]).glob("test_*.py")):
        if f'"{module}"' in file.read_text():
            yield file.relative_to(repo).as_posix()


def _counted(repo: Path, module: str) -> Iterator[str]:
    """Its case of none and several entries, if it has one there."""
    file = repo / COUNTED
    if file.is_file() and f'"{module}"' in file.read_text():
        yield f"{COUNTED}::test_as_many_are_made_as_there_are_entries[{module}]"


def _mocked(repo: Path, module: str) -> Iterator[str]:
    for file in sorted((repo / "modules" / module / "tests").glob("*.tftest.hcl")):
        yield f"{MOCKED}[{file.relative_to(repo / 'modules').as_posix()}]"
