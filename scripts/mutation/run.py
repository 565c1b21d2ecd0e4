"""Run a module's tests against each of its mutants: in a forked child each, all with one warm provider."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from scripts.live.modules import read_module, with_calls
from scripts.module_tests import kept_with
from scripts.mutation.mutants import Mutant, mutants

KILLED, REFUSED, SURVIVED = "killed", "refused", "survived"
"""A test failed; no candidate could be planned, because the module itself refuses it; nobody noticed."""

TREE, WARM = "STAGECRAFT_MODULE_TREE", "STAGECRAFT_MODULE_WARM"
"""How tests/modules/conftest.py learns of the changed copy and of the provider that runs already."""

Say = Callable[[str], None]
RunTests = Callable[[Path, Sequence[str]], "Verdict"]
"""Run test files against the modules in a folder, in this very process, and tell how it ended."""
RunExamples = Callable[[Path, Sequence[Mutant]], Sequence["Verdict"]]
"""Ask the example of a module about many mutants at once; survived is what it says nothing of."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the tests of a mutant ended."""

    result: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutant."""

    place: str
    name: str
    old: str
    new: str
    result: str
    by: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Suite:
    """The modules to change and the tests that must notice."""

    repo: Path
    tests: Mapping[str, Sequence[str]]
    """Test files or ids by module path."""
    shared: Sequence[Path]
    """Files that every module's verdict depends on, too."""
    cache: Path

    def known(self, module: str) -> dict[tuple[str, str], Outcome]:
        """Verdicts that still hold, by place and name.

        A killed mutant stays killed while the module and the file of the test that failed are the same; whatever
        other tests came or went. A survivor is tried again once any test changed.
        """
        file = self._file(module)
        if not file.is_file():
            return {}
        read = json.loads(file.read_text())
        now = self._digests(module)
        return {
            (one["place"], one["name"]): Outcome(**one)
            for one in read["outcomes"]
            if read["module"] == now["module"] and _same_tests(one, read["tests"], now["tests"])
        }

    def killers(self, module: str) -> dict[tuple[str, str, str], str]:
        """The test that killed each mutant when it was last tried, by file, name and old value; lines move."""
        file = self._file(module)
        read = json.loads(file.read_text())["outcomes"] if file.is_file() else []
        return {
            (one["place"].partition(":")[0], one["name"], one["old"]): one["by"]
            for one in read
            if one["result"] == KILLED
        }

    def keep(self, module: str, outcomes: Sequence[Outcome]) -> None:
        """Remember the verdicts until something changes."""
        self.cache.mkdir(parents=True, exist_ok=True)
        kept = {**self._digests(module), "outcomes": [asdict(one) for one in outcomes]}
        self._file(module).write_text(json.dumps(kept, indent=1))

    def _digests(self, module: str) -> dict[str, Any]:
        """Of the module with all it calls and what every verdict rests on, and of each of its test files."""
        sources = [source.path for one in with_calls(self.repo, module) for source in one.sources]
        files = [*sources, *self.shared]
        tests = sorted({test.partition("::")[0] for test in self.tests[module]})
        kept = kept_with(self.repo, module.removeprefix("modules/"))
        return {
            "module": _digest(self.repo, files),
            "tests": {test: _digest(self.repo, [self.repo / test, *kept]) for test in tests},
        }

    def _file(self, module: str) -> Path:
        return self.cache / f"{module.replace('/', '-')}.json"


def _digest(repo: Path, files: Sequence[Path]) -> str:
    made = hashlib.sha256()
    for file in files:
        made.update(f"{file.relative_to(repo)}\0".encode() + file.read_bytes())
    return made.hexdigest()


def _same_tests(outcome: Mapping[str, str], then: Mapping[str, str], now: Mapping[str, str]) -> bool:
    if outcome["result"] == SURVIVED:
        return then == now
    file = outcome["by"].partition("::")[0]
    return file in then and then[file] == now.get(file)


def run(
    suite: Suite,
    trees: Sequence[Path],
    run_tests: RunTests,
    say: Say,
    run_examples: RunExamples = lambda tree, mutants: [Verdict(SURVIVED)] * len(mutants),
) -> list[Outcome]:
    """Every mutant of every module of *suite*; as many at once as there are *trees*, copies of modules/."""
    outcomes: list[Outcome] = []
    for module in suite.tests:
        began = time.monotonic()
        listed = list(mutants(read_module(suite.repo, module)))
        known = suite.known(module)
        new = [mutant for mutant in listed if (mutant.place, mutant.name) not in known]
        killers = suite.killers(module)
        found = [known[mutant.place, mutant.name] for mutant in listed if mutant not in new]
        shown = _shown_by_example(new, trees[0], run_examples)
        found.extend(shown.values())
        hidden = [mutant for mutant in new if (mutant.place, mutant.name) not in shown]
        for outcome in _outcomes(suite, hidden, killers, trees, run_tests):
            found.append(outcome)
            suite.keep(module, found)  # at once: an interrupted run goes on where it was
        if new:
            suite.keep(module, found)
            alive = sum(one.result == SURVIVED for one in found)
            seconds = time.monotonic() - began
            say(f"{module}: {len(new)} of {len(found)} tried, {alive} survived, {seconds:.0f} s")
        outcomes.extend(found)
    return outcomes


def _shown_by_example(
    new: Sequence[Mutant], tree: Path, run_examples: RunExamples
) -> dict[tuple[str, str], Outcome]:
    began = time.monotonic()
    answer = Path(tempfile.mkstemp(suffix=".json")[1])
    child = _forked(functools.partial(run_examples, tree, new), answer)
    os.waitpid(child, 0)
    verdicts = [Verdict(**one) for one in _answered(answer, new[0].module if new else "")]
    seconds = round((time.monotonic() - began) / max(len(new), 1), 1)
    return {
        (one.place, one.name): Outcome(
            one.place, one.name, one.old, one.candidates[0], verdict.result, verdict.by, seconds
        )
        for one, verdict in zip(new, verdicts, strict=True)
        if verdict.result == KILLED
    }


def _outcomes(
    suite: Suite,
    new: Sequence[Mutant],
    killers: Mapping[tuple[str, str, str], str],
    trees: Sequence[Path],
    run_tests: RunTests,
) -> Iterator[Outcome]:
    waiting = list(new)
    free = list(trees)
    running: dict[int, tuple[Path, Path, Mutant]] = {}
    while waiting or running:
        if waiting and free:
            mutant, tree = waiting.pop(0), free.pop()
            answer = Path(tempfile.mkstemp(suffix=".json")[1])
            killer = killers.get((mutant.place.partition(":")[0], mutant.name, mutant.old), "")
            tests = _first(killer, suite.tests[mutant.module])
            task = functools.partial(_outcome, mutant, tests, tree, run_tests)
            running[_forked(task, answer)] = (tree, answer, mutant)
            continue
        ended, _ = os.wait()
        if ended not in running:
            continue
        tree, answer, mutant = running.pop(ended)
        free.append(tree)
        yield Outcome(**_answered(answer, mutant.place))


def _first(killer: str, tests: Sequence[str]) -> Sequence[Sequence[str]]:
    """What to ask, one after the other until a test fails: *killer* alone, if there is such a test yet, then all.

    A test that noticed a change once mostly does again, and costs one plan instead of those of all before it.
    """
    known = any(killer.partition("::")[0] == test.partition("::")[0] for test in tests)
    return [[killer], tests] if known and killer != tests[0] else [tests]


def _answered(answer: Path, place: str) -> Any:
    text = answer.read_text()
    answer.unlink()
    if not text.startswith(("{", "[")):
        raise RuntimeError(f"the tests of {place} ended without a verdict: {text}")
    return json.loads(text)


def _forked(task: Callable[[], Any], answer: Path) -> int:
    """A child that writes what *task* returns to *answer*."""
    child = os.fork()
    if child:
        return child
    try:
        answer.write_text(json.dumps(task(), default=asdict))
    except BaseException as error:  # the parent tells it, a fork has nobody else to tell
        answer.write_text(repr(error))
    finally:
        os._exit(0)  # nothing of the parent's is ours to close


def _outcome(mutant: Mutant, tests: Sequence[Sequence[str]], tree: Path, run_tests: RunTests) -> Outcome:
    began = time.monotonic()
    file = tree / mutant.module.removeprefix("modules/") / mutant.file
    original = file.read_text()
    outcome = Outcome(mutant.place, mutant.name, mutant.old, "", REFUSED, "", 0.0)
    try:
        for candidate in mutant.candidates[:4]:
            file.write_text(mutant.applied(original, candidate))
            for chosen in tests:
                verdict = run_tests(tree, chosen)
                if verdict.result == KILLED:
                    break
            outcome = replace(outcome, new=candidate, result=verdict.result, by=verdict.by)
            if verdict.result != REFUSED:
                break
    finally:
        file.write_text(original)
    return replace(outcome, seconds=round(time.monotonic() - began, 1))


def silence() -> None:
    """Drop what this process prints: thousands of failures are as wanted."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def copies(repo: Path, folder: Path, count: int) -> list[Path]:
    """As many copies of modules/ as mutants are tried at once."""
    trees = [folder / str(number) / "modules" for number in range(count)]
    for tree in trees:
        shutil.copytree(repo / "modules", tree, ignore=shutil.ignore_patterns("tests", ".terraform*", "*.md"))
    return trees
